// One field for questions, words and pasted quotations. What is longer than a question goes to the check.
import { useEffect, useRef, useState } from "preact/hooks";
import { keepDraft } from "../draft";
import { address, navigate, usePlace } from "../router";

/** A question or a phrase has fewer words than this. */
const longestQuestion = 24;

function isDraft(text: string): boolean {
  return text.includes("\n") || text.trim().split(/\s+/u).length > longestQuestion;
}

export function SearchBox({ large }: { large?: boolean }) {
  const place = usePlace();
  const asked = place.path === "/search" ? place.query.get("q") ?? "" : "";
  const [text, setText] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(asked), [asked, place.visit]);

  const check = (draft: string): void => {
    keepDraft(draft);
    navigate("/check");
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (isDraft(text)) return check(text);
    // Other filters hold when the reader asks anew from the list.
    const query = place.path === "/search" ? new URLSearchParams(place.query) : new URLSearchParams();
    query.set("q", text.trim());
    navigate(address("/search", query));
    field.current?.blur();
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!isDraft(pasted)) return;
    event.preventDefault();
    check(pasted);
  };
  return (
    <form role="search" class={large ? "search-form search-large" : "search-form"} onSubmit={submit}>
      <label class="heard" for={large ? "search-large" : "search-head"}>Search words, a question, or paste a quotation</label>
      <input ref={field} id={large ? "search-large" : "search-head"} class="field" data-search type="search" name="q" value={text}
        autoComplete="off" spellcheck={false} enterkeyhint="search"
        placeholder={large ? "Words, a question, or a quotation to check" : "Search or paste a quotation"}
        onInput={(event) => setText(event.currentTarget.value)} onPaste={paste} />
      {large && <button class="button button-main" type="submit">Search</button>}
    </form>
  );
}
