import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

/** The window's title, which a screen reader also tells on arrival. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = title === "OnRecord" ? title : `${title} · OnRecord`;
  }, [title]);
}

interface SectionProps {
  title: string;
  /** How it is sorted and how many there are. */
  how?: ComponentChildren;
  more?: ComponentChildren;
  id?: string;
  children: ComponentChildren;
}

export function Section({ title, how, more, id, children }: SectionProps) {
  return (
    <section class="section" aria-label={title} id={id}>
      <div class="section-head">
        <h2>{title}</h2>
        {how && <span class="how">{how}</span>}
        {more && <span class="more">{more}</span>}
      </div>
      {children}
    </section>
  );
}
