import { useLayoutEffect, useRef } from "preact/hooks";
import { cutByStretches, hasHighlights, highlight, type Stretch } from "./highlights";

interface Props {
  text: string;
  stretches: Stretch[];
}

/** One text node whose stretches are marked; article text is never anything but text nodes. */
export function MarkedText({ text, stretches }: Props) {
  return hasHighlights() ? <HighlightedText text={text} stretches={stretches} /> : (
    <>{cutByStretches(text, stretches).map((cut, i) => (cut.name ? <mark key={i} class={cut.name}>{cut.text}</mark> : cut.text))}</>
  );
}

function HighlightedText({ text, stretches }: Props) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const node = element.current?.firstChild;
    return node instanceof Text ? highlight(node, stretches) : undefined;
  }, [text, stretches]);
  return <span ref={element}>{text}</span>;
}
