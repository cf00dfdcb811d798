import { InvalidArgumentError } from "commander";
import type { Shard } from "../domain/shard.ts";
import {
  DURATION_HINT,
  durationOf,
  PARALLELISM,
  SHARD_HINT,
  shardOf,
  wholeHint,
  wholeOf,
} from "../text/option-values.ts";

/** How a result is printed. */
export type Format = "text" | "json" | "markdown";

/** The file to read: `-` is what comes in on stdin. */
export function inputOf(file: string): string {
  return file === "-" ? "/dev/stdin" : file;
}

/** The file to write: `-` is stdout. */
export function outputOf(file: string): string {
  return file === "-" ? "/dev/stdout" : file;
}

/** `500ms`, `30s`, `10m`, `24h` to milliseconds. */
export function parseDuration(text: string): number {
  return demand(durationOf(text), DURATION_HINT);
}

/** A whole number, at least 1. */
export function parseParallelism(text: string): number {
  return parseWhole(text, PARALLELISM.min, PARALLELISM.max);
}

/** `2/3`, the second of three shards. */
export function parseShard(text: string): Shard {
  return demand(shardOf(text), SHARD_HINT);
}

/** A TCP port; 0 means any free one. */
export function parsePort(text: string): number {
  return parseWhole(text, 0, 65_535);
}

/** A whole number from `min` to `max`. */
export function parseWhole(text: string, min: number, max: number): number {
  return demand(wholeOf(text, min, max), wholeHint(min, max));
}

/** A plan digest as `plan` prints it. */
export function parseDigest(text: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(text)) {
    throw new InvalidArgumentError("Write it as plan prints it: sha256: and 64 hex digits in lower case.");
  }
  return text;
}

function demand<T>(value: T | null, hint: string): T {
  if (value === null) throw new InvalidArgumentError(hint);
  return value;
}
