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
  return <Line runs={collatedLine(witness.quotation.content, witness.collation ?? [])} base="the fullest wording" />;
}

/** The same for a quotation of a draft beside the record. */
export function ClaimLine({ content, collation }: { content: Span[]; collation: AlignedWords[] }) {
  return <Line runs={collatedLine(content, collation)} base="the record" />;
}

function Line({ runs, base }: { runs: LineRun[]; base: string }) {
  return (
    <bdi class="line">
      {runs.map((run, i) => {
        if (run.kind === "cut") return <del key={i} class="cut"><span class="heard">left out: </span>{run.text}</del>;
        if (run.kind === "put_in") return <ins key={i} class="put-in"><span class="heard">put in: </span>{run.text}</ins>;
        if (run.kind === "gap") return <span key={i} class="gap">{run.text}</span>;
        if (run.instead) return <span key={i} class="folded" title={`${base} has “${run.instead}”`}>{run.text}</span>;
        return <span key={i}>{run.text}</span>;
      })}
    </bdi>
  );
}
