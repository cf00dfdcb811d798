import type { AudienceBinding } from "../../domain/model.ts";
import { type AudienceChange, audienceChanges } from "../../plan/audience-changes.ts";
import { DIRECTION_WORDS } from "./effect-words.ts";

/** One audience that differs: what becomes of it (`+`, `-`, `!`), which it is, and what that means. Not yet escaped. */
export type AudienceRow = Pick<AudienceChange, "list" | "audienceId" | "effect"> & {
  readonly sign: "+" | "-" | "!";
  /** Its type, or both where that changes: `segment -> audience`. */
  readonly type: string;
  readonly note: string;
};

/** How two bindings differ, an audience a row. `afterwards` says what a write leaves; null where nothing is written. */
export type Comparison = { readonly rows: readonly AudienceRow[]; readonly afterwards: string | null };

type Bindings = { readonly before: AudienceBinding; readonly after: AudienceBinding };

const SIGNS = { added: "+", removed: "-", retyped: "!" } as const;

/** What a write would change, and what each audience does to the number of people. */
export function replacementOf({ before, after }: Bindings): Comparison {
  const rows = audienceChanges(before, after).map((change) => {
    const word = change.verb === "retyped" ? "type changed" : change.verb;
    return rowOf(change, `${word}: ${DIRECTION_WORDS[change.effect]}`);
  });
  return { rows, afterwards: bindingCounts(after) };
}

const DIFFERENCE_WORDS = {
  added: "in the file, not live",
  removed: "live, not in the file",
  retyped: "another type live",
} as const;

/** How a campaign that is left alone differs from its file. */
export function differenceOf({ before, after }: Bindings): Comparison {
  const rows = audienceChanges(before, after).map((change) => rowOf(change, DIFFERENCE_WORDS[change.verb]));
  return { rows, afterwards: null };
}

function rowOf({ list, verb, audienceId, type, was, effect }: AudienceChange, note: string): AudienceRow {
  return {
    sign: SIGNS[verb],
    list,
    type: was === null ? type : `${was} -> ${type}`,
    audienceId,
    note,
    effect,
  };
}

/** A row as the line behind its sign, its columns aligned with those of the others. */
export type RowLine = { readonly sign: AudienceRow["sign"]; readonly text: string };

/** Rows as lines of a page whose letters are all equally wide. */
export function rowLines(rows: readonly AudienceRow[]): readonly RowLine[] {
  const width = Math.max(...rows.map(({ type }) => type.length), 0);
  return rows.map(({ sign, list, type, audienceId, note }) => ({
    sign,
    text: `${list}  ${type.padEnd(width)}  ${audienceId}  (${note})`,
  }));
}

/** How many audiences a binding has: `3 included, 1 excluded`. */
export function bindingCounts(binding: AudienceBinding): string {
  return `${binding.include.length} included, ${binding.exclude.length} excluded`;
}

/** A whole binding, one line an audience. */
export function bindingLines(binding: AudienceBinding): readonly string[] {
  return [
    ...binding.include.map(({ type, audienceId }) => `include  ${type.padEnd(8)}  ${audienceId}`),
    ...binding.exclude.map(({ type, audienceId }) => `exclude  ${type.padEnd(8)}  ${audienceId}`),
  ];
}
