// Stretches of running text marked without touching it: by the browser's CSS highlights where it has them, else by
// <mark> elements (marked_text.tsx). `::highlight(NAME)` is styled in styles/article.css.

export interface Stretch {
  begin: number; // UTF-16 units of the text node
  end: number;
  name: string;
}

export function hasHighlights(): boolean {
  return typeof CSS !== "undefined" && "highlights" in CSS;
}

/** Adds ranges to the named highlights; the function that comes back takes them away. */
export function highlight(node: Text, stretches: Stretch[]): () => void {
  const added: [string, Range][] = [];
  for (const stretch of stretches) {
    const range = document.createRange();
    range.setStart(node, Math.min(stretch.begin, node.length));
    range.setEnd(node, Math.min(stretch.end, node.length));
    const known = CSS.highlights.get(stretch.name);
    if (known) known.add(range);
    else CSS.highlights.set(stretch.name, new Highlight(range));
    added.push([stretch.name, range]);
  }
  return () => {
    for (const [name, range] of added) {
      const known = CSS.highlights.get(name);
      known?.delete(range);
      if (known?.size === 0) CSS.highlights.delete(name);
    }
  };
}

/** The text cut where stretches begin and end, for browsers without highlights; where several overlap, the later one shows. */
export function cutByStretches(text: string, stretches: Stretch[]): { text: string; name?: string }[] {
  const edges = new Set([0, text.length]);
  for (const { begin, end } of stretches) edges.add(Math.min(begin, text.length)).add(Math.min(end, text.length));
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const begin = sorted[i]!;
    const over = stretches.filter((s) => s.begin <= begin && s.end >= end);
    return { text: text.slice(begin, end), name: over[over.length - 1]?.name };
  });
}
