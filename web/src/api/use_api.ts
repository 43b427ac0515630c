import { useEffect, useState } from "preact/hooks";
import { ApiError, get, lastSeen } from "./client";

export interface Loaded<T> {
  data: T | undefined;
  error: ApiError | undefined;
  loading: boolean;
}

/** Seen so recently that it is not asked for again. */
const freshForMilliseconds = 5000;

/** The answer to GET `path`; null asks nothing. What was seen before is shown while the new answer is on its way. */
export function useApi<T>(path: string | null, version = 0): Loaded<T> {
  const [answer, setAnswer] = useState<{ path: string; data?: T; error?: ApiError }>();
  useEffect(() => {
    if (path === null) return;
    const before = lastSeen<T>(path);
    if (before && Date.now() - before.at < freshForMilliseconds && version === 0) {
      setAnswer({ path, data: before.value });
      return;
    }
    const abort = new AbortController();
    get<T>(path, abort.signal).then(
      (data) => setAnswer({ path, data }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setAnswer({ path, error: error instanceof ApiError ? error : new ApiError(0, "page", String(error)) });
      },
    );
    return () => abort.abort();
  }, [path, version]);

  if (path === null) return { data: undefined, error: undefined, loading: false };
  if (answer?.path === path) return { data: answer.data, error: answer.error, loading: false };
  return { data: lastSeen<T>(path)?.value, error: undefined, loading: true };
}
