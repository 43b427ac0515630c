// One thing that came into the record.
import type { NewItem } from "../api/endpoints";
import { readableDate } from "../text/dates";
import { count } from "../text/numbers";
import { reuseClasses } from "../text/relations";
import { LeadPair } from "./lead_pair";
import { Entry, QuotationEntry, StatementEntry } from "./rows";
import { SpeakerLink } from "./told";

export function NewEntry({ item }: { item: NewItem }) {
  switch (item.what) {
    case undefined:
      return <QuotationEntry quotation={item} />;
    case "statement":
      return <StatementEntry row={item.statement} />;
    case "witness":
      return <QuotationEntry quotation={{ ...item.witness.quotation, statement: item.witness.statement }} note="one more witness" />;
    case "lead":
      return (
        <div class="new-lead">
          <p class="small"><SpeakerLink quotation={item.lead.base} />, earlier and now</p>
          {item.lead.leads.slice(0, 1).map((lead) => <LeadPair key={lead.kind} row={item.lead} lead={lead} />)}
        </div>
      );
    case "copy":
      return <Entry margin="copy" href={`/article/${item.copy.other.article}?with=all`} words={<bdi class="serif">{item.copy.other.title ?? "Untitled"}</bdi>}
        below={<><bdi>{item.copy.other.outlet ?? "outlet unknown"}</bdi><span>{reuseClasses[item.copy.class] ?? item.copy.class}</span></>} />;
    case "story":
      return <Entry margin={<>{item.story.first && readableDate(item.story.first)}<br />story</>} href={`/story/${item.story.id}`} words={<bdi class="serif">{item.story.title ?? "Untitled"}</bdi>}
        below={<span>{count(item.story.articles, "article")} of {count(item.story.outlets, "outlet")}</span>} />;
  }
}
