import { InvalidArgumentError } from "commander";

/** How a result is printed. */
export type Format = "text" | "json" | "markdown";

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Longest duration that a timer can hold without overflow: a little under 25 days. */
const MAX_DURATION_MS = 2_147_483_647;

/** `500ms`, `30s`, `10m`, `24h` to milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,10})(ms|s|m|h)$/.exec(text);
  const ms = match === null ? Number.NaN : Number(match[1]) * UNITS_MS[match[2] as keyof typeof UNITS_MS];
  if (!(ms <= MAX_DURATION_MS)) {
    throw new InvalidArgumentError("Write a duration as 500ms, 30s, 10m or 24h, at most 596h.");
  }
  return ms;
}

/** A whole number from 1 to 1000. */
export function parseParallelism(text: string): number {
  return parseWhole(text, 1, 1000);
}

/** A TCP port; 0 means any free one. */
export function parsePort(text: string): number {
  return parseWhole(text, 0, 65_535);
}

/** A whole number from `min` to `max`. */
export function parseWhole(text: string, min: number, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new InvalidArgumentError(`Write a whole number from ${min} to ${max}.`);
  }
  return value;
}

/** A plan digest as `plan` prints it. */
export function parseDigest(text: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(text)) {
    throw new InvalidArgumentError("Write it as plan prints it: sha256: and 64 hex digits in lower case.");
  }
  return text;
}
