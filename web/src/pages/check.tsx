import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError, post } from "../api/client";
import { checkPath, type CheckAnswer, type Checked, type Verdict } from "../api/endpoints";
import { keepDraft, keptDraft } from "../draft";
import { ClaimLine } from "../parts/collation";
import type { Stretch } from "../parts/highlights";
import { MarkedText } from "../parts/marked_text";
import { ErrorNotice, Notice, Waiting } from "../parts/notice";
import { useTitle } from "../parts/page";
import { readableDate } from "../text/dates";
import { UnitIndex } from "../text/code_points";
import { count } from "../text/numbers";
import { isTyping } from "../keys";
import { SpeakerLink } from "../parts/told";

const verdicts: Record<Verdict, { text: string; tone: "good" | "plain" | "bad" }> = {
  exact: { text: "exact", tone: "good" },
  cut: { text: "cut", tone: "plain" },
  altered: { text: "altered", tone: "bad" },
  other_speaker: { text: "other speaker", tone: "bad" },
  not_in_record: { text: "not in the record", tone: "bad" },
  too_short: { text: "too short to tell", tone: "plain" },
};

const worstFirst: Verdict[] = ["altered", "other_speaker", "not_in_record", "cut", "exact", "too_short"];

export function CheckPage() {
  useTitle("Check a draft");
  const [text, setText] = useState(keptDraft);
  const [answer, setAnswer] = useState<{ text: string; checked: CheckAnswer }>();
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const aborts = useRef<AbortController>();

  const check = async (draft: string): Promise<void> => {
    if (!draft.trim()) return;
    keepDraft(draft);
    aborts.current?.abort();
    const abort = new AbortController();
    aborts.current = abort;
    setBusy(true);
    setError(undefined);
    try {
      // Words without any marks are one quotation.
      const asked = /["“”«»„‟]/u.test(draft) ? draft : draft.trim();
      const checked = await post<CheckAnswer>(checkPath, { text: asked }, abort.signal);
      if (aborts.current === abort) setAnswer({ text: asked, checked });
    } catch (caught) {
      if (!abort.signal.aborted) setError(caught instanceof ApiError ? caught : new ApiError(0, "page", String(caught)));
    } finally {
      if (aborts.current === abort) setBusy(false);
    }
  };
  // A draft that was pasted into the search box, or checked before, is checked on arrival.
  useEffect(() => {
    void check(text);
    return () => aborts.current?.abort();
  }, []);

  return (
    <div class="check">
      <header class="page-head">
        <h1>Check a draft</h1>
        <p class="lead">Each quotation is looked up in the record: whether somebody carries it, in those words, by that speaker. The text stays on this machine.</p>
      </header>
      <form class="check-form" onSubmit={(event) => { event.preventDefault(); void check(text); }}>
        <label class="heard" for="draft">A draft or a quotation</label>
        <textarea id="draft" class="field serif" rows={answer ? 5 : 10} value={text} placeholder="Paste a draft, or one quotation in marks"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void check(text); } }} />
        <p class="actions">
          <button class="button button-main" type="submit" disabled={busy || !text.trim()}>Check</button>
          <span class="quiet"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
          {text && <button type="button" class="button-plain" onClick={() => { setText(""); keepDraft(""); setAnswer(undefined); }}>Empty</button>}
        </p>
      </form>
      {error && <ErrorNotice error={error} what="draft" />}
      {busy && <Waiting what="the draft" />}
      {answer && !busy && <Result draft={answer.text} answer={answer.checked} />}
    </div>
  );
}

function Result({ draft, answer }: { draft: string; answer: CheckAnswer }) {
  const [chosen, setChosen] = useState(-1);
  const text = answer.text ?? draft;
  const index = useMemo(() => new UnitIndex(text), [text]);
  const stretches = useMemo<Stretch[]>(() => answer.items.flatMap((one, i) => one.content.map((span) => {
    const units = index.units(span.code_points);
    return { ...units, name: i === chosen ? "chosen" : `verdict-${verdicts[one.verdict].tone}` };
  })), [answer, index, chosen]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!isTyping(event) && event.key === "Escape") setChosen(-1);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  if (answer.items.length === 0) {
    return <Notice title="No quotation was found in the draft."><p>Words count when they stand in quotation marks. Put “…” around a passage to have it looked up.</p></Notice>;
  }
  return (
    <section class="section" aria-label="Result">
      <div class="section-head">
        <h2>{count(answer.items.length, "quotation")}</h2>
        <span class="how">in the order of the draft: {worstFirst.filter((v) => answer.items.some((one) => one.verdict === v)).map((v) => `${answer.items.filter((one) => one.verdict === v).length} ${verdicts[v].text}`).join(", ")}{answer.speakers_read ? "" : "; whoever said them"}</span>
      </div>
      <div class="check-result">
        <div class="check-draft" aria-label="The draft"><MarkedText text={text} stretches={stretches} /></div>
        <ol class="check-list">
          {answer.items.map((one, i) => <li key={i} onMouseEnter={() => setChosen(i)} onFocusIn={() => setChosen(i)}><Verdict checked={one} /></li>)}
        </ol>
      </div>
    </section>
  );
}

function Verdict({ checked }: { checked: Checked }) {
  const verdict = verdicts[checked.verdict];
  const found = checked.found;
  const witness = found?.statement.witnesses.find((one) => one.quotation.id === found.quotation)?.quotation;
  const earliest = found?.statement.witnesses[0]?.quotation;
  return (
    <div class={`verdict verdict-of-${verdict.tone}`}>
      <p class="verdict-name">{verdict.text}{found?.what_changed && checked.verdict === "altered" && <span>: {found.what_changed}</span>}</p>
      <p class="verdict-words">
        {found && found.collation && checked.verdict !== "exact" ? <ClaimLine content={checked.content} collation={found.collation} /> : <bdi class="serif">“{checked.words}”</bdi>}
      </p>
      {checked.remark && <p class="small quiet">{checked.remark}</p>}
      {found && witness && (
        <p class="verdict-found">
          <SpeakerLink quotation={witness} />
          <a href={`/statement/${found.statement.id}`} data-item>{count(found.statement.reports, "report")} of {count(found.statement.outlets, "outlet")}</a>
          {earliest && <span>earliest: <a href={`/article/${earliest.article}#${earliest.id}`}><bdi>{earliest.outlet ?? "outlet unknown"}</bdi></a>{earliest.published && `, ${readableDate(earliest.published)}`}</span>}
        </p>
      )}
    </div>
  );
}
