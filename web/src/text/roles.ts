// What articles call somebody besides the name, over time: "Transport Minister Edda Pellamore" tells a role.
import type { Alias } from "../api/endpoints";

export interface Role {
  role: string;
  first: string;
  last: string;
  quotations: number;
}

const aroundNames = new Set(["the", "a", "an", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "herself", "himself", "themselves"]);
const pronouns = new Set(["he", "she", "they", "it", "i", "we", "who", "which", "that", "his", "her", "their"]);

function plain(word: string): string {
  return word.toLowerCase().replace(/[,;:]+$|['’]s?$/gu, "");
}

/** The words of a mention that are neither the name nor what only stands around names; empty where none are left. */
export function roleIn(printed: string, name: string): string {
  const names = new Set(name.toLowerCase().split(/\s+/u));
  const left = printed.split(/\s+/u).filter((word) => word && !names.has(plain(word)) && !aroundNames.has(plain(word)));
  if (left.every((word) => pronouns.has(plain(word)))) return "";
  return left.join(" ").replace(/^[,;:\s]+|[,;:\s]+$/gu, "");
}

/** Each role with the time over which articles give it, those known first first. */
export function rolesOverTime(aliases: Alias[], name: string): Role[] {
  const roles = new Map<string, Role>();
  for (const alias of aliases) {
    if (!alias.printed || !alias.first) continue;
    const role = roleIn(alias.printed, name);
    if (!role) continue;
    const known = roles.get(role.toLowerCase());
    const last = alias.last ?? alias.first;
    if (!known) {
      roles.set(role.toLowerCase(), { role, first: alias.first, last, quotations: alias.quotations });
    } else {
      known.first = alias.first < known.first ? alias.first : known.first;
      known.last = last > known.last ? last : known.last;
      known.quotations += alias.quotations;
    }
  }
  return [...roles.values()].sort((a, b) => a.first.localeCompare(b.first) || b.quotations - a.quotations);
}
