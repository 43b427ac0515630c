import type { AlignedWords, Span, Statement, Witness } from "../api/types";
import { keptRuns, collatedLine, type LineRun } from "../text/collation";
import { count } from "../text/numbers";

/** The fullest wording, its words shaded by how many of the others keep them. */
export function BaseText({ statement }: { statement: Pick<Statement, "base" | "witnesses"> }) {
  const base = statement.witnesses.find((witness) => witness.quotation.id === statement.base)!.quotation;
  const runs = keptRuns(base, statement.witnesses);
  const of = runs[0]?.of ?? 0;
  const marks = base.kind === "direct";
  return (
    <blockquote class="base-text">
      <bdi>
        {marks && <span class="mark">“</span>}
        {runs.map((run, i) => (
          <span key={i}>
            {run.gap && <span class="gap"> … </span>}
            {of > 0
              ? <span class="kept" style={{ "--kept": String(run.kept / of) }} title={`${run.kept} of ${count(of, "other witness", "other witnesses")} have these words`}>{run.text}</span>
              : run.text}
          </span>
        ))}
        {marks && <span class="mark">”</span>}
      </bdi>
    </blockquote>
  );
}

export function ShadeKey({ of }: { of: number }) {
  const steps = Array.from({ length: Math.min(of, 4) + 1 }, (_, i) => i / Math.min(of, 4));
  return (
    <p class="shade-key small quiet" aria-hidden="true">
      <span>kept by none of the others</span>
      {steps.map((share) => <span key={share} class="shade-step kept" style={{ "--kept": String(share) }} />)}
      <span>by all {of}</span>
    </p>
  );
}

/** One witness's words beside the fullest wording: grey what it cut, both forms of what it changed. */
export function WitnessLine({ witness }: { witness: Witness }) {
  const direct = witness.quotation.kind === "direct";
  return <Line runs={collatedLine(witness.quotation.content, witness.collation ?? [])} base="the fullest wording" marks={direct} />;
}

/** The same for a quotation of a draft beside the record. */
export function ClaimLine({ content, collation }: { content: Span[]; collation: AlignedWords[] }) {
  return <Line runs={collatedLine(content, collation)} base="the record" marks />;
}

interface LineProps {
  runs: LineRun[];
  /** What the words stand beside. */
  base: string;
  /** Quotation marks around what the witness itself has. */
  marks: boolean;
}

function Line({ runs, base, marks }: LineProps) {
  const own = runs.map((run, i) => (run.kind !== "cut" && run.text.trim() ? i : -1)).filter((i) => i >= 0);
  return (
    <bdi class="line">
      {runs.map((run, i) => (
        <span key={i}>
          {marks && i === own[0] && <span class="mark">“</span>}
          <Run run={run} base={base} />
          {marks && i === own[own.length - 1] && <span class="mark">”</span>}
        </span>
      ))}
    </bdi>
  );
}

function Run({ run, base }: { run: LineRun; base: string }) {
  if (run.kind === "cut") return <del class="cut"><span class="heard">left out: </span>{run.text}</del>;
  if (run.kind === "put_in") return <ins class="put-in"><span class="heard">put in: </span>{run.text}</ins>;
  if (run.kind === "gap") return <span class="gap">{run.text}</span>;
  if (run.instead) return <span class="folded" title={`${base} has “${run.instead}”`}>{run.text}</span>;
  return <>{run.text}</>;
}
