import { useState } from "preact/hooks";
import { keepToken } from "../api/client";
import { Notice } from "./notice";

/** What a page that writes shows to who may not. */
export function WithToken({ what }: { what: string }) {
  const [token, setToken] = useState("");
  return (
    <Notice title={`${what} needs the token.`}>
      <p>`onrecord serve` prints an address that carries it. Open that one, or paste the token:</p>
      <form class="token-form" onSubmit={(event) => { event.preventDefault(); keepToken(token.trim().replace(/^.*#token=/u, "")); location.reload(); }}>
        <label class="heard" for="token">Token</label>
        <input id="token" class="field" autoComplete="off" spellcheck={false} value={token} onInput={(event) => setToken(event.currentTarget.value)} />
        <button class="button" type="submit" disabled={!token.trim()}>Use it</button>
      </form>
      <p class="small quiet">It stays in this tab.</p>
    </Notice>
  );
}
