import { describe, expect, test } from "vitest";
import type { CampaignError, Change } from "../../../src/domain/model.ts";
import { afterRun, type Checked, type LastChecked, oldestFirst } from "../../../src/plan/last-checked.ts";
import { sampleNoOp, sampleUnreadable, sampleUpdate } from "../../support/samples/plan.ts";

const NOW = Date.parse("2026-11-29T04:00:00.000Z");
const HOUR = 3_600_000;
const DESTINATION = { apiUrl: "https://api.example.test/public/v1", environment: null };

const lastOf = (campaigns: Readonly<Record<string, Partial<Checked>>>): LastChecked => ({
  ...DESTINATION,
  campaigns: new Map(
    Object.entries(campaigns).map(([id, checked]) => [
      id,
      { at: NOW - 24 * HOUR, unreadable: null, ...checked },
    ]),
  ),
});

describe("oldestFirst", () => {
  const order = (last: LastChecked) =>
    oldestFirst(
      ["d", "c", "b", "a"].map((campaignId) => ({ campaignId })),
      last,
      NOW,
    ).map(({ campaignId }) => campaignId);

  test("what was never looked at comes first, then what was longest ago; else the id decides", () => {
    expect(order(lastOf({ a: { at: NOW - 2 }, b: { at: NOW - 3 }, c: { at: NOW - 2 } }))).toEqual([
      "d",
      "b",
      "a",
      "c",
    ]);
  });

  test("case 85: a moment that is still to come starves nobody: it counts as none", () => {
    expect(
      order(lastOf({ a: { at: NOW - 2 }, b: { at: NOW + 1 }, c: { at: NOW }, d: { at: NOW - 1 } })),
    ).toEqual(["b", "a", "d", "c"]);
  });
});

/** One that could not be read, with this error. */
const unreadable = (n: number, error: Partial<CampaignError>): Change =>
  sampleUnreadable(n, {
    error: { code: "X", status: 404, message: "m", correlationId: null, ...error },
  });
const idOf = ({ campaignId }: Change) => campaignId;
const known = (last: LastChecked, changes: readonly Change[], now = NOW) =>
  Object.fromEntries(afterRun(last, changes, now).campaigns);

describe("afterRun", () => {
  const [one, two, three] = [sampleNoOp(1), sampleUpdate(2), sampleNoOp(3)];

  test("what was looked at was so now; of the rest what was known stays, and is forgotten after 90 days", () => {
    const [long, longer] = [{ at: NOW - 90 * 24 * HOUR + 1 }, { at: NOW - 90 * 24 * HOUR }];
    const last = lastOf({ [idOf(one)]: {}, [idOf(three)]: long, gone: longer });
    const next = afterRun(last, [one, two], NOW);
    expect(next).toEqual({ ...last, campaigns: new Map(next.campaigns) });
    expect(Object.fromEntries(next.campaigns)).toEqual({
      [idOf(one)]: { at: NOW, unreadable: null },
      [idOf(two)]: { at: NOW, unreadable: null },
      [idOf(three)]: { ...long, unreadable: null },
    });
  });

  test("case 86: nights without an answer are counted in a row, each once, and forgotten when the campaign can be read", () => {
    const gone = unreadable(1, {});
    const nights = (last: LastChecked, now: number) => afterRun(last, [gone, two], now);
    const first = nights(lastOf({}), NOW);
    const again = nights(first, NOW + 11 * HOUR);
    const second = nights(again, NOW + 24 * HOUR);
    const third = nights(second, NOW + 36 * HOUR);
    expect(
      [first, again, second, third].map(({ campaigns }) => campaigns.get(idOf(gone))?.unreadable),
    ).toEqual([
      { nights: 1, countedAt: NOW },
      { nights: 1, countedAt: NOW },
      { nights: 2, countedAt: NOW + 24 * HOUR },
      { nights: 3, countedAt: NOW + 36 * HOUR },
    ]);
    expect(known(third, [sampleNoOp(1)])[idOf(gone)]).toEqual({ at: NOW, unreadable: null });
  });

  test("a night that is still to come was none", () => {
    const last = lastOf({ [idOf(one)]: { unreadable: { nights: 9, countedAt: NOW + 1 } } });
    expect(known(last, [unreadable(1, {})])[idOf(one)]).toEqual({
      at: NOW,
      unreadable: { nights: 1, countedAt: NOW },
    });
  });

  test.each([
    ["the run was ended", { code: "interrupted", status: null }],
    ["there was no access", { status: 401 }],
    ["a scope was missing", { status: 403 }],
  ])("where %s, nothing is known of what was not read", (_, error) => {
    const failed = [unreadable(1, error)];
    expect(known(lastOf({}), [...failed, two, three])).not.toHaveProperty(idOf(one));
    expect(known(lastOf({ [idOf(one)]: {} }), [...failed, two])[idOf(one)]?.at).toBe(NOW - 24 * HOUR);
  });

  test.each([
    ["answered nothing", { code: "no-answer", status: null }],
    ["answered too late", { code: "timeout", status: null }],
    ["was too busy", { status: 429 }],
    ["had a fault", { status: 503 }],
  ])("case 86: a night in which an API %s in most cases counts for none", (_, error) => {
    const failed = unreadable(1, error);
    expect(known(lastOf({}), [failed, unreadable(4, error), two])).toEqual({
      [idOf(two)]: { at: NOW, unreadable: null },
    });
    expect(known(lastOf({}), [failed, two])[idOf(failed)]).toEqual({
      at: NOW,
      unreadable: { nights: 1, countedAt: NOW },
    });
  });

  test("a campaign that there is not counts, however few others there are", () => {
    expect(known(lastOf({}), [unreadable(1, {})])[idOf(one)]?.unreadable?.nights).toBe(1);
  });
});
