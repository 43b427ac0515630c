// Dates as the record tells them, for a reader. They are as exact as they are known: a year, a month, a day, an
// interval "2031-05-01/2031-05-07", or a day with a time; nothing is added to them.

const months = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

interface Parts {
  year: string;
  month?: string;
  day?: string;
  time?: string;
}

function parts(date: string): Parts | null {
  const found = /^(-?\d{4,})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d))?)?)?/.exec(date);
  if (!found) return null;
  const month = found[2] ? months[Number(found[2]) - 1] : undefined;
  return { year: found[1]!, month, day: found[3]?.replace(/^0/, ""), time: found[4] };
}

function join(...words: (string | undefined)[]): string {
  return words.filter(Boolean).join(" ");
}

/** "9 Feb 2026", "Feb 2026", "2026", "1–7 May 2031"; what is no date comes back as it is. */
export function readableDate(date: string): string {
  const [first, last] = date.split("/");
  const a = parts(first!);
  if (!a) return date;
  const b = last ? parts(last) : null;
  if (!b) return join(a.day, a.month, a.year);
  if (a.year !== b.year) return `${join(a.day, a.month, a.year)} – ${join(b.day, b.month, b.year)}`;
  if (a.month !== b.month) return `${join(a.day, a.month)} – ${join(b.day, b.month, b.year)}`;
  if (a.day === b.day) return join(a.day, a.month, a.year);
  return `${join(a.day)}–${join(b.day, b.month, b.year)}`;
}

/** "1 Mar 2026 to 9 Oct 2026"; one date where both are on one day. */
export function readableSpan(first: string, last: string): string {
  const [from, to] = [readableDate(first), readableDate(last)];
  return from === to ? from : `${from} to ${to}`;
}

/** With the time of day where one is told: "8 July 2026, 11:05". */
export function readableTime(date: string): string {
  const time = date.includes("/") ? undefined : parts(date)?.time;
  return time ? `${readableDate(date)}, ${time}` : readableDate(date);
}

/** The day on which a date begins, "YYYY-MM-DD": for placing it on a strip. */
export function firstDay(date: string): string | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date);
  return found ? `${found[1]}-${found[2] ?? "01"}-${found[3] ?? "01"}` : null;
}

export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** "3 h later", "2 days later", from one time to another; empty when either tells no time. */
export function delay(from: string, to: string): string {
  const a = parts(from);
  const b = parts(to);
  if (!a?.day || !b?.day) return "";
  if (a.time && b.time) {
    const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000;
    if (!Number.isFinite(hours)) return "";
    if (hours < 1) return `${Math.round(hours * 60)} min later`;
    if (hours < 48) return `${Math.round(hours)} h later`;
    return `${Math.round(hours / 24)} days later`;
  }
  const days = Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
  if (days === 0) return "the same day";
  return days === 1 ? "a day later" : `${days} days later`;
}
