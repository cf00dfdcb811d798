import { compare } from "../domain/compare.ts";
import type { Destination } from "../domain/destination.ts";
import { isUuid } from "../domain/ids.ts";
import type { Tool } from "../domain/model.ts";
import { withoutByteOrderMark } from "../text/invisible.ts";
import type { Checked, LastChecked } from "./last-checked.ts";

/** The format that this program writes. One of another major version is not understood. */
const FORMAT = "1.0";

/** What no run has looked at yet. */
export function nothingChecked({ apiUrl, environment }: Destination): LastChecked {
  return { apiUrl, environment, campaigns: new Map() };
}

/** The file that a later run takes the order from. */
export function lastCheckedJson({ apiUrl, environment, campaigns }: LastChecked, tool: Tool): string {
  const head = { formatVersion: FORMAT, kind: "last-checked", tool, apiUrl, environment };
  const ordered = [...campaigns].sort(([a], [b]) => compare(a, b));
  const written = Object.fromEntries(ordered.map(([id, checked]) => [id, writtenOf(checked)]));
  return `${JSON.stringify({ ...head, campaigns: written })}\n`;
}

/** A campaign of the file, in which a moment is ISO 8601. */
type Written = {
  readonly at: string;
  readonly unreadable?: { readonly nights: number; readonly at: string };
};

function writtenOf({ at, unreadable }: Checked): Written {
  const when = (ms: number) => new Date(ms).toISOString();
  if (unreadable === null) return { at: when(at) };
  return { at: when(at), unreadable: { nights: unreadable.nights, at: when(unreadable.countedAt) } };
}

/** What an earlier run looked at; else in a few words why its file says nothing here. */
export function readLastChecked(text: string, destination: Destination): LastChecked | string {
  const value = parsed(text);
  const { formatVersion, kind, apiUrl, environment, campaigns } = value;
  if (kind !== "last-checked" || typeof campaigns !== "object" || campaigns === null) return "it is damaged";
  if (typeof formatVersion !== "string" || !/^1\.\d+$/.test(formatVersion)) return "it is of another version";
  if (apiUrl !== destination.apiUrl || environment !== destination.environment) {
    return "it is of another API or environment";
  }
  const known = Object.entries(campaigns).flatMap(([id, each]) => {
    const checked = isUuid(id) ? checkedOf(Object(each)) : null;
    return checked === null ? [] : [[id.toLowerCase(), checked] as const];
  });
  return { apiUrl: destination.apiUrl, environment: destination.environment, campaigns: new Map(known) };
}

type Unknown = Readonly<Record<string, unknown>>;

function parsed(text: string): Unknown {
  try {
    return Object(JSON.parse(withoutByteOrderMark(text)));
  } catch {
    return {};
  }
}

/** Null where there is no moment; what is wrong beside it is as if it were not there. */
function checkedOf({ at, unreadable }: Unknown): Checked | null {
  const when = momentOf(at);
  if (when === null) return null;
  const { nights, at: counted } = Object(unreadable) as Unknown;
  const countedAt = momentOf(counted);
  const isCount = typeof nights === "number" && Number.isSafeInteger(nights) && nights > 0;
  return { at: when, unreadable: isCount && countedAt !== null ? { nights, countedAt } : null };
}

function momentOf(value: unknown): number | null {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
