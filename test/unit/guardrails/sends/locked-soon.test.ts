import { expect, test } from "vitest";
import type { Change } from "../../../../src/domain/model.ts";
import { lockedSoon } from "../../../../src/guardrails/sends/locked-soon.ts";
import { plannedSends } from "../../../../src/guardrails/sends/planned-sends.ts";
import { NOON } from "../../../support/samples/guardrails.ts";
import { sampleNoOp, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

const at = (sendAt: string | null) => ({ schedule: { sendAt, mode: "at", timezone: null } });

const told = (changes: readonly Change[]) =>
  lockedSoon(plannedSends(changes, NOON), NOON).map(({ code, severity, detail }) => [code, severity, detail]);

test("a change that a send may overtake is told, with its name and the time", () => {
  expect(told([sampleUpdate(1, at("2026-11-24T06:00:00-05:00"))])).toEqual([
    [
      "locked-soon",
      "warning",
      '1 changed campaign is to be sent within 24 hours: "Campaign 1" at 2026-11-24 11:00 UTC. Once a campaign is scheduled it is locked, and this plan comes too late. Apply before that, or move the send.',
    ],
  ]);
});

test("several are one warning, the soonest first", () => {
  const changes = [
    sampleUpdate(1, at("2026-11-24T11:00:00Z")),
    sampleUpdate(2, { ...at("2026-11-23T12:00:00Z"), name: null }),
  ];
  expect(told(changes).map(([, , detail]) => detail)).toEqual([
    expect.stringContaining(
      '2 changed campaigns are to be sent within 24 hours: 4130bada-0000-4000-8000-000000000002 at 2026-11-23 12:00 UTC, "Campaign 1" at 2026-11-24 11:00 UTC.',
    ),
  ]);
});

test.each([
  ["exactly a day ahead", "2026-11-24T12:00:00Z", 1],
  ["a second more", "2026-11-24T12:00:01Z", 0],
  ["over", "2026-11-23T11:59:59Z", 0],
  ["not known", null, 0],
])("a send that is %s", (_, sendAt, count) => {
  expect(told([sampleUpdate(1, at(sendAt))])).toHaveLength(count);
});

test("what would not be changed comes too late for nothing", () => {
  const soon = at("2026-11-23T18:00:00Z");
  expect(told([sampleNoOp(1, soon), sampleSkip(2, soon)])).toEqual([]);
});
