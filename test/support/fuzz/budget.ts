import { parseDocument } from "yaml";

/** How many cases the files get; the others get a share of it beside. `npm run fuzz` raises it. */
const CASES = Number(process.env.FUZZ_CASES ?? 1_200);

/** Another seed plays other cases. */
const SEED = Number(process.env.FUZZ_SEED ?? 28);

/** One case that waits, in milliseconds: it hangs, and is told as the case that does. */
const WAIT_MS = 10_000;

/** Settings of one property: its share of the cases, from 0 to 1, and the seed that they are drawn from. */
export function fuzzing(share: number): {
  readonly seed: number;
  readonly numRuns: number;
  readonly timeout: number;
} {
  return { seed: SEED, numRuns: Math.max(1, Math.round(CASES * share)), timeout: WAIT_MS };
}

/** For `test`: time enough for its share on a slow machine. Milliseconds. */
export function timeFor(share: number): { readonly timeout: number } {
  return { timeout: 60_000 + fuzzing(share).numRuns * 100 };
}

/** What a person takes for a hang, in milliseconds of work. Code with thousands of mutants in it gets more. */
const HANG_MS = Number(process.env.HANG_MS ?? 1_000);

/** Work that is done so often and hangs each time, hangs. */
const MOST_TRIES = 4;

/**
 * Runs a piece of work and tells whether it hangs: over a second of work, again and again, and over ten times what this
 * machine needs to parse the largest file there may be. Work is counted and not time, since a machine may be busy.
 */
export function withoutHang<T>(work: () => T): T {
  const { result, ms } = measured(work);
  if (ms <= HANG_MS) return result;
  const floor = measured(() => parseDocument("- a\n".repeat(16_384))).ms;
  const times = [ms];
  while (Math.min(...times) > Math.max(HANG_MS, 10 * floor)) {
    if (times.length === MOST_TRIES)
      throw new Error(`It took ${times.map(Math.round).join(", ")} ms of work.`);
    times.push(measured(work).ms);
  }
  return result;
}

/** What a piece of work comes to, and how long this process worked for it, in milliseconds. */
export function measured<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const begun = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(begun);
  return { result, ms: (user + system) / 1_000 };
}
