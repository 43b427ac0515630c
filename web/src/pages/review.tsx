import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, forgetSeen, get, hasToken } from "../api/client";
import { proposalsPath, quotationPath, unsurePath, type ProposalList, type QuotationList } from "../api/endpoints";
import type { Quotation } from "../api/types";
import { useApi } from "../api/use_api";
import { correctSpeaker, decide, reject, undoCorrection, undoDecision, type Proposal } from "../api/writing";
import { isTyping } from "../keys";
import { ClaimLine } from "../parts/collation";
import { ErrorNotice, Notice, Waiting } from "../parts/notice";
import { useTitle } from "../parts/page";
import { SaidWhen, SpeakerLink, speakerName } from "../parts/told";
import { WithToken } from "../parts/with_token";
import { Words } from "../parts/words";
import { address, usePlace } from "../router";
import { readableDate } from "../text/dates";
import { count } from "../text/numbers";
import { flowing } from "../text/pieces";
import { relations } from "../text/relations";

type Of = "pairs" | "speakers";

/** One thing to decide. */
type Question = { of: "pairs"; proposal: Proposal } | { of: "speakers"; quotation: Quotation };

/** What was decided, and how it is taken back; null for what was passed over. */
interface Step {
  text: string;
  undo: (() => Promise<unknown>) | null;
}

interface Answer {
  key: string;
  text: string;
  done: string;
  send: (note: string) => Promise<{ id: string }>;
}

export function ReviewPage() {
  useTitle("Review");
  const { query } = usePlace();
  const of: Of = query.get("of") === "speakers" ? "speakers" : "pairs";
  return (
    <>
      <header class="page-head review-head">
        <h1>Review</h1>
        <div class="tabs" role="group" aria-label="What to decide">
          <a class="tab" href={address("/review")} aria-current={of === "pairs" ? "page" : undefined}>One statement or two</a>
          <a class="tab" href={address("/review", { of: "speakers" })} aria-current={of === "speakers" ? "page" : undefined}>Who speaks</a>
        </div>
      </header>
      {hasToken() ? <Queue key={of} of={of} /> : <WithToken what="Deciding" />}
    </>
  );
}

function questionsOf(of: Of, answer: ProposalList | QuotationList): Question[] {
  return of === "pairs"
    ? (answer as ProposalList).items.map((proposal) => ({ of: "pairs", proposal }))
    : (answer as QuotationList).items.map((quotation) => ({ of: "speakers", quotation }));
}

function Queue({ of }: { of: Of }) {
  const [questions, setQuestions] = useState<Question[]>();
  const [error, setError] = useState<ApiError>();
  const [steps, setSteps] = useState<Step[]>([]);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const noteField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const abort = new AbortController();
    get<ProposalList | QuotationList>(of === "pairs" ? proposalsPath : unsurePath, abort.signal).then(
      (answer) => setQuestions(questionsOf(of, answer)),
      (caught: unknown) => !abort.signal.aborted && setError(caught instanceof ApiError ? caught : new ApiError(0, "page", String(caught))),
    );
    return () => abort.abort();
  }, [of]);

  const question = questions?.[steps.length];
  const answers = question ? answersTo(question) : [];

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await work();
      forgetSeen();
    } catch (caught) {
      setError(caught instanceof ApiError ? caught : new ApiError(0, "page", String(caught)));
    } finally {
      setBusy(false);
    }
  };
  const give = (answer: Answer): Promise<void> => attempt(async () => {
    const { id } = await answer.send((noteField.current?.value ?? "").trim());
    setSteps((before) => [...before, { text: answer.done, undo: () => (of === "pairs" ? undoDecision(id) : undoCorrection(id)) }]);
    setNote("");
  });
  const pass = (): void => setSteps((before) => [...before, { text: "passed over", undo: null }]);
  const undo = (): Promise<void> => attempt(async () => {
    const last = steps[steps.length - 1];
    if (!last) return;
    await last.undo?.();
    setSteps((before) => before.slice(0, -1));
  });

  // The listener stays; what it does is always that of the question which the page shows.
  const onKey = useRef<(event: KeyboardEvent) => void>();
  onKey.current = (event) => {
    if (isTyping(event)) return;
    const answer = answers.find((one) => one.key === event.key);
    if (answer) void give(answer);
    else if (event.key === "s" && question) pass();
    else if (event.key === "z") void undo();
    else if (event.key === "r") noteField.current?.focus();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey.current?.(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  if (error && !questions) return <ErrorNotice error={error} what="list" />;
  if (!questions) return <Waiting what="what is open" />;
  return (
    <div class="review">
      <p class="kicker" role="status">
        <span>{question ? `${steps.length + 1} of ${count(questions.length, "open question")}, surest first` : `${count(questions.length, "question")}, all seen`}</span>
        {steps.length > 0 && <span>last: {steps[steps.length - 1]!.text} <button type="button" class="button-plain" onClick={() => void undo()}>undo</button> <kbd>z</kbd></span>}
      </p>
      {error && <p class="task-bad" role="alert">{error.message} {error.hint}</p>}
      {!question && (
        <Notice title={questions.length === 0 ? "Nothing is open." : "That was all."}>
          <p>{of === "pairs" ? "A comparison proposes pairs whose evidence does not carry them; there are none left." : "No speaker is unsure."}</p>
          {steps.some((step) => step.undo) && of === "pairs" && <p>Decisions hold for every later comparison. <code>onrecord compare</code> tells everything anew.</p>}
        </Notice>
      )}
      {question && (
        <>
          {question.of === "pairs" ? <Pair proposal={question.proposal} /> : <WhoSpeaks quotation={question.quotation} />}
          <div class="review-answers">
            {answers.map((answer) => (
              <button key={answer.key} type="button" class="button" disabled={busy} onClick={() => void give(answer)}><kbd>{answer.key}</kbd> {answer.text}</button>
            ))}
            {question.of === "speakers" && <OtherSpeaker busy={busy} onName={(name) => void give({
              key: "", text: "", done: `said by ${name}`, send: (why) => correctSpeaker(question.quotation.id, name, why) })} />}
            <button type="button" class="button" onClick={pass}><kbd>s</kbd> skip</button>
          </div>
          <label class="review-note"><span><kbd>r</kbd> reason, kept with the decision</span>
            <input ref={noteField} class="field" value={note} onInput={(event) => setNote(event.currentTarget.value)} autoComplete="off"
              onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()} /></label>
        </>
      )}
    </div>
  );
}

