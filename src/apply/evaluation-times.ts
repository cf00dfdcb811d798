import type { Clock } from "../domain/ports.ts";

/** How long the API takes to evaluate reach, as one run sees it: it decides when a look is worth its request. */
export type EvaluationTimes = {
  /** A campaign whose look is to be timed. */
  watch(writtenAt: number): Watch;
  /** Tells how long one evaluation took, in milliseconds. */
  learn(ms: number): void;
};

/** The looks at one written campaign. */
export type Watch = {
  /**
   * Sleeps until the next look is due, at most `atMost` milliseconds.
   *
   * @param look 1 for the first one.
   */
  sleepBefore(look: number, atMost: number, signal: AbortSignal): Promise<void>;
};

/** While nothing is known, so many campaigns are looked at often, and the others wait for what these find out. */
const SCOUTS = 3;

/** Milliseconds between the looks at them, and at the others. */
const SCOUT_MS = 150;
const OTHER_MS = 1_500;
const GROWTH = 1.5;
const MOST_MS = 10_000;

/** A look comes so much after the usual time, and after a look that was too early this part of it passes first. */
const LATER = { part: 0.02, ms: 5 } as const;
const AGAIN = { part: 0.25, leastMs: 50 } as const;

/** Milliseconds between one look and the next where no time is known: short at first, never over ten seconds. */
export function growingPause(look: number, firstMs: number = SCOUT_MS): number {
  return Math.min(MOST_MS, firstMs * GROWTH ** (look - 1));
}

/** One for the whole run. */
export function createEvaluationTimes(clock: Clock): EvaluationTimes {
  const known: number[] = [];
  const sleepers = new Set<() => void>();
  let watched = 0;
  const usual = () => known[known.length >> 1] ?? 0;

  return {
    watch(writtenAt) {
      watched += 1;
      const isScout = watched <= SCOUTS;
      const firstMs = isScout ? SCOUT_MS : OTHER_MS;
      const dueAt = () => writtenAt + usual() * (1 + LATER.part) + LATER.ms;
      const pause = (look: number): number => {
        if (known.length === 0) return growingPause(look, firstMs);
        const due = dueAt() - clock.monotonic();
        return due > 0 ? due : growingPause(look, Math.max(AGAIN.leastMs, AGAIN.part * usual()));
      };
      return {
        async sleepBefore(look, atMost, signal) {
          const end = clock.monotonic() + atMost;
          const ms = Math.min(atMost, pause(look));
          if (known.length > 0 || isScout) return clock.sleep(ms, signal);
          await sleepUntilNews(sleepers, ms, { clock, signal });
          await clock.sleep(Math.max(0, Math.min(end, dueAt()) - clock.monotonic()), signal);
        },
      };
    },
    learn(ms) {
      const at = known.findIndex((other) => other > ms);
      known.splice(at === -1 ? known.length : at, 0, ms);
      for (const wake of sleepers) wake();
    },
  };
}

/** Why a sleep ends early. Where no reason is given, each sleep would make one with its whole trace. */
const NEWS = new Error("A time was learnt.");

/** Sleeps for a time, or until a time is learnt. */
async function sleepUntilNews(
  sleepers: Set<() => void>,
  ms: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const woken = new AbortController();
  const wake = (): void => woken.abort(NEWS);
  sleepers.add(wake);
  try {
    await clock.sleep(ms, AbortSignal.any([signal, woken.signal]));
  } catch (error) {
    if (!woken.signal.aborted) throw error;
  } finally {
    sleepers.delete(wake);
  }
}
