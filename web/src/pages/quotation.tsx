import { useEffect } from "preact/hooks";
import { quotationPath } from "../api/endpoints";
import type { Quotation } from "../api/types";
import { useApi } from "../api/use_api";
import { ErrorNotice, Waiting } from "../parts/notice";
import { navigate } from "../router";
import { StatementPage } from "./statement";

/** A quotation's page is that of the statement that it carries. */
export function QuotationPage({ id }: { id: string }) {
  const { data, error } = useApi<Quotation>(quotationPath(id));
  useEffect(() => {
    if (data?.statement) navigate(`/statement/${data.statement}`, { replace: true });
  }, [data]);
  if (error) return <ErrorNotice error={error} what="quotation" />;
  return data && !data.statement ? <StatementPage id={id} /> : <Waiting what="the quotation" />;
}
