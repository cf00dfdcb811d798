import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LastChecked } from "../../../src/plan/last-checked.ts";
import { lastCheckedJson, nothingChecked, readLastChecked } from "../../../src/plan/last-checked-json.ts";

const DESTINATION = { apiUrl: "https://api.example.test/public/v1", environment: "production" };
const TOOL = { name: "campaignctl", version: "0.1.0" };
const AT = Date.parse("2026-11-29T04:00:00.000Z");
const ID = "4130bada-0000-4000-8000-000000000001";

const fileWith = (campaigns: unknown, head: object = {}) =>
  JSON.stringify({ formatVersion: "1.0", kind: "last-checked", ...DESTINATION, ...head, campaigns });

describe("the file", () => {
  test("says what is kept, and no audience, no name and nothing of an answer", () => {
    const last = {
      ...DESTINATION,
      campaigns: new Map([[ID, { at: AT, unreadable: { nights: 2, countedAt: AT } }]]),
    };
    expect(JSON.parse(lastCheckedJson(last, TOOL))).toEqual({
      formatVersion: "1.0",
      kind: "last-checked",
      tool: TOOL,
      ...DESTINATION,
      campaigns: {
        [ID]: {
          at: "2026-11-29T04:00:00.000Z",
          unreadable: { nights: 2, at: "2026-11-29T04:00:00.000Z" },
        },
      },
    });
  });

  const moment = fc.integer({ min: 0, max: Date.parse("2100-01-01") });
  const night = fc.record({ nights: fc.integer({ min: 1, max: 999 }), countedAt: moment });
  const checked = fc.record({ at: moment, unreadable: fc.option(night) });

  test("what was written is read, and the same is written whichever came first", () => {
    const anyCampaigns = fc.uniqueArray(fc.tuple(fc.uuid(), checked), { selector: ([id]) => id });
    fc.assert(
      fc.property(anyCampaigns, (campaigns) => {
        const last: LastChecked = { ...DESTINATION, campaigns: new Map(campaigns) };
        const text = lastCheckedJson(last, TOOL);
        expect(readLastChecked(text, DESTINATION)).toEqual(last);
        const turned = { ...DESTINATION, campaigns: new Map(campaigns.toReversed()) };
        expect(lastCheckedJson(turned, TOOL)).toBe(text);
      }),
    );
  });
});

describe("a file that says nothing here", () => {
  test.each([
    ["is empty", "", "it is damaged"],
    ["was cut", fileWith({}).slice(0, -3), "it is damaged"],
    ["is something else", "[1]", "it is damaged"],
    ["is a plan", fileWith({}, { kind: "plan" }), "it is damaged"],
    ["has no campaigns", fileWith(null), "it is damaged"],
    ["is of a newer major version", fileWith({}, { formatVersion: "2.0" }), "it is of another version"],
    ["has no version", fileWith({}, { formatVersion: 1 }), "it is of another version"],
    ["is of another API", fileWith({}, { apiUrl: "x" }), "it is of another API or environment"],
    ["is of another environment", fileWith({}, { environment: null }), "it is of another API or environment"],
  ])("%s", (_, text, why) => {
    expect(readLastChecked(text, DESTINATION)).toBe(why);
  });

  test.each([
    ["a name that is no id", { __proto__x: { at: "2026-11-29" } }],
    ["a moment that is none", { [ID]: { at: "yesterday" } }],
    ["no moment", { [ID]: null }],
  ])("%s is as if it were not there", (_, campaigns) => {
    expect(readLastChecked(fileWith(campaigns), DESTINATION)).toEqual(nothingChecked(DESTINATION));
  });

  test.each([{ nights: 0 }, { nights: 1.5 }, { nights: "3" }, { nights: 3, at: "x" }, "three"])(
    "nights that nobody can count are none: %j",
    (unreadable) => {
      const at = "2026-11-29T04:00:00.000Z";
      const said = typeof unreadable === "string" ? unreadable : { at, ...unreadable };
      const read = readLastChecked(fileWith({ [ID.toUpperCase()]: { at, unreadable: said } }), DESTINATION);
      expect(read).toMatchObject({ campaigns: new Map([[ID, { at: AT, unreadable: null }]]) });
    },
  );

  test("case 85: the file never ends a run, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => fileWith(value)),
        ),
        (text) => {
          const read = readLastChecked(text, DESTINATION);
          if (typeof read !== "string") expect(lastCheckedJson(read, TOOL)).toContain("last-checked");
        },
      ),
    );
  });
});