function answersTo(question: Question): Answer[] {
  if (question.of === "pairs") {
    const { first, second } = question.proposal;
    return [
      { key: "y", text: "one statement", done: "one statement", send: (note) => decide("same-statement", first.id, second.id, note) },
      { key: "n", text: "two", done: "two statements", send: (note) => decide("other-statement", first.id, second.id, note) },
    ];
  }
  const { quotation } = question;
  const guess = quotation.speaker?.value ?? /^“([^”]+)”/u.exec(quotation.speaker?.reason ?? "")?.[1];
  return [
    ...(guess ? [{ key: "y", text: `it is ${guess}`, done: `said by ${guess}`, send: (note: string) => correctSpeaker(quotation.id, guess, note) }] : []),
    { key: "n", text: "nobody can tell", done: "speaker unknown", send: (note) => correctSpeaker(quotation.id, null, note) },
    { key: "x", text: "no statement at all", done: "no statement", send: (note) => reject(quotation.id, note) },
  ];
}

function OtherSpeaker({ busy, onName }: { busy: boolean; onName: (name: string) => void }) {
  const [name, setName] = useState("");
  return (
    <form class="other-speaker" onSubmit={(event) => { event.preventDefault(); if (name.trim()) onName(name.trim()); setName(""); }}>
      <label class="heard" for="other-speaker">Somebody else</label>
      <input id="other-speaker" class="field" placeholder="somebody else: full name" value={name} autoComplete="off" onInput={(event) => setName(event.currentTarget.value)} />
      <button class="button" type="submit" disabled={busy || !name.trim()}>said it</button>
    </form>
  );
}

function Side({ quotation, children }: { quotation: Quotation; children: ComponentChildren }) {
  return (
    <figure>
      <figcaption class="small"><SpeakerLink quotation={quotation} /> <span class="quiet">
        <a href={`/article/${quotation.article}#${quotation.id}`}><bdi>{quotation.outlet ?? "outlet unknown"}</bdi></a>{quotation.published && `, ${readableDate(quotation.published)}`}{quotation.when && <>; said <SaidWhen quotation={quotation} /></>}</span></figcaption>
      <blockquote>{children}</blockquote>
    </figure>
  );
}

function Pair({ proposal }: { proposal: Proposal }) {
  const aligned = proposal.collation && proposal.relation !== "translated" && proposal.relation !== "indirect";
  return (
    <section aria-label="Are these one statement?">
      <h2 class="review-question">Are these one statement?</h2>
      <div class="moved">
        <Side quotation={proposal.first}><Words quotation={proposal.first} /></Side>
        <Side quotation={proposal.second}>{aligned ? <ClaimLine content={proposal.second.content} collation={proposal.collation!} /> : <Words quotation={proposal.second} />}</Side>
        <p class="small quiet">Proposed as {relations[proposal.relation]}: {proposal.reason} ({Math.round(proposal.confidence * 100)} %)</p>
      </div>
    </section>
  );
}

function WhoSpeaks({ quotation }: { quotation: Quotation }) {
  const { data } = useApi<Quotation>(quotationPath(quotation.id));
  return (
    <section aria-label="Who says this?">
      <h2 class="review-question">Who says this?</h2>
      <div class="moved">
        <Side quotation={quotation}><Words quotation={quotation} /></Side>
        <figure>
          <figcaption class="small quiet">in its place</figcaption>
          <blockquote class="review-context"><bdi>{flowing(data?.context?.text ?? quotation.words)}</bdi></blockquote>
        </figure>
        <p class="small quiet">{quotation.speaker ? `${speakerName(quotation)}: ${quotation.speaker.reason} (${Math.round(quotation.speaker.confidence * 100)} %)` : "The reading found no speaker."}</p>
      </div>
    </section>
  );
}
