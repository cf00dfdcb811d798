import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROOT } from "../support/program/cli.ts";

type Row = { readonly id: string; readonly name: string; readonly value: number | null };
type Unread = {
  accepted(id: string, write: object): void;
  shown(id: string, write: object): void;
  most(): number;
};
type Bar = { readonly atMost?: number; readonly atLeast?: number; readonly aim?: number };

const { rowOf, misses } = (await load("row.mjs")) as {
  rowOf(id: string, name: string, value: number | null, bar: Bar & { readonly detail: string }): Row;
  misses(row: Row): boolean;
};
const { renderTable } = (await load("table.mjs")) as { renderTable(results: object): string };
const { compareResults } = (await load("compare.mjs")) as {
  compareResults(kept: object, rows: readonly Row[]): readonly string[];
};
const { countUnread } = (await load("unread.mjs")) as { countUnread(): Unread };
const { campaignAt } = (await load("campaign.mjs")) as { campaignAt(index: number): Campaign };

function load(file: string): Promise<unknown> {
  return import(join(ROOT, "bench", file));
}

describe("a row without a bar", () => {
  const cellsOf = (row: Row) =>
    renderTable({ machine: "this one", measuredAt: "2026-11-24", rows: [row] })
      .trimEnd()
      .split("\n")
      .at(-1)
      ?.split("|")
      .map((cell) => cell.trim())
      .slice(1, -1);

  test.each([
    ["a low value", 0.1, "0.10"],
    ["a high value", 99.5, "99.50"],
    ["no value", null, "–"],
  ])("with %s neither holds nor misses anything", (_, value, shown) => {
    const row = rowOf("x", "for comparison", value, { detail: "1 s / 1 s" });
    expect(cellsOf(row)).toEqual(["for comparison", shown, "–", "–", "1 s / 1 s"]);
    expect(misses(row)).toBe(false);
  });

  test("is never a regression", () => {
    const row = (value: number) => rowOf("x", "for comparison", value, { detail: "" });
    expect(compareResults({ rows: [row(1)] }, [row(50)])).toEqual([]);
  });

  test("stands beside rows that hold, that miss, and that were not measured", () => {
    const row = (value: number | null) => rowOf("x", "with a bar", value, { atMost: 2, detail: "" });
    expect([1, 3, null].map((value) => cellsOf(row(value))?.[3])).toEqual(["yes", "**no**", "not measured"]);
    expect([1, 3, null].map((value) => misses(row(value)))).toEqual([false, true, false]);
    expect(compareResults({ rows: [row(1)] }, [row(50)])).toHaveLength(1);
  });
});

type Campaign = { readonly campaignId: string; readonly include: unknown; readonly exclude: unknown };

describe("the most accepted writes not yet read back at once", () => {
  let mock: ChildProcess;
  let url: string;

  beforeEach(async () => {
    mock = fork(join(ROOT, "bench/mock.mjs"), ["--campaigns", "5", "--latency", "1"]);
    [{ url }] = (await once(mock, "message")) as [{ url: string }];
  });

  afterEach(async () => {
    const ended = once(mock, "exit");
    mock.disconnect();
    await ended;
  });

  async function tell(message: object): Promise<number> {
    mock.send(message);
    const [{ counts }] = (await once(mock, "message")) as [{ counts: { mostUnread: number } }];
    return counts.mostUnread;
  }

  async function send(method: string, path: string, body = ""): Promise<number | undefined> {
    const sent = request(`${url}/campaigns/${path}`, { method, agent: false });
    sent.end(body);
    const [response] = await once(sent, "response");
    response.resume();
    await once(response, "end");
    return response.statusCode;
  }

  function write(index: number): Promise<number | undefined> {
    const { campaignId, include, exclude } = campaignAt(index);
    return send("PUT", `${campaignId}/audience`, JSON.stringify({ include, exclude }));
  }

  function read(index: number): Promise<number | undefined> {
    return send("GET", `${campaignAt(index).campaignId}/summary`);
  }

  test("grows with each accepted write and shrinks with its read", async () => {
    for (const index of [0, 1, 2]) expect(await write(index)).toBe(200);
    expect(await tell({})).toBe(3);
    for (const index of [0, 1, 2, 3]) expect(await read(index)).toBe(200);
    for (const index of [3, 4]) expect(await write(index)).toBe(200);
    expect(await tell({})).toBe(3);
  });

  test("counts a campaign once, however often it is written", async () => {
    for (const index of [0, 0, 0]) expect(await write(index)).toBe(200);
    expect(await tell({})).toBe(1);
  });

  test("leaves out a write that was refused", async () => {
    await tell({ reset: { drift: 0, rate: 0.001, burst: 1 } });
    expect(await write(0)).toBe(200);
    expect(await write(1)).toBe(429);
    expect(await tell({})).toBe(1);
  });

  test("is not made smaller by a read that does not show the write", () => {
    const unread = countUnread();
    const [before, first, second] = [{}, {}, {}];
    unread.accepted("a", first);
    unread.shown("a", before);
    unread.accepted("b", second);
    expect(unread.most()).toBe(2);
  });

  test("begins anew with each run", async () => {
    await write(0);
    expect(await tell({ reset: { drift: 0, rate: null, burst: 1 } })).toBe(0);
  });
});
