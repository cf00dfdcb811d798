import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { Rank } from "../../../src/experiture/line.ts";
import { createPacer } from "../../../src/experiture/pacer.ts";
import { fakeClock } from "../../support/api/fake-api.ts";

const RATE = 10;

describe("1,000 campaigns that wait for reach under a limit of 10 a second", () => {
  it("case 69: polls keep to the pace of all requests, and a write never waits behind them", async () => {
    const clock = fakeClock();
    const pacer = createPacer(10, clock);
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const sent: Rank[] = [];
    let tokens = RATE;
    let filledAt = 0;
    const accepts = (): boolean => {
      tokens = Math.min(RATE, tokens + ((clock.monotonic() - filledAt) * RATE) / 1000);
      filledAt = clock.monotonic();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    };
    const send = async (rank: Rank): Promise<void> => {
      for (let as: "first" | "again" = "first"; ; as = "again") {
        const accepted = await pacer.run(
          async (sends) => {
            const at = sends();
            sent.push(rank);
            const accepted = accepts();
            await clock.sleep(20);
            pacer[accepted ? "accepted" : "refused"](at);
            return accepted;
          },
          { rank, as, signal: stop.signal, by: null },
        );
        if (accepted) return;
        await clock.sleep(1000, stop.signal);
      }
    };
    const polls = Array.from({ length: 1000 }, () => send("poll"));
    await clock.sleep(10_000);
    const before = sent.length;
    expect(before).toBeGreaterThan(RATE * 8);
    expect(before).toBeLessThan(RATE * 13);
    await Promise.all([send("write"), send("write"), send("write")]);
    expect(sent.slice(before, before + 3)).toEqual(["write", "write", "write"]);
    stop.abort(new Error("seen enough"));
    await Promise.allSettled(polls);
  });
});
