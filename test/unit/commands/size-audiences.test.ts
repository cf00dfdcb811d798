import { describe, expect, test } from "vitest";
import { sizeAudiences } from "../../../src/commands/size-audiences.ts";
import {
  AccessError,
  ApiError,
  ApiResponseError,
  InterruptedError,
  NetworkError,
} from "../../../src/domain/errors.ts";
import type { AudienceSizer } from "../../../src/domain/ports.ts";
import { virtualClock } from "../../support/clocks/virtual-clock.ts";

const EXACT = { count: 7, isExact: true };
const ENDLESS = new AbortController().signal;
const NO_PREVIEW_IDS: ReadonlyMap<string, string> = new Map();

function refusal(status: number): ApiError {
  const facts = {
    method: "POST",
    path: "/audiences/x/preview",
    code: `http-${status}`,
    correlationId: null,
    status,
  };
  return status === 403 ? new AccessError("No.", facts) : new ApiError("No.", facts);
}

function size(
  audienceIds: readonly string[],
  sizeAudience: AudienceSizer["sizeAudience"],
  { previewIds = NO_PREVIEW_IDS } = {},
) {
  return sizeAudiences(
    { audienceIds, previewIds },
    { sizer: { sizeAudience }, clock: virtualClock() },
    ENDLESS,
  );
}

test("how far the counting is, is told of each, whether it could be counted or not", async () => {
  const told: unknown[] = [];
  const sizeAudience = (id: string) =>
    id === "b" ? Promise.reject(new NetworkError("lost")) : Promise.resolve(EXACT);
  const ports = {
    sizer: { sizeAudience },
    clock: virtualClock(),
    onEvent: (event: unknown) => told.push(event),
  };
  await sizeAudiences({ audienceIds: ["a", "b"], previewIds: new Map() }, ports, ENDLESS);
  expect(told).toEqual([0, 1, 2].map((counted) => ({ kind: "counting", counted, of: 2 })));
  await sizeAudiences({ audienceIds: [], previewIds: new Map() }, ports, ENDLESS);
  expect(told).toHaveLength(3);
});

test("each audience is asked about once, by the id that the preview knows it by", async () => {
  const asked: string[] = [];
  const ids = Array.from({ length: 600 }, (_, index) => `audience-${index}`);
  const previewIds = new Map([["audience-1", "aud_01HXYZ"]]);
  const { sizes, unknown } = await size(
    ids,
    async (id) => {
      asked.push(id);
      return EXACT;
    },
    { previewIds },
  );
  expect(asked.toSorted()).toEqual(ids.with(1, "aud_01HXYZ").toSorted());
  expect(sizes.get("audience-1")).toEqual({ ...EXACT, at: "2026-11-24T10:00:00.000Z" });
  expect([sizes.size, unknown.size]).toEqual([600, 0]);
});

test("whatever goes wrong with one is told of that one, and the others are counted", async () => {
  const errors: Readonly<Record<string, Error>> = {
    a: refusal(403),
    b: refusal(404),
    c: refusal(401),
    d: new NetworkError("Lost."),
    e: new ApiResponseError("Odd.", { status: 200, pointer: "", correlationId: null }),
  };
  const { sizes, unknown } = await size(["a", "b", "c", "d", "e", "f"], async (id) => {
    if (errors[id] !== undefined) throw errors[id];
    return { count: 0, isExact: null };
  });
  expect(Object.fromEntries(unknown)).toEqual({
    a: "not-permitted",
    b: "not-known",
    c: "refused",
    d: "no-answer",
    e: "no-count",
  });
  expect([...sizes]).toEqual([["f", { count: 0, isExact: null, at: "2026-11-24T10:00:00.000Z" }]]);
});

test("a bug is thrown", async () => {
  const bug = new TypeError("x is not a function");
  await expect(size(["a"], () => Promise.reject(bug))).rejects.toBe(bug);
});

describe("who never answers", () => {
  const silent: AudienceSizer["sizeAudience"] = (id, signal) =>
    id === "b"
      ? Promise.resolve(EXACT)
      : new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
        });

  test("is given up after two minutes; what was counted stays", async () => {
    const clock = virtualClock();
    const order = { audienceIds: ["a", "b", "c"], previewIds: NO_PREVIEW_IDS };
    const { sizes, unknown } = await sizeAudiences(
      order,
      { sizer: { sizeAudience: silent }, clock },
      ENDLESS,
    );
    expect(clock.monotonic()).toBe(120_000);
    expect([...sizes.keys()]).toEqual(["b"]);
    expect([...unknown]).toEqual([
      ["a", "no-answer"],
      ["c", "no-answer"],
    ]);
  });

  test("does not hold up a run that is interrupted", async () => {
    const interruption = new AbortController();
    const clock = virtualClock();
    const order = { audienceIds: ["a", "b"], previewIds: NO_PREVIEW_IDS };
    const counting = sizeAudiences(order, { sizer: { sizeAudience: silent }, clock }, interruption.signal);
    interruption.abort(new InterruptedError("SIGINT"));
    expect([...(await counting).unknown]).toEqual([["a", "no-answer"]]);
    expect(clock.monotonic()).toBe(0);
  });
});
