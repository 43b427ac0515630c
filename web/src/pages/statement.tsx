import { useMemo, useState } from "preact/hooks";
import { statementPath, type StatementAnswer } from "../api/endpoints";
import type { Quotation, Witness } from "../api/types";
import { useApi } from "../api/use_api";
import { BaseText, ShadeKey, WitnessLine } from "../parts/collation";
import { ErrorNotice, Waiting } from "../parts/notice";
import { Section, useTitle } from "../parts/page";
import { Chain, SaidWhen, SpeakerLink, basisInWords, speakerName } from "../parts/told";
import { Words } from "../parts/words";
import { citation } from "../text/citation";
import { comparable } from "../text/collation";
import { readableTime } from "../text/dates";
import { count } from "../text/numbers";
import { relations } from "../text/relations";

export function StatementPage({ id }: { id: string }) {
  const { data, error } = useApi<StatementAnswer>(statementPath(id));
  const base = data && baseOf(data);
  useTitle(base ? `${speakerName(base)}: “${base.words.slice(0, 60)}”` : undefined);
  if (error) return <ErrorNotice error={error} what="statement" />;
  if (!data || !base) return <Waiting what="the statement" />;
  return <Told statement={data} base={base} />;
}

function baseOf(statement: StatementAnswer): Quotation {
  return (statement.witnesses.find((witness) => witness.quotation.id === statement.base) ?? statement.witnesses[0]!).quotation;
}

