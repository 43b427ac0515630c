import type { Quotation } from "../api/types";
import { count } from "../text/numbers";
import { Chain, SaidWhen, SpeakerLink, basisInWords, speakerName } from "./told";
import { statementHref } from "./rows";

interface Props {
  quotation: Quotation;
  color: number;
  chosen: boolean;
  onChoose: () => void;
}

/** What is known of a statement, beside its words in the article. */
export function QuotationCard({ quotation, color, chosen, onChoose }: Props) {
  const others = (quotation.reports ?? 1) - 1;
  return (
    <div class={`card speaker-edge-${color}${chosen ? " card-chosen" : ""}`}>
      <p class="card-facts">
        <SpeakerLink quotation={quotation} />
        {quotation.kind !== "direct" && <span class="quiet">{quotation.kind}</span>}
        <a href={statementHref(quotation)} data-item>{others > 0 ? count(others, "other report") : "statement"}</a>
        <button type="button" class="button-plain" aria-expanded={chosen} onClick={onChoose}>{chosen ? "less" : "why"}</button>
      </p>
      {quotation.authority.length > 0 && <Chain outlet={quotation.outlet} links={quotation.authority} speaker={speakerName(quotation)} />}
      {(quotation.when || quotation.addressee?.value || quotation.venue?.value) && <p class="card-facts">
        {quotation.when && <span>said <SaidWhen quotation={quotation} /></span>}
        {quotation.addressee?.value && <span>to <bdi>{quotation.addressee.value}</bdi></span>}
        {quotation.venue?.value && <span><bdi>{quotation.venue.value}</bdi></span>}
      </p>}
      {chosen && (
        <dl class="card-why">
          <div><dt>words</dt><dd>{quotation.reason}, {Math.round(quotation.confidence * 100)} %</dd></div>
          {quotation.speaker && <div><dt>speaker</dt><dd>{quotation.speaker.reason}, {Math.round(quotation.speaker.confidence * 100)} %</dd></div>}
          {quotation.when && <div><dt>when</dt><dd>{basisInWords(quotation.when.basis)}: {quotation.when.reason}</dd></div>}
        </dl>
      )}
    </div>
  );
}
