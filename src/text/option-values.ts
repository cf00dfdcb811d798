import { UsageError } from "../domain/errors.ts";
import type { Shard } from "../domain/shard.ts";

/** Values that flags of the command line and inputs of the Action have in common. Null means: not such a value. */

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Longest duration that a timer can hold without overflow: a little under 25 days. */
const MAX_DURATION_MS = 2_147_483_647;

/** How to write a duration. */
export const DURATION_HINT = "Write a duration as 500ms, 30s, 10m or 24h, at most 596h.";

/** `500ms`, `30s`, `10m`, `24h` to milliseconds. */
export function durationOf(text: string): number | null {
  const match = /^(\d{1,10})(ms|s|m|h)$/.exec(text);
  if (match === null) return null;
  const ms = Number(match[1]) * UNITS_MS[match[2] as keyof typeof UNITS_MS];
  return ms <= MAX_DURATION_MS ? ms : null;
}

/** How to write a whole number from `min` to `max`. */
export function wholeHint(min: number, max: number): string {
  return `Write a whole number from ${min} to ${max}.`;
}

/** A whole number from `min` to `max`, in digits only. */
export function wholeOf(text: string, min: number, max: number): number | null {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : null;
}

/** Over what a matrix of GitHub, or anybody's list of machines, has. */
const MOST_SHARDS = 10_000;

/** How to write a shard. */
export const SHARD_HINT = "Write a shard as 2/3, which is the second of three; at most 10000 of them.";

/** `2/3` to the second of three shards. */
export function shardOf(text: string): Shard | null {
  const [first = "", second = "", ...more] = text.split("/");
  const count = more.length > 0 ? null : wholeOf(second, 1, MOST_SHARDS);
  const index = count === null ? null : wholeOf(first, 1, count);
  return count === null || index === null ? null : { index, count };
}

/** How many requests may be asked for at once. */
export const PARALLELISM = { min: 1, max: 1_000_000, usual: 10 } as const;

/**
 * For callers of the library, whose numbers no flag has checked: where none may be asked for, nothing would ever end.
 *
 * @throws UsageError for what is no whole number of requests.
 */
export function checkParallelism(parallelism: number): void {
  const { min, max } = PARALLELISM;
  if (Number.isInteger(parallelism) && parallelism >= min && parallelism <= max) return;
  throw new UsageError(
    `The parallelism ${String(parallelism)} is no number of requests. Nothing was sent.`,
    wholeHint(min, max),
  );
}
