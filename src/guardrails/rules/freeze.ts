import { timeText } from "../../text/figures.ts";
import { quoteWhole } from "../../text/quote.ts";
import type { Freeze } from "../guardrails.ts";
import { type Broken, ofRun } from "./broken.ts";

/** Whether nothing may be written at a moment, in milliseconds since the epoch. */
export function isFrozenAt({ from, to }: Freeze, now: number): boolean {
  return from <= now && now < to;
}

/** Each span of time, of those that nothing may be written in, that it is now. */
export function freeze(freezes: readonly Freeze[], now: number, whose: string): readonly Broken[] {
  return freezes
    .filter((each) => isFrozenAt(each, now))
    .map(({ until, reason }) => {
      const why = reason === null ? "" : ` (${quoteWhole(reason)})`;
      return ofRun("freeze", `Nothing${whose} may be written until ${timeText(until)}${why}.`);
    });
}
