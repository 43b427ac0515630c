// Notes beside the text, each level with what it is about; where they would overlap, the later one moves down.
// On narrow windows they stand below their paragraphs (article.tsx puts them there).
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface Note {
  id: string;
  /** The element that it stands beside; of several in one element the order is that of the list. */
  anchor: () => { top: number } | null;
  content: ComponentChildren;
}

const gap = 14;

export function MarginNotes({ notes, label }: { notes: Note[]; label: string }) {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const place = (): void => {
      const origin = element.getBoundingClientRect().top;
      let free = 0;
      notes.forEach((note, i) => {
        const card = element.children[i] as HTMLElement;
        const wanted = (note.anchor()?.top ?? origin + free) - origin;
        const top = Math.max(wanted, free);
        card.style.transform = `translateY(${Math.round(top)}px)`;
        free = top + card.offsetHeight + gap;
      });
      element.style.minHeight = `${Math.ceil(free)}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(element.parentElement!);
    void document.fonts?.ready.then(place);
    return () => observer.disconnect();
  }, [notes]);
  return <div class="margin-notes" ref={frame} role="list" aria-label={label}>{notes.map((note) => <div key={note.id} id={`note-${note.id}`} role="listitem" class="margin-note">{note.content}</div>)}</div>;
}
