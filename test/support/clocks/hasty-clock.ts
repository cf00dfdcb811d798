import type { Clock } from "../../../src/domain/ports.ts";
import { patientClock } from "./patient-clock.ts";

/** The time of this machine, and all that was slept: a sleep ends as soon as everybody sleeps, and that much later it is. */
export function hastyClock(): Clock {
  const slept = patientClock();
  return {
    now: () => Date.now() + slept.monotonic(),
    monotonic: () => performance.now() + slept.monotonic(),
    sleep: slept.sleep,
  };
}
