import { describe, expect, it } from "vitest";
import { createLimiter } from "../../src/limiter.ts";

function gate() {
  let open: () => void = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe("limiter", () => {
  it("runs so many at a time, first come, first served", async () => {
    const limiter = createLimiter(2);
    const gates = Array.from({ length: 5 }, gate);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const all = gates.map((each, index) =>
      limiter.run(async () => {
        order.push(index);
        running += 1;
        most = Math.max(most, running);
        await each.passed;
        running -= 1;
        return index;
      }),
    );
    for (const each of gates) {
      each.open();
      await Promise.resolve();
    }
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
  });

  it("lets what can be late go last, in its own order", async () => {
    const limiter = createLimiter(1);
    const order: string[] = [];
    const task = (name: string) => async () => {
      order.push(name);
      await Promise.resolve();
    };
    await Promise.all([
      limiter.run(task("first")),
      limiter.run(task("late 1"), undefined, "late"),
      limiter.run(task("late 2"), undefined, "late"),
      limiter.run(task("soon 1")),
      limiter.run(task("soon 2"), undefined, "soon"),
    ]);
    expect(order).toEqual(["first", "soon 1", "soon 2", "late 1", "late 2"]);
  });

  it("gives the slot back when a task fails", async () => {
    const limiter = createLimiter(1);
    await expect(limiter.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await limiter.run(async () => "next")).toBe("next");
  });

  it("lets the signal end the wait, but not a task that runs", async () => {
    const limiter = createLimiter(1);
    const first = gate();
    const stop = new AbortController();
    const ran: string[] = [];
    const a = limiter.run(async () => {
      await first.passed;
      ran.push("a");
    }, stop.signal);
    const b = limiter.run(async () => {
      ran.push("b");
    }, stop.signal);
    const c = limiter.run(async () => {
      ran.push("c");
    });
    stop.abort(new Error("stopped"));
    await expect(b).rejects.toThrow("stopped");
    first.open();
    await Promise.all([a, c]);
    expect(ran).toEqual(["a", "c"]);
    await expect(limiter.run(async () => {}, stop.signal)).rejects.toThrow("stopped");
  });
});
