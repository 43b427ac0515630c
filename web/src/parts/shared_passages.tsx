import type { SharedWith } from "../api/endpoints";
import { addressWith } from "../router";
import { readableDate } from "../text/dates";
import { percent } from "../text/numbers";
import { reuseClasses } from "../text/relations";

/** What other articles have of this one; each can have its passages marked in the text. */
export function SharedPassages({ shared, chosen }: { shared: SharedWith[]; chosen: string | null }) {
  return (
    <details class="shared-list" open={chosen !== null}>
      <summary>Shares words with {shared.length === 1 ? "another article" : `${shared.length} other articles`}</summary>
      <ul>
        {shared.map((one) => (
          <li key={one.other.article} class="shared-row">
            <a class="serif" href={`/article/${one.other.article}`} data-item><bdi>{one.other.title ?? "Untitled"}</bdi></a>
            <span class="quiet"><bdi>{one.other.outlet ?? "outlet unknown"}</bdi>{one.other.published && `, ${readableDate(one.other.published)}`}</span>
            <span title={one.reason ?? undefined}>{direction(one)}; {percent(one.narrative_containment)} of the shorter one’s own words</span>
            {one.passages.length > 0 && <a href={addressWith({ with: chosen === one.other.article ? undefined : one.other.article })}>{chosen === one.other.article ? "unmark" : "mark the passages"}</a>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Who has it from whom, seen from this article. */
function direction(one: SharedWith): string {
  if (one.direction === "a_from_b") return one.class === "full_reprint" ? "this republishes it" : "this has it from there";
  if (one.direction === "b_from_a") return one.class === "full_reprint" ? "it republishes this" : "that one has it from here";
  if (one.direction === "both_from_wire") return "both print an agency’s report";
  return reuseClasses[one.class] ?? one.class;
}
