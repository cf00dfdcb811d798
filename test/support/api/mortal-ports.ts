import type { ApplyPorts } from "../../../src/apply/apply-plan.ts";
import type { Journal } from "../../../src/domain/ports.ts";
import type { Chance } from "../simulation/chance.ts";
import type { FakeApi, FakeClock } from "./fake-api.ts";
import { OPEN } from "./write-guard.ts";

/** A process that stops at its n-th request, with no chance to clean up. */
export type Mortal = {
  readonly ports: ApplyPorts;
  /** A journal that a dead process does not write any more. */
  journal(notes: Journal): Journal;
  /** Settles when the process is dead. */
  readonly death: Promise<"killed">;
  /** Campaigns whose write was begun, and those of them that the process knew the end of. */
  readonly begun: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
  /** How many writes it began in all. */
  writes(): number;
};

/**
 * Requests take up to half a second each way. Of those that are under way when the process dies some still arrive, at
 * their time; no answer does.
 */
export function mortalPorts(api: FakeApi, clock: FakeClock, chance: Chance, lastRequest: number): Mortal {
  const begun = new Set<string>();
  const known = new Set<string>();
  let requests = 0;
  let writes = 0;
  let isDead = false;
  let die = (): void => undefined;
  const death = new Promise<"killed">((resolve) => {
    die = () => resolve("killed");
  });
  const never = () => new Promise<never>(() => undefined);

  const request = async <T>(act: () => Promise<T>): Promise<T> => {
    requests += 1;
    if (requests === lastRequest) {
      isDead = true;
      die();
    }
    if (isDead) return never();
    await clock.sleep(chance.between(1, 500));
    if (isDead && chance.happens(0.5)) return never();
    const answer = await act();
    await clock.sleep(chance.between(1, 500));
    return isDead ? never() : answer;
  };
  return {
    death,
    begun,
    known,
    writes: () => writes,
    journal: (notes) => ({ note: (...noted) => (isDead ? undefined : notes.note(...noted)) }),
    ports: {
      clock,
      reader: { readCampaign: (...asked) => request(() => api.reader.readCampaign(...asked)) },
      writer: {
        async replaceAudience(id, audience, guard, signal) {
          while (!guard.pass()) await guard.readAgain();
          if (!isDead) {
            begun.add(id);
            writes += 1;
          }
          return request(() => api.writer.replaceAudience(id, audience, OPEN, signal));
        },
      },
      onEvent(event) {
        if (!isDead && (event.kind === "written" || event.kind === "ended")) known.add(event.campaignId);
      },
    },
  };
}
