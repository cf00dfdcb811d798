import { expect, test } from "vitest";
import type { ApplyResult, Report, UnconfirmedReason } from "../../../../src/domain/model.ts";
import { COMMAND_ADVICE, type ReachWords, reachHint } from "../../../../src/render/page/advice.ts";
import { sampleError, sampleReachResult, sampleResult } from "../../../support/samples/plan.ts";

const WORDS: ReachWords = {
  lookAgain: "look again",
  waitLonger: "wait longer",
  notProven: "not proven",
  differs: "differs",
  failed: "failed",
  refused: "refused",
};

test.each<[UnconfirmedReason | null, string, string]>([
  ["live-differs", "differs", "differs"],
  ["evaluation-failed", "failed", "failed"],
  ["not-proven", "not proven", "failed"],
  ["stopped", "refused", "refused"],
  ["timeout", "wait longer", "wait longer"],
  ["interrupted", "look again", "look again"],
  ["unreadable", "look again", "look again"],
  [null, "look again", "failed"],
])("of reach not confirmed because of %s", (unconfirmedReason, hint, ofFailed) => {
  const hintOf = (reach: ApplyResult["reach"]) =>
    reachHint(sampleResult(1, { unconfirmedReason, reach }), WORDS);
  expect(hintOf(null)).toBe(hint);
  expect(hintOf(sampleReachResult({ status: "pending" }))).toBe(hint);
  expect(hintOf(sampleReachResult({ status: "failed" }))).toBe(ofFailed);
});

const PLAN_AGAIN =
  "Run `campaignctl plan` to see what is live, then apply again. What is there already is not written twice.";
const LOOK_AGAIN = "Run `campaignctl wait` to look again; it writes nothing.";

test.each<[Report["kind"], string, string, string, string, string]>([
  [
    "apply-report",
    "Run the same command again.",
    "Only a draft can be changed. Make the file say what is live, or give it the id of a draft.",
    LOOK_AGAIN,
    LOOK_AGAIN,
    "",
  ],
  [
    "wait-report",
    "Run `campaignctl wait` again.",
    "Only drafts are waited for.",
    "Run `campaignctl wait` again, with a longer `--wait-timeout`.",
    LOOK_AGAIN,
    "Run `campaignctl wait` again.",
  ],
])("what whoever runs a command can do: %s", (kind, notAttempted, skipped, longer, again, mend) => {
  const advice = COMMAND_ADVICE[kind];
  expect([advice.notAttempted, advice.skipped]).toEqual([notAttempted, skipped]);
  expect([advice.stale, advice.failed, advice.noAccess]).toEqual([
    "Run `campaignctl plan`, review it again, then apply.",
    PLAN_AGAIN,
    "Mend the credentials first (see the message), then run the same command again.",
  ]);
  const reachOf = (unconfirmedReason: UnconfirmedReason) =>
    advice.reach(sampleResult(1, { unconfirmedReason }));
  expect([reachOf("timeout"), reachOf("interrupted")]).toEqual([longer, again]);
  expect([
    reachOf("not-proven"),
    reachOf("live-differs"),
    reachOf("evaluation-failed"),
    reachOf("stopped"),
  ]).toEqual([
    "Where nothing proves that the evaluation is of these audiences, give the report of the apply that wrote them (`campaignctl wait --after REPORT`), or save the audiences anew in the portal.",
    "Where the live audiences are not those of the file, run `campaignctl plan`: waiting does not help.",
    "Where the evaluation failed, save the audiences anew in the portal, then run `campaignctl wait`.",
    "Mend the credentials first (see the message), then run `campaignctl wait`.",
  ]);
  const result = sampleResult(1, { outcome: "failed", reason: "no-answer" });
  expect(advice.mend(result) ?? "").toBe(mend);
});

test("a campaign that cannot be read is to be mended before `wait` can help", () => {
  const error = { ...sampleError, mayHaveLanded: false };
  const result = sampleResult(1, { outcome: "failed", reason: "unsupported-type", error });
  expect(COMMAND_ADVICE["wait-report"].mend(result)).toBe(
    "Audiences of this type cannot be kept in a file: remove the file.",
  );
  expect(COMMAND_ADVICE["apply-report"].mend(result)).toBeNull();
});
