import type { AudienceBinding } from "../domain/model.ts";
import type { AudienceChange } from "./direction.ts";

/** One audience in a diff: its sign (`+`, `-`, `!`) and the line after it. Ids are as they came, not yet escaped. */
export type AudienceLine = { readonly sign: "+" | "-" | "!"; readonly text: string };

const SIGNS = { added: "+", removed: "-", retyped: "!" } as const;

const EFFECT_WORDS = { more: "more people", either: "more or fewer people", fewer: "fewer people" } as const;

/** The audiences that a write would change, one line each, with what each does to the number of people. */
export function changeLines(changes: readonly AudienceChange[]): readonly AudienceLine[] {
  return aligned(changes, ({ verb, effect }) => {
    const word = verb === "retyped" ? "type changed" : verb;
    return `${word}: ${EFFECT_WORDS[effect]}`;
  });
}

const DIFFERENCE_WORDS = {
  added: "in the file, not live",
  removed: "live, not in the file",
  retyped: "another type live",
} as const;

/** How a campaign that is left alone differs from its file, one line an audience. */
export function differenceLines(changes: readonly AudienceChange[]): readonly AudienceLine[] {
  return aligned(changes, ({ verb }) => DIFFERENCE_WORDS[verb]);
}

function aligned(
  changes: readonly AudienceChange[],
  note: (change: AudienceChange) => string,
): readonly AudienceLine[] {
  const width = Math.max(...changes.map((change) => typeWords(change).length), 0);
  return changes.map((change) => ({
    sign: SIGNS[change.verb],
    text: `${change.list}  ${typeWords(change).padEnd(width)}  ${change.audienceId}  (${note(change)})`,
  }));
}

function typeWords({ type, was }: AudienceChange): string {
  return was === null ? type : `${was} -> ${type}`;
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
