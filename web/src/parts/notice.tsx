// What stands where a page has nothing to show: it says why and what to do.
import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/client";

export function Notice({ title, children }: { title: string; children?: ComponentChildren }) {
  return <div class="notice"><h2>{title}</h2>{children}</div>;
}

export function ErrorNotice({ error, what }: { error: ApiError; what: string }) {
  return (
    <div class="notice" role="alert">
      <h2>{error.status === 404 ? `The record has no such ${what}.` : error.message}</h2>
      {error.status === 404 && <p>{error.message}</p>}
      {error.hint && <p>{error.hint}</p>}
      <p><a href="/">To the front page</a></p>
    </div>
  );
}

export function Waiting({ what }: { what: string }) {
  return <p class="waiting" role="status">Reading {what} …</p>;
}
