import { diffPath, type ArticleAnswer, type DiffAnswer } from "../api/endpoints";
import { useApi } from "../api/use_api";
import { addressWith, usePlace } from "../router";
import { readableTime } from "../text/dates";
import { count } from "../text/numbers";
import { ErrorNotice, Waiting } from "./notice";

/** The texts that stood under this article's address, and what became of the words from one to the next. */
export function ArticleVersions({ article }: { article: ArticleAnswer }) {
  const { query } = usePlace();
  const from = query.get("from");
  const to = query.get("to");
  return (
    <div class="versions">
      <div class="section-head"><h2>{count(article.versions.length, "version")}</h2><span class="how">the current one first</span></div>
      <ol>
        {article.versions.map((version, i) => {
          const before = article.versions[i + 1];
          const compared = before && from === before.id && to === version.id;
          return (
            <li key={version.id} class="version-row">
              <span class="numbers">{readableTime(version.modified ?? version.published ?? version.added_at)}</span>
              {version.id === article.version ? <span>shown above</span> : <a href={addressWith({ version: version.current ? undefined : version.id, from: undefined, to: undefined })} data-item>read it</a>}
              {before && <a href={`${addressWith({ from: compared ? undefined : before.id, to: compared ? undefined : version.id })}`} data-item>{compared ? "hide the differences" : "what changed since the one before"}</a>}
            </li>
          );
        })}
      </ol>
      {from && to && <Difference article={article.id} from={from} to={to} />}
    </div>
  );
}

function Difference({ article, from, to }: { article: string; from: string; to: string }) {
  const { data, error } = useApi<DiffAnswer>(diffPath(article, from, to));
  if (error) return <ErrorNotice error={error} what="version" />;
  if (!data) return <Waiting what="both versions" />;
  return (
    <div class="difference serif" aria-label="Differences">
      {data.runs.map((run, i) => {
        if (run.kind === "removed") return <del key={i} class="cut">{run.text}</del>;
        if (run.kind === "added") return <ins key={i} class="put-in">{run.text}</ins>;
        return <span key={i}>{run.text}</span>;
      })}
    </div>
  );
}
