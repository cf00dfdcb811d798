import type { Applied } from "../../../src/commands/apply.ts";
import { isWrite } from "./network.ts";
import type { Phase } from "./run-seed.ts";

/** An API that answers so quickly lets an interrupted run end within five seconds. */
const QUICK_MS = 500;
const END_MS = 5_000;

/** After a signal no write goes out, and where the API answers in time the run soon ends. */
export function brokenEndLaws(applied: Phase<Applied>, interruptedAt: number | null): string[] {
  if (interruptedAt === null || interruptedAt >= applied.endedAt) return [];
  const late = applied.exchanges.filter((each) => isWrite(each) && each.at > interruptedAt);
  const broken = late.map(({ campaignId }) => `${campaignId} was written after the interruption`);
  const open = applied.exchanges.filter(({ endedAt }) => endedAt === null || endedAt >= interruptedAt);
  const isQuick = open.every(({ at, endedAt }) => endedAt === null || endedAt - at <= QUICK_MS);
  const tookMs = applied.endedAt - Math.max(interruptedAt, applied.startedAt);
  if (isQuick && tookMs > END_MS) broken.push(`the run went on for ${tookMs} ms after the interruption`);
  return broken;
}
