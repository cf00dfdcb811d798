import { describe, expect, test } from "vitest";
import type { AudienceRef, Change } from "../../../../src/domain/model.ts";
import { wholeScope } from "../../../../src/domain/scope.ts";
import { collidingSends } from "../../../../src/guardrails/sends/colliding-sends.ts";
import { plannedSends } from "../../../../src/guardrails/sends/planned-sends.ts";
import { NOON } from "../../../support/samples/guardrails.ts";
import {
  audience,
  binding,
  sampleNoOp,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const at = (sendAt: string | null) => ({ schedule: { sendAt, mode: "at", timezone: "America/New_York" } });

const some = (...ns: readonly number[]): readonly AudienceRef[] => ns.map((n) => audience(n));

/** A draft that includes the audiences, and when it is to be sent. */
const draft = (n: number, sendAt: string | null, include: readonly AudienceRef[], exclude = some()) =>
  sampleUpdate(n, { after: binding(include, exclude), ...at(sendAt) });

function told(changes: readonly Change[], scope = wholeScope(changes.length)): readonly string[] {
  const found = collidingSends(plannedSends(changes, NOON), { audiences: {}, scope });
  expect(found.map(({ code, severity }) => [code, severity])).toEqual(
    found.map(() => ["sends-collide", "warning"]),
  );
  return found.map(({ detail }) => detail);
}

/** Which campaigns of two at these times are told. */
const areTold = (one: string | null, other: string | null) =>
  told([draft(1, one, some(1)), draft(2, other, some(1))]).length > 0;

describe("two drafts that include the same audience", () => {
  test("and are sent within a day are told, with the audience, both names and times, and what to do", () => {
    const changes = [
      draft(1, "2026-12-01T09:00:00.000Z", some(1)),
      draft(2, "2026-12-02T08:00:00Z", some(1, 2)),
    ];
    expect(told(changes)).toEqual([
      'Two drafts include a1b2c3d4-0000-4000-8000-000000000001 and are to be sent within 24 hours of one another: "Campaign 1" at 2026-12-01 09:00 UTC, "Campaign 2" at 2026-12-02 08:00 UTC. Whoever is in it may receive both. Send them further apart, or let each exclude whom only the other includes.',
    ]);
  });

  test.each([
    ["exactly a day apart", "2026-12-01T09:00:00Z", "2026-12-02T09:00:00Z", true],
    ["a second more", "2026-12-01T09:00:00Z", "2026-12-02T09:00:01Z", false],
    ["the same day by another zone", "2026-12-02T01:00:00+09:00", "2026-11-30T20:00:00-05:00", true],
    [
      "the same words in zones a day and more apart",
      "2026-12-01T09:00:00+14:00",
      "2026-12-01T09:00:00-11:00",
      false,
    ],
    ["one without a time", "2026-12-01T09:00:00Z", null, false],
    ["one whose time is over", "2026-11-23T11:59:59Z", "2026-11-23T18:00:00Z", false],
  ])("%s", (_, one, other, isTold) => {
    expect(areTold(one, other)).toBe(isTold);
  });

  test("are not told where each excludes somebody whom the other includes, and are where only one does", () => {
    const when = "2026-12-01T09:00:00Z";
    const apart = [draft(1, when, some(1, 2), some(3)), draft(2, when, some(1, 3), some(2))];
    const oneSided = [draft(1, when, some(1, 2), some(3)), draft(2, when, some(1, 3))];
    expect([told(apart).length, told(oneSided).length]).toEqual([0, 1]);
  });

  test("are judged by what they would include, one in sync too", () => {
    const when = "2026-12-01T09:00:00Z";
    const before = binding(some(1));
    const leaves = sampleUpdate(1, { before, after: binding(some(2)), ...at(when) });
    const inSync = sampleNoOp(2, { before, after: before, ...at(when) });
    expect([told([leaves, inSync]).length, told([draft(3, when, some(1)), inSync]).length]).toEqual([0, 1]);
  });
});

test("only drafts that could be read are compared", () => {
  const when = "2026-12-01T09:00:00Z";
  const others = [
    sampleSkip(2, { after: binding(some(1)), ...at(when) }),
    sampleUnreadable(3, { after: binding(some(1)), ...at(when) }),
    sampleNoOp(4, { authoringStatus: "scheduled", ...at(when) }),
  ];
  expect(told([draft(1, when, some(1)), ...others])).toEqual([]);
});

test("one warning names the same drafts for all audiences that they share, and counts the rest of many", () => {
  const many = Array.from({ length: 13 }, (_, n) =>
    draft(n + 1, `2026-12-${String(n + 1).padStart(2, "0")}T09:00:00Z`, some(1, 2)),
  );
  const [detail, ...rest] = told(many);
  expect(rest).toEqual([]);
  expect(detail).toContain("13 drafts include ");
  expect(detail).toContain(
    '"Campaign 9" at 2026-12-09 09:00 UTC, "Campaign 10" at 2026-12-10 09:00 UTC, and 3 more.',
  );
});

test("a campaign with no neighbour within a day is not among them", () => {
  const detail = told([
    draft(1, "2026-12-01T09:00:00Z", some(1)),
    draft(2, "2026-12-01T10:00:00Z", some(1)),
    draft(3, "2026-12-05T10:00:00Z", some(1)),
  ]);
  expect(detail).toHaveLength(1);
  expect(detail[0]).not.toContain("Campaign 3");
});

test("a plan that looked at some campaigns only says that only these were compared", () => {
  const when = "2026-12-01T09:00:00Z";
  const scope = { ...wholeScope(40), planned: 2 };
  const [detail] = told([draft(1, when, some(1)), draft(2, when, some(1))], scope);
  expect(detail).toContain("Only the 2 campaigns of this plan were compared, of 40 declared.");
});

test("of many drafts of one audience and moment each is compared with its next ones alone", () => {
  let looks = 0;
  const many = Array.from({ length: 1_000 }, (_, n) => {
    const { after, ...rest } = draft(n + 1, "2026-12-01T09:00:00Z", some(1));
    return {
      ...rest,
      get after() {
        looks += 1;
        return after;
      },
    };
  });
  expect(told(many)).toHaveLength(1);
  expect(looks).toBeLessThan(10 * many.length);
});

describe("a collision is told", () => {
  const when = "2026-12-01T09:00:00Z";
  const words = (n: number) => `"Campaign ${n}" at 2026-12-01 09:00 UTC`;
  const [ONE, TWO] = [1, 2].map((n) => audience(n).audienceId);

  test("of three drafts and two audiences in words of several", () => {
    const three = [3, 1, 2].map((n) => draft(n, when, some(1, 2)));
    expect(told(three)).toEqual([
      `3 drafts include ${ONE}, ${TWO} and are each to be sent within 24 hours of another of them: ${words(1)}, ${words(2)}, ${words(3)}. Whoever is in them may receive several. Send them further apart, or let each exclude whom only the other includes.`,
    ]);
  });

  test("once for the same drafts, and apart for others", () => {
    const changes = [
      draft(1, when, some(1, 2, 3)),
      draft(2, when, some(1, 3)),
      draft(3, when, some(2)),
      draft(4, when, some(4)),
    ];
    expect(told(changes).map((detail) => detail.split(" and are ")[0])).toEqual([
      `Two drafts include ${ONE}, ${audience(3).audienceId}`,
      `Two drafts include ${TWO}`,
    ]);
  });

  test("where the one that is sent first is declared, with the names that are known", () => {
    const [first, second] = [draft(2, when, some(1)), draft(1, "2026-12-01T10:00:00Z", some(1))];
    const known = {
      ...({ name: "Buyers", type: "segment", nameFrom: "live", owner: null } as const),
      ...{ description: null, groups: [], size: null },
    };
    const facts = { audiences: { [ONE ?? ""]: known }, scope: wholeScope(2) };
    const start = { line: first.source.line, column: first.source.column };
    const [found] = collidingSends(plannedSends([second, first], NOON), facts);
    expect(found).toMatchObject({ file: first.source.file, range: { start, end: start } });
    expect(found?.detail).toContain(`Two drafts include "Buyers" (${ONE}) and are to be sent`);
  });

  test("where a neighbour after the next one, or before the one before, is not told apart", () => {
    const apart = draft(2, when, some(1, 8), some(9));
    const others = [draft(1, when, some(1, 9), some(8)), draft(3, when, some(1, 9), some(8))];
    expect(told([...others, apart])[0]).toContain(`Two drafts include`);
    expect(told([apart, ...others])[0]).not.toContain("Campaign 2");
  });

  test("of exactly ten drafts with each of them", () => {
    const ten = Array.from({ length: 10 }, (_, n) => draft(n + 1, when, some(1)));
    expect(told(ten)[0]).toContain(`: ${ten.map((_, n) => words(n + 1)).join(", ")}. Whoever`);
  });
});

test("a draft that the API shows no schedule of is not sent at any time", () => {
  const sends = [sampleUpdate(1, { schedule: null }), draft(2, "2026-11-23T12:00:00Z", some(1))];
  expect(plannedSends(sends, NOON).map(({ change }) => change.name)).toEqual(["Campaign 2"]);
});