function Told({ statement, base }: { statement: StatementAnswer; base: Quotation }) {
  const others = comparable(statement.witnesses).length;
  const groups = useMemo(() => foldReprints(statement), [statement]);
  const translated = statement.witnesses.filter((witness) => witness.relation === "translated");
  const altered = statement.witnesses.filter((witness) => witness.altered).length;
  return (
    <article class="statement">
      <h1 class="heard">What {speakerName(base)} said</h1>
      <p class="kicker">
        <span class="statement-speaker"><SpeakerLink quotation={base} /></span>
        {base.addressee?.value && <span title={base.addressee.reason}>to <bdi>{base.addressee.value}</bdi></span>}
        {base.venue?.value && <span title={base.venue.reason}><bdi>{base.venue.value}</bdi></span>}
        <span><SaidWhen quotation={base} /></span>
      </p>
      <div class={base.words.length > repeatedAtMost ? "statement-base statement-long" : "statement-base"}>
        <BaseText statement={statement} />
        {others > 1 && <ShadeKey of={others} />}
      </div>
      <dl class="facts statement-facts">
        <div><dt>carried by</dt><dd>
          <strong>{count(statement.reports, "report")}</strong> of {count(statement.outlets, "outlet")}, {statement.independent === statement.reports
            ? (statement.reports > 1 ? "none of them a copy of another" : "so far")
            : `${count(statement.independent, "of them is", "of them are")} independent`}{altered > 0 && <>; {count(altered, "witness has", "witnesses have")} other words</>}
        </dd></div>
        <div><dt>said</dt><dd>{base.when?.value || base.when?.spans[0] ? <><SaidWhen quotation={base} /> <span class="quiet">– {basisInWords(base.when.basis)}; {base.when.reason}</span></> : <span class="quiet">no report tells when</span>}</dd></div>
        <div><dt>authority</dt><dd><Chain outlet={base.outlet} links={base.authority} speaker={speakerName(base)} /></dd></div>
        <div><dt>fullest in</dt><dd><a href={`/article/${base.article}#${base.id}`}><bdi>{base.title ?? base.outlet ?? "the article"}</bdi></a></dd></div>
        {statement.story && <div><dt>story</dt><dd><a href={`/story/${statement.story.id}`}><bdi>{statement.story.title ?? "untitled"}</bdi></a></dd></div>}
      </dl>
      <Actions statement={statement} base={base} />
      <Section title="Collation" how={<>{count(statement.witness_count, "witness", "witnesses")}, the fullest wording first, then by date of publication. <del class="cut">Grey</del> was left out, <ins class="put-in">underlined</ins> put in.</>}>
        <ul class="collation">
          {groups.map((group) => <Group key={group.witness.quotation.id} group={group} base={base} />)}
        </ul>
      </Section>
      {translated.length > 0 && <Translations base={base} translated={translated} />}
      {statement.proposals.length > 0 && (
        <Section title="Possibly the same" how="surest first; the evidence does not carry them, so they are not counted">
          <ul class="collation">
            {statement.proposals.map((one) => (
              <li key={one.quotation.id} class="witness">
                <WitnessHead quotation={one.quotation} label={relations[one.relation]} reason={one.reason} />
                <p class="witness-line"><Words quotation={one.quotation} /></p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </article>
  );
}

/** A base text of more letters is not printed a second time. */
const repeatedAtMost = 320;

interface WitnessGroup {
  witness: Witness;
  reprints: Witness[];
}

/** Reprints stand under the article that they republish, where that one is a witness too. */
function foldReprints(statement: StatementAnswer): WitnessGroup[] {
  const groups: WitnessGroup[] = [];
  const byArticle = new Map<string, WitnessGroup>();
  const ordered = [...statement.witnesses].sort((a, b) => Number(b.quotation.id === statement.base) - Number(a.quotation.id === statement.base));
  for (const witness of ordered) {
    if (witness.reprint_of && statement.witnesses.some((other) => other.quotation.article === witness.reprint_of)) continue;
    const group = { witness, reprints: [] };
    groups.push(group);
    if (!byArticle.has(witness.quotation.article)) byArticle.set(witness.quotation.article, group);
  }
  for (const witness of ordered) {
    if (groups.some((group) => group.witness === witness)) continue;
    const original = byArticle.get(witness.reprint_of!);
    if (original) original.reprints.push(witness);
    else groups.push({ witness, reprints: [] });
  }
  return groups;
}

function WitnessHead({ quotation, label, reason }: { quotation: Quotation; label: string; reason?: string | null }) {
  return (
    <div class="witness-head">
      <p><a class="witness-outlet" href={`/article/${quotation.article}#${quotation.id}`} data-item><bdi>{quotation.outlet ?? "outlet unknown"}</bdi></a></p>
      <p>{quotation.published ? <time dateTime={quotation.published}>{readableTime(quotation.published)}</time> : "undated"}</p>
      <p title={reason ?? undefined}>{label}</p>
    </div>
  );
}

function Row({ witness, base }: { witness: Witness; base: Quotation }) {
  const isBase = witness.quotation.id === base.id;
  const changed = witness.what_changed ?? (witness.altered ? relations[witness.relation] : null);
  return (
    <>
      <WitnessHead quotation={witness.quotation} label={isBase ? "the fullest wording" : relations[witness.relation]} reason={witness.reason} />
      <div class="witness-body">
        <p class="witness-line">
          {isBase && base.words.length > repeatedAtMost ? <span class="quiet small">as above</span> : isBase || !witness.collation || witness.relation === "translated" || witness.relation === "indirect"
            ? <Words quotation={witness.quotation} />
            : <WitnessLine witness={witness} />}
        </p>
        {(changed || witness.reason || witness.provisional) && (
          <p class="witness-note">
            {changed && <span class="witness-changed">{changed}</span>}
            {witness.reason && <span>{changed ? witness.reason.replace(`; ${changed}`, "") : witness.reason}{witness.decided ? ", decided by a person" : ""}</span>}
            {witness.provisional && <span>joined as it came; <code>onrecord compare</code> settles it</span>}
          </p>
        )}
      </div>
    </>
  );
}

function Group({ group, base }: { group: WitnessGroup; base: Quotation }) {
  return (
    <li class="witness-group">
      <div class="witness"><Row witness={group.witness} base={base} /></div>
      {group.reprints.length > 0 && (
        <details class="reprints">
          <summary>republished by {group.reprints.map((one) => one.quotation.outlet ?? "an unknown outlet").join(", ")}</summary>
          {group.reprints.map((one) => <div key={one.quotation.id} class="witness"><Row witness={one} base={base} /></div>)}
        </details>
      )}
    </li>
  );
}

function Translations({ base, translated }: { base: Quotation; translated: Witness[] }) {
  return (
    <Section title="Translations side by side" how="of the same words, each outlet’s own">
      <div class="translations">
        {[base, ...translated.map((witness) => witness.quotation)].map((quotation) => (
          <figure key={quotation.id}>
            <blockquote><Words quotation={quotation} /></blockquote>
            <figcaption><a href={`/article/${quotation.article}#${quotation.id}`}><bdi>{quotation.outlet ?? "outlet unknown"}</bdi></a></figcaption>
          </figure>
        ))}
      </div>
    </Section>
  );
}

function Actions({ statement, base }: { statement: StatementAnswer; base: Quotation }) {
  const [copied, setCopied] = useState("");
  const copy = (what: string, text: string) => async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(`${what} copied`);
    } catch {
      setCopied("The browser does not let pages copy here");
    }
  };
  const permalink = `${location.origin}/statement/${statement.id}`;
  return (
    <p class="actions statement-actions">
      <a href={permalink} onClick={(event) => void copy("Link", permalink)(event)}>Copy link</a>
      <button type="button" class="button-plain" onClick={(event) => void copy("Citation", citation(base, statement.id))(event)}>Copy as citation</button>
      <a href={`/api/v1${statementPath(statement.id)}`}>JSON</a>
      <span role="status" class="quiet">{copied}</span>
    </p>
  );
}
