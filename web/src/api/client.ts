// Requests to /api/v1 of the server that these pages came from; to nowhere else.

/** What went wrong, in words for the reader. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint = "",
  ) {
    super(message);
  }
}

const tokenName = "onrecord-token";

/** The token for writing, which `onrecord serve` puts behind the address that it prints (`#token=...`). It stays in
    this tab and leaves the address bar. Call before the first request. */
export function takeTokenFromAddress(): void {
  const found = /^#token=([A-Za-z0-9_-]+)$/.exec(location.hash);
  if (!found) return;
  sessionStorage.setItem(tokenName, found[1]!);
  history.replaceState(history.state, "", location.pathname + location.search);
}

export function hasToken(): boolean {
  return sessionStorage.getItem(tokenName) !== null;
}

export function keepToken(token: string): void {
  if (token) sessionStorage.setItem(tokenName, token);
  else sessionStorage.removeItem(tokenName);
}

function authorization(): Record<string, string> {
  const token = sessionStorage.getItem(tokenName);
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = (body as { error?: { code?: string; message?: string; hint?: string } } | null)?.error;
  return new ApiError(response.status, error?.code ?? "http", error?.message ?? `The server answered ${response.status}.`, error?.hint);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { credentials: "omit", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "The server does not answer.", "Is `onrecord serve` still running? Start it again and reload.");
  }
  if (!response.ok) throw await failure(response);
  return response;
}

// Answers seen in this tab, the latest last, so that "back" shows at once what was there.
const seen = new Map<string, { value: unknown; at: number }>();
const seenAtMost = 60;

export function lastSeen<T>(path: string): { value: T; at: number } | undefined {
  return seen.get(path) as { value: T; at: number } | undefined;
}

/** After something was written, nothing that was seen holds. */
export function forgetSeen(): void {
  seen.clear();
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { headers: authorization(), ...(signal ? { signal } : {}) });
  const value = (await response.json()) as T;
  seen.delete(path);
  seen.set(path, { value, at: Date.now() });
  if (seen.size > seenAtMost) seen.delete(seen.keys().next().value!);
  return value;
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization() },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  return (await response.json()) as T;
}

/** A file's bytes as they are. */
export async function postBytes<T>(path: string, body: Blob, signal?: AbortSignal): Promise<T> {
  const response = await send(path, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", ...authorization() },
    body,
    ...(signal ? { signal } : {}),
  });
  return (await response.json()) as T;
}
