const grouped = new Intl.NumberFormat("en-GB");

/** "12,408". */
export function number(value: number): string {
  return grouped.format(value);
}

/** "1 outlet", "12,408 outlets". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** The same of a count that stopped: "more than 10,000 quotations". */
export function countOf(value: number, isCapped: boolean, one: string, many = `${one}s`): string {
  return isCapped ? `more than ${count(value, one, many)}` : count(value, one, many);
}

/** 0.873 as "87 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
