import { describe, expect, it } from "vitest";
import { createLine, type Rank } from "../../../src/experiture/line.ts";

type Standing = { readonly as?: "first" | "again"; readonly by?: number; readonly signal?: AbortSignal };

/** A line in which everybody has a name. */
function open() {
  const line = createLine();
  const went: string[] = [];
  return {
    line,
    went,
    join(name: string, rank: Rank, { as = "first", by, signal }: Standing = {}) {
      line.join(
        { rank, as, signal, by: by ?? null },
        () => went.push(name),
        () => went.push(`${name} left`),
      );
    },
    next(now = 0): string {
      line.next(now)?.go(0);
      return went.at(-1) ?? "nobody";
    },
  };
}

describe("a line", () => {
  it("lets a campaign that has begun come to its end before another one begins", () => {
    const { line, join, next } = open();
    for (const rank of ["size", "poll", "read", "guard", "verify", "write", "front"] as const)
      join(rank, rank);
    const order = Array.from({ length: 7 }, () => next());
    expect(order).toEqual(["front", "write", "verify", "guard", "read", "poll", "size"]);
    expect(line.next(0)).toBeUndefined();
    expect(line.size()).toBe(0);
  });

  it("lets who was refused for rate go before others of the same rank", () => {
    const { join, next } = open();
    join("first", "read");
    join("again", "read", { as: "again" });
    expect([next(), next()]).toEqual(["again", "first"]);
  });

  it("forgets who is aborted", () => {
    const { line, join, next, went } = open();
    const stop = new AbortController();
    join("one", "read", { signal: stop.signal });
    join("two", "read");
    stop.abort();
    expect(went).toEqual(["one left"]);
    expect(line.size()).toBe(1);
    expect(next()).toBe("two");
  });
});

describe("a poll that must be answered soon", () => {
  it("goes before everything but a write, two seconds before it is too late", () => {
    for (const [now, order] of [
      [7_999, ["write", "verify", "guard", "poll"]],
      [8_000, ["write", "poll", "verify", "guard"]],
    ] as const) {
      const { join, next } = open();
      join("poll", "poll", { by: 10_000 });
      for (const rank of ["guard", "verify", "write"] as const) join(rank, rank);
      expect([next(now), next(now), next(now), next(now)]).toEqual(order);
    }
  });

  it("the one that is due first goes first, and those that can wait stay behind", () => {
    const { join, next } = open();
    join("patient", "poll");
    join("late", "poll", { by: 9_000 });
    join("soon", "poll", { by: 5_000 });
    join("later", "poll", { by: 60_000, as: "again" });
    join("read", "read");
    expect([next(7_500), next(7_500), next(7_500), next(7_500), next(7_500)]).toEqual([
      "soon",
      "late",
      "read",
      "later",
      "patient",
    ]);
  });

  it("one that left is not waited for", () => {
    const { join, next } = open();
    const stop = new AbortController();
    join("gone", "poll", { by: 1_000, signal: stop.signal });
    join("other", "poll", { by: 90_000 });
    join("read", "read");
    stop.abort();
    expect([next(5_000), next(5_000)]).toEqual(["read", "other"]);
  });
});
