import { isUuid } from "../domain/ids.ts";
import type { WriteStep } from "../domain/ports.ts";

/** The journal's own version. A line of another one is not understood. */
const FORMAT = 1;

const STEPS: readonly unknown[] = ["sending", "accepted", "not-accepted", "settled"] satisfies WriteStep[];

/**
 * What all lines of one run say: whose they are. `processStart` tells its process from a later one with the same id; null
 * where the system, or an earlier version of this program, does not say. `shard`: of which part of the campaigns its plan
 * was, such as `2/3`; null for all.
 */
export type RunFacts = {
  readonly run: string;
  readonly pid: number;
  readonly processStart: string | null;
  readonly host: string;
  readonly apiUrl: string;
  readonly planDigest: string;
  readonly shard: string | null;
};

/** One line: a step of one write. `at` is ISO 8601. No audience, no answer and no secret is in it. */
export type Entry = RunFacts & {
  readonly at: string;
  readonly campaignId: string;
  readonly step: WriteStep;
};

/** One entry as a line of JSON, with its line end. */
export function encodeEntry(entry: Entry): string {
  return `${JSON.stringify({ format: FORMAT, ...entry })}\n`;
}

/** The entry of a line; null when it is damaged or of another version. */
export function decodeEntry(line: string): Entry | null {
  const value = parse(line);
  if (typeof value !== "object" || value === null) return null;
  const { format, at, campaignId, step, ...rest } = value as Record<string, unknown>;
  const facts = decodeFacts(rest);
  if (format !== FORMAT || facts === null || !isUuid(campaignId) || !isStep(step)) return null;
  if (!isText(at) || Number.isNaN(Date.parse(at))) return null;
  return { ...facts, at: new Date(at).toISOString(), campaignId, step };
}

function decodeFacts(value: Readonly<Record<string, unknown>>): RunFacts | null {
  const { run, pid, processStart = null, host, apiUrl, planDigest, shard = null } = value;
  if (!isUuid(run) || !isPid(pid) || !(processStart === null || isText(processStart))) return null;
  if (!isText(host) || !isText(apiUrl) || !isText(planDigest)) return null;
  if (!(shard === null || isText(shard))) return null;
  return { run, pid, processStart, host, apiUrl, planDigest, shard };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isStep(value: unknown): value is WriteStep {
  return STEPS.includes(value);
}

function isPid(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
