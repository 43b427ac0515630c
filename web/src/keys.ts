// The keyboard. Items that can be walked through carry `data-item`: links or other things that take the focus.

/** What the help dialog lists. */
export const keyHelp: [keys: string[], what: string][] = [
  [["/"], "search"],
  [["j"], "next item of the list"],
  [["k"], "the one before"],
  [["Enter"], "open it"],
  [["u"], "back to where you came from"],
  [["?"], "this help"],
  [["Esc"], "close, or leave the field"],
];

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type)));
}

function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

/** Moves the focus among the items; without one in focus to the first that the window shows. */
function step(by: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>("[data-item]")].filter(isVisible);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = at >= 0
    ? items[at + by]
    : items.find((item) => item.getBoundingClientRect().top >= 0) ?? items[0];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

export interface KeyActions {
  search: () => void;
  help: () => void;
}

/** Call once. Pages add keys of their own by listening to `keydown`; what they handle they prevent. */
export function startKeys(actions: KeyActions): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && document.activeElement instanceof HTMLElement) {
      document.activeElement.blur();
      return;
    }
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    const action = { "/": actions.search, "?": actions.help, j: () => step(1), k: () => step(-1), u: () => history.back() }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** Whether a page's own key should be left alone: the reader is typing, or a dialog is open. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isField(event.target) ||
    document.querySelector("dialog[open]") !== null;
}
