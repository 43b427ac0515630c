// Where the reader is. All state that a reader would want back is in the address: links are plain <a href>,
// one listener makes those to our own pages navigations without a reload.
import { useEffect, useState } from "preact/hooks";

export interface Place {
  path: string;
  query: URLSearchParams;
  /** Grows with each navigation; the same address twice is two visits. */
  visit: number;
  /** The browser's back or forward button led here. */
  back: boolean;
}

type Listener = (place: Place) => void;

const listeners = new Set<Listener>();
let place = read(0, false);

function read(visit: number, back: boolean): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search), visit, back };
}

function arrive(back: boolean): void {
  place = read(place.visit + 1, back);
  for (const listener of listeners) listener(place);
}

export function currentPlace(): Place {
  return place;
}

/** The place, anew whenever it changes. */
export function usePlace(): Place {
  const [now, set] = useState(place);
  useEffect(() => {
    listeners.add(set);
    set(place);
    return () => void listeners.delete(set);
  }, []);
  return now;
}

export interface NavigateOptions {
  /** The visit takes the place of the one before: for filters that change with every key. */
  replace?: boolean;
}

export function navigate(address: string, options: NavigateOptions = {}): void {
  if (options.replace) {
    history.replaceState(history.state, "", address);
  } else {
    rememberScroll();
    history.pushState(null, "", address);
  }
  arrive(false);
}

/** The address of `path` with the members of `query` that hold something. */
export function address(path: string, query: Record<string, string | number | undefined | null> | URLSearchParams = {}): string {
  const entries = query instanceof URLSearchParams ? [...query] : Object.entries(query);
  const kept = new URLSearchParams();
  for (const [name, value] of entries) {
    if (value !== undefined && value !== null && value !== "") kept.append(name, String(value));
  }
  const text = kept.toString();
  return text ? `${path}?${text}` : path;
}

/** This place's address with some members of its query changed; undefined or "" takes one away. */
export function addressWith(changes: Record<string, string | undefined>): string {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  return address(place.path, query);
}

function rememberScroll(): void {
  history.replaceState({ ...(history.state as object | null), scroll: window.scrollY }, "");
}

function isOurs(anchor: HTMLAnchorElement): boolean {
  return anchor.origin === location.origin && !anchor.target && !anchor.hasAttribute("download") &&
    !anchor.pathname.startsWith("/api/");
}

/** Call once. */
export function startRouter(): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => arrive(true));
  addEventListener("beforeunload", rememberScroll);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = event.target instanceof Element ? event.target.closest("a") : null;
    if (!(anchor instanceof HTMLAnchorElement) || !anchor.href || !isOurs(anchor)) return;
    if (anchor.hash && anchor.pathname === location.pathname && anchor.search === location.search) return;
    event.preventDefault();
    navigate(anchor.pathname + anchor.search + anchor.hash);
  });
  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = window.setTimeout(rememberScroll, 150);
  }, { passive: true });
}

/** Puts the window where the reader left it, as soon as the page is long enough; gives up after a second. */
export function restoreScroll(): void {
  const top = (history.state as { scroll?: number } | null)?.scroll ?? 0;
  const until = performance.now() + 1000;
  const attempt = (): void => {
    window.scrollTo(0, top);
    if (Math.abs(window.scrollY - top) > 2 && performance.now() < until) requestAnimationFrame(attempt);
  };
  attempt();
}
