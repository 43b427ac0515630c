// The text in the check, too long for an address: it stays in this tab until it is replaced.
const name = "onrecord-draft";

export function keepDraft(text: string): void {
  sessionStorage.setItem(name, text);
}

export function keptDraft(): string {
  return sessionStorage.getItem(name) ?? "";
}
