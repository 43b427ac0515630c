// A list of any length on a page that scrolls as a whole: only the rows near the window are in the document.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PagedRows } from "../api/paged_rows";

interface Props<Row, Raw> {
  list: PagedRows<Row, Raw>;
  render: (row: Row, index: number) => ComponentChildren;
  label: string;
}

/** Rows drawn beyond the window on each side: j and k always find a next one. */
const overscan = 8;

export function VirtualList<Row, Raw>({ list, render, label }: Props<Row, Raw>) {
  const frame = useRef<HTMLOListElement>(null);
  const [, redraw] = useState(0);
  const [range, setRange] = useState<[first: number, last: number]>([0, 12]);
  const width = useRef(0);
  const lookAgain = useRef<() => void>();

  useEffect(() => list.subscribe(() => redraw((n) => n + 1)), [list]);

  // 1. Which rows the window shows, whenever it scrolls or changes.
  useLayoutEffect(() => {
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const element = frame.current;
      if (!element) return;
      if (width.current && Math.abs(width.current - element.clientWidth) > 1) {
        list.heights.forget();
        redraw((n) => n + 1);
      }
      width.current = element.clientWidth;
      const above = -element.getBoundingClientRect().top;
      const first = Math.max(0, list.heights.at(Math.max(0, above)) - overscan);
      const last = list.heights.at(above + innerHeight) + overscan;
      setRange((now) => (now[0] === first && now[1] === last ? now : [first, last]));
      list.ensure(last + 1);
    };
    const ask = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    lookAgain.current = ask;
    look();
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    const stop = list.subscribe(ask);
    return () => {
      removeEventListener("scroll", ask);
      removeEventListener("resize", ask);
      cancelAnimationFrame(asked);
      stop();
    };
  }, [list]);

  // 2. Rows whose height changes after they were drawn (the window, a font, something unfolded) are measured again.
  const observer = useRef<ResizeObserver>();
  const observed = useRef(new WeakSet<Element>());
  useLayoutEffect(() => {
    observed.current = new WeakSet();
    observer.current = new ResizeObserver((entries) => {
      const changed = entries.some(({ target }) => {
        const row = target as HTMLElement;
        return row.isConnected && list.heights.of(Number(row.dataset["row"])) !== row.offsetHeight;
      });
      if (changed) redraw((n) => n + 1);
    });
    return () => observer.current?.disconnect();
  }, [list]);

  // 3. How high they came out. Rows above the window that grew push what the reader sees: the window follows.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const above = -element.getBoundingClientRect().top;
    let push = 0;
    let grew = false;
    for (const child of element.children) {
      const row = Number((child as HTMLElement).dataset["row"]);
      const top = list.heights.top(row);
      const growth = list.heights.set(row, (child as HTMLElement).offsetHeight);
      grew ||= growth !== 0;
      if (above > 0 && top + push < above) push += growth;
      if (!observed.current.has(child)) {
        observed.current.add(child);
        observer.current?.observe(child);
      }
    }
    if (!grew) return;
    if (push !== 0) window.scrollBy(0, push);
    redraw((n) => n + 1);
    lookAgain.current?.();
  });

  const size = list.total ?? 0;
  const last = Math.min(range[1], size - 1);
  const shown = [];
  for (let row = range[0]; row <= last; ++row) shown.push(row);
  return (
    <ol class="virtual" ref={frame} aria-label={label} style={{ height: `${list.heights.total}px` }}>
      {shown.map((row) => (
        <li key={row} data-row={row} aria-posinset={row + 1} aria-setsize={size} class="virtual-row"
          style={{ transform: `translateY(${list.heights.top(row)}px)` }}>
          {row < list.rows.length ? render(list.rows[row]!, row) : <p class="row-loading quiet small">Row {row + 1} is on its way …</p>}
        </li>
      ))}
    </ol>
  );
}
