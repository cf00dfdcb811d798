import { describe, expect, it } from "vitest";
import { createLimiter } from "../../../src/patience/limiter.ts";
import { gate } from "../../support/gate.ts";

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

  it("gives the slot back when a task fails", async () => {
    const limiter = createLimiter(1);
    await expect(limiter.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await limiter.run(async () => "next")).toBe("next");
  });
});
