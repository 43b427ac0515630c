// The filters of a list with how many each would leave. Each is a link: filters are part of the address.
import type { FacetValue } from "../api/endpoints";
import { useMatches } from "./use_matches";
import { addressWith, navigate } from "../router";
import { number } from "../text/numbers";

const names: [name: string, title: string][] = [
  ["speaker", "Speaker"],
  ["outlet", "Outlet"],
  ["kind", "Kind"],
  ["speaker-kind", "Kind of speaker"],
  ["story", "Story"],
];

const shownAtOnce = 7;

function Facet({ name, title, values, chosen }: { name: string; title: string; values: FacetValue[]; chosen: string | null }) {
  if (values.length === 0 && !chosen) return null;
  const rest = values.slice(shownAtOnce);
  const item = (value: FacetValue) => {
    const on = value.value === chosen;
    return (
      <li key={value.value}>
        <a class="facet" href={addressWith({ [name]: on ? undefined : value.value })} aria-current={on ? "true" : undefined}>
          <bdi class="facet-name">{value.label ?? value.value}</bdi>
          <span class="facet-count numbers">{on ? <span aria-label="take away">×</span> : number(value.count)}</span>
        </a>
      </li>
    );
  };
  return (
    <section class="facet-group" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {chosen && !values.some((value) => value.value === chosen) && item({ value: chosen, count: 0 })}
        {values.slice(0, shownAtOnce).map(item)}
      </ul>
      {rest.length > 0 && <details><summary>{number(rest.length)} more</summary><ul>{rest.map(item)}</ul></details>}
    </section>
  );
}

export function Facets({ facets, query }: { facets: Record<string, FacetValue[]> | undefined; query: URLSearchParams }) {
  const date = (name: "since" | "until", label: string) => (
    <label class="facet-date">
      <span>{label}</span>
      <input class="field" value={query.get(name) ?? ""} placeholder="2026-03" pattern="\d{4}(-\d\d(-\d\d)?)?" inputMode="numeric" autoComplete="off"
        onChange={(event) => {
          if (event.currentTarget.checkValidity()) navigate(addressWith({ [name]: event.currentTarget.value || undefined }));
          else event.currentTarget.reportValidity();
        }} />
    </label>
  );
  const unsure = query.get("confidence") === "0";
  const narrow = useMatches("(max-width: 52rem)");
  const groups = (
    <>
      {names.map(([name, title]) => <Facet key={name} name={name} title={title} values={facets?.[name] ?? []} chosen={query.get(name)} />)}
      <section class="facet-group" aria-label="Dates">
        <h2>Said or published</h2>
        <div class="facet-dates">{date("since", "from")}{date("until", "to")}</div>
      </section>
      <section class="facet-group" aria-label="Sureness">
        <h2>Sureness</h2>
        <ul>
          <li>
            <a class="facet" href={addressWith({ confidence: unsure ? undefined : "0" })} aria-current={unsure ? "true" : undefined}
              title="Quotations of which the reading is less sure than .4; most of them are none">
              <span class="facet-name">with what may be none</span>
              {unsure && <span class="facet-count"><span aria-label="take away">×</span></span>}
            </a>
          </li>
        </ul>
      </section>
    </>
  );
  const chosen = [...query.keys()].filter((name) => name !== "q" && name !== "order").length;
  return (
    <aside class="facets" aria-label="Filters">
      {narrow ? <details class="facets-fold"><summary>Filters{chosen > 0 && ` (${chosen})`}</summary>{groups}</details> : groups}
    </aside>
  );
}
