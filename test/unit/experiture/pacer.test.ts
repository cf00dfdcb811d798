import { describe, expect, it } from "vitest";
import type { Rank } from "../../../src/experiture/line.ts";
import { createPacer } from "../../../src/experiture/pacer.ts";
import { fakeClock } from "../../support/api/fake-api.ts";
import { gate } from "../../support/gate.ts";

const turn = (rank: Rank, as: "first" | "again" = "first", signal?: AbortSignal) => ({
  rank,
  as,
  signal,
  by: null,
});

/** A pacer whose first request was refused for rate. */
async function refusedOnce() {
  const clock = fakeClock();
  const pacer = createPacer(10, clock);
  const sentAt = clock.monotonic();
  await clock.sleep(20);
  pacer.refused(sentAt);
  return { clock, pacer };
}

describe("the pacer", () => {
  it("runs no more at a time than it may, first come, first served", async () => {
    const pacer = createPacer(2, fakeClock());
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const task = (index: number) => async () => {
      order.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return index;
    };
    const all = [0, 1, 2, 3, 4].map((index) => pacer.run(task(index), turn("read")));
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
  });

  it("lets a write go first, then looks at writes, then reads, and polls last", async () => {
    const pacer = createPacer(1, fakeClock());
    const order: string[] = [];
    const task = (name: string) => async () => void order.push(name);
    await Promise.all([
      pacer.run(task("begun"), turn("poll")),
      pacer.run(task("poll"), turn("poll")),
      pacer.run(task("verify"), turn("verify")),
      pacer.run(task("read"), turn("read")),
      pacer.run(task("read again"), turn("read", "again")),
      pacer.run(task("write"), turn("write")),
    ]);
    expect(order).toEqual(["begun", "write", "verify", "read again", "read", "poll"]);
  });

  it("gives the slot back when a task fails", async () => {
    const pacer = createPacer(1, fakeClock());
    await expect(pacer.run(() => Promise.reject(new Error("no")), turn("read"))).rejects.toThrow("no");
    expect(await pacer.run(async () => "next", turn("read"))).toBe("next");
  });

  it("lets the signal end the wait, but not a task that runs", async () => {
    const pacer = createPacer(1, fakeClock());
    const first = gate();
    const stop = new AbortController();
    const ran: string[] = [];
    const a = pacer.run(
      async () => {
        await first.passed;
        ran.push("a");
      },
      turn("read", "first", stop.signal),
    );
    const b = pacer.run(async () => void ran.push("b"), turn("read", "first", stop.signal));
    const c = pacer.run(async () => void ran.push("c"), turn("read"));
    stop.abort(new Error("stopped"));
    await expect(b).rejects.toThrow("stopped");
    first.open();
    await Promise.all([a, c]);
    expect(ran).toEqual(["a", "c"]);
    await expect(pacer.run(async () => {}, turn("read", "first", stop.signal))).rejects.toThrow("stopped");
  });

  it("spreads what comes after a refusal, and a turn that sends nothing holds up nobody", async () => {
    const { pacer } = await refusedOnce();
    const times: number[] = [];
    const sending = (sends: () => number) => Promise.resolve(void times.push(sends()));
    const silent = async () => void times.push(-1);
    await Promise.all(
      [sending, sending, silent, silent, sending].map((task) => pacer.run(task, turn("read"))),
    );
    const sent = times.filter((time) => time >= 0);
    expect(times.slice(2, 4)).toEqual([-1, -1]);
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(20);
    expect((sent[2] ?? 0) - (sent[1] ?? 0)).toBeLessThanOrEqual(65);
  });

  it("sends a write ahead of a pace that is slower than its read stays fresh, and then keeps the pace", async () => {
    const clock = fakeClock();
    const pacer = createPacer(10, clock);
    // One acceptance in four seconds, then a refusal: the slowest pace, a request a second.
    const first = clock.monotonic();
    pacer.accepted(first);
    await clock.sleep(4_000);
    pacer.refused(clock.monotonic());
    const times = new Map<string, number>();
    const send = (name: string) => async (sends: () => number) => void times.set(name, sends());
    await pacer.run(send("guard"), turn("guard"));
    const guardAt = times.get("guard") ?? Number.NaN;
    const write = { ...turn("write"), by: guardAt + 300 };
    await Promise.all([pacer.run(send("other"), turn("read")), pacer.run(send("write"), write)]);
    expect(times.get("write")).toBe(guardAt + 300);
    expect((times.get("other") ?? 0) - guardAt).toBeGreaterThan(1_500);
  });

  it("a write that may wait keeps to the pace", async () => {
    const { clock, pacer } = await refusedOnce();
    const times: number[] = [];
    const send = async (sends: () => number) => void times.push(sends());
    await pacer.run(send, turn("guard"));
    await pacer.run(send, { ...turn("write"), by: clock.monotonic() + 10_000 });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(20);
  });
});
