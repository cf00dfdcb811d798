import { describe, expect, test } from "vitest";
import {
  type Expectation,
  evaluationTime,
  judge,
  judgeAtEnd,
  NOTHING_SEEN,
  see,
  usableCount,
  type Written,
} from "../../../src/apply/evaluation.ts";
import type { Campaign, Reach } from "../../../src/domain.ts";
import { binding, campaignId } from "../../support/bindings.ts";

const AFTER = binding([1, 2], [9]);
const BEFORE = binding([1], [9]);

/** Re-read at 10:00:00 (old evaluation 09:00), written and answered at 10:00:05. */
const at = (time: string) => `2026-11-24T${time}Z`;
const ms = (time: string) => Date.parse(at(time));

function campaign(reach: Partial<Reach>, change: Partial<Campaign> = {}): Campaign {
  return {
    campaignId: campaignId(1),
    name: null,
    authoringStatus: "draft",
    audience: AFTER,
    repeatedAudienceIds: [],
    reach: { status: "ok", evaluatedCount: 10, evaluatedAt: null, isStale: false, ...reach },
    updatedAt: null,
    serverTime: ms("10:00:06.000"),
    ...change,
  };
}

const previous = campaign(
  { evaluatedAt: at("09:00:00.000") },
  { audience: BEFORE, serverTime: ms("10:00:00.000"), updatedAt: at("08:00:00.000") },
);
const written: Written = {
  kind: "written",
  after: AFTER,
  previous,
  latest: ms("10:00:05.000"),
  answeredAt: 0,
};
const inSync: Expectation = { kind: "in-sync", after: AFTER };
const sawOpen = { open: true, notFailed: true };

describe("ok after a write", () => {
  test.each([
    ["the evaluation from before the write", at("09:00:00.000"), "open"],
    ["an evaluation from before the re-read", at("09:59:59.999"), "open"],
    ["one from between re-read and write", at("10:00:03.000"), "open"],
    ["one from the second of the answer", at("10:00:05.999"), "open"],
    ["one from after that second", at("10:00:06.000"), "confirmed"],
    ["one without milliseconds", "2026-11-24T10:00:06Z", "confirmed"],
    ["one without a time", null, "open"],
    ["one with an unreadable time", "yesterday", "open"],
  ])("case 67: an evaluation counts only when it is newer than the write (%s)", (_, evaluatedAt, verdict) => {
    expect(judge(written, NOTHING_SEEN, campaign({ evaluatedAt }), 1000)).toBe(verdict);
  });

  test.each([
    ["where the time cannot tell, idle or pending seen since is proof", at("10:00:05.500"), "confirmed"],
    ["also where there is no time", null, "confirmed"],
    ["a time from before the write tells, whatever was seen", at("09:30:00.000"), "open"],
    ["the old evaluation's own time tells too", at("09:00:00.000"), "open"],
  ])("%s", (_, evaluatedAt, verdict) => {
    expect(judge(written, sawOpen, campaign({ evaluatedAt }), 1000)).toBe(verdict);
  });

  test("the old evaluation is known by its time, also where the API tells no Date", () => {
    const blind: Expectation = { ...written, previous: { ...previous, serverTime: null } };
    const known = campaign({ evaluatedAt: at("09:00:00.000") });
    const next = campaign({ evaluatedAt: at("09:00:00.001") });
    expect(judge(blind, sawOpen, known, 0)).toBe("open");
    expect(judge(blind, sawOpen, next, 0)).toBe("confirmed");
  });

  test("an evaluation in the very second of the re-read may be either: what was seen since decides", () => {
    const sameSecond = campaign({ evaluatedAt: at("10:00:00.000") });
    expect(judge(written, NOTHING_SEEN, sameSecond, 0)).toBe("open");
    expect(judge(written, sawOpen, sameSecond, 0)).toBe("confirmed");
  });

  test("updatedAt that appears after the write, where there was none, has moved from nowhere", () => {
    const unknown: Expectation = { ...written, previous: { ...previous, updatedAt: null } };
    const quick = campaign({ evaluatedAt: at("10:00:05.500") }, { updatedAt: at("10:00:05.400") });
    expect(judge(unknown, NOTHING_SEEN, quick, 0)).toBe("open");
  });

  test("updatedAt that the write has moved is the time of the write, to the millisecond", () => {
    const fresh = campaign({ evaluatedAt: at("10:00:05.500") }, { updatedAt: at("10:00:05.400") });
    const older = campaign({ evaluatedAt: at("10:00:05.300") }, { updatedAt: at("10:00:05.400") });
    const unmoved = campaign({ evaluatedAt: at("10:00:05.500") }, { updatedAt: at("08:00:00.000") });
    const atOnce = campaign({ evaluatedAt: at("10:00:05.400") }, { updatedAt: at("10:00:05.400") });
    expect(judge(written, NOTHING_SEEN, fresh, 0)).toBe("confirmed");
    expect(judge(written, NOTHING_SEEN, atOnce, 0)).toBe("confirmed");
    expect(judge(written, NOTHING_SEEN, older, 0)).toBe("open");
    expect(judge(written, NOTHING_SEEN, unmoved, 0)).toBe("open");
  });

  test("updatedAt and evaluatedAt share a clock, which the Date header may be ahead of", () => {
    const behind = campaign({ evaluatedAt: at("09:30:01.000") }, { updatedAt: at("09:30:00.000") });
    expect(judge(written, sawOpen, behind, 1000)).toBe("confirmed");
  });

  test("nor does a Date header that is behind prove an evaluation that is older than updatedAt", () => {
    const old = campaign({ evaluatedAt: at("10:00:07.000") }, { updatedAt: at("10:00:08.000") });
    expect(judge(written, NOTHING_SEEN, old, 1000)).toBe("open");
    expect(judge(written, sawOpen, old, 1000)).toBe("confirmed");
    expect(judge(written, NOTHING_SEEN, old, 10_000)).toBe("confirmed");
  });

  test("an evaluation since the re-read that still stands after ten seconds is the new one", () => {
    const quick = campaign({ evaluatedAt: at("10:00:05.500") });
    expect(judge(written, NOTHING_SEEN, quick, 9999)).toBe("open");
    expect(judge(written, NOTHING_SEEN, quick, 10_000)).toBe("confirmed");
    expect(judge(written, NOTHING_SEEN, campaign({ evaluatedAt: null }), 10_000)).toBe("open");
    expect(judge(written, NOTHING_SEEN, campaign({ evaluatedAt: at("09:00:00.000") }), 10_000)).toBe("open");
    const pendingBefore = { ...previous, reach: { ...previous.reach, status: "pending" } };
    expect(judge({ ...written, previous: pendingBefore }, NOTHING_SEEN, quick, 10_000)).toBe("open");
  });

  test("without any server time only a transition is proof", () => {
    const blind: Expectation = {
      ...written,
      previous: { ...previous, serverTime: null, reach: { ...previous.reach, evaluatedAt: null } },
      latest: null,
    };
    const evaluated = campaign({ evaluatedAt: at("11:00:00.000") });
    expect(judge(blind, NOTHING_SEEN, evaluated, 0)).toBe("open");
    expect(judge(blind, sawOpen, evaluated, 0)).toBe("confirmed");
  });

  test("case 68: an answer with the old audiences in it is not taken for done, whatever its status", () => {
    const stale = campaign({ evaluatedAt: at("10:00:09.000") }, { audience: BEFORE });
    expect(judge(written, sawOpen, stale, 0)).toBe("open");
  });

  test("stale is not done; an isStale that is missing is not stale", () => {
    const evaluatedAt = at("10:00:09.000");
    expect(judge(written, NOTHING_SEEN, campaign({ evaluatedAt, isStale: true }), 0)).toBe("open");
    expect(judge(written, NOTHING_SEEN, campaign({ evaluatedAt, isStale: null }), 0)).toBe("confirmed");
  });
});

describe("failed", () => {
  test("counts at once when it was not there before the write", () => {
    expect(judge(written, NOTHING_SEEN, campaign({ status: "failed" }), 0)).toBe("failed");
  });

  const failedBefore: Expectation = {
    ...written,
    previous: { ...previous, reach: { ...previous.reach, status: "failed" } },
  };
  test("that was there before counts after another status, or after ten seconds", () => {
    const failed = campaign({ status: "failed" });
    expect(judge(failedBefore, NOTHING_SEEN, failed, 9999)).toBe("open");
    expect(judge(failedBefore, NOTHING_SEEN, failed, 10_000)).toBe("failed");
    expect(judge(failedBefore, { open: false, notFailed: true }, failed, 0)).toBe("failed");
  });
});

describe("a campaign this run did not write", () => {
  test.each([
    ["ok", "confirmed"],
    ["failed", "failed"],
    ["idle", "open"],
    ["pending", "open"],
    ["unheard-of", "open"],
  ])("%s is %s", (status, verdict) => {
    expect(judge(inSync, NOTHING_SEEN, campaign({ status }), 0)).toBe(verdict);
  });

  test("an edit of the last seconds that was not evaluated since keeps ok and failed open", () => {
    const edited = { updatedAt: at("10:00:01.000") };
    const old = { evaluatedAt: at("09:00:00.000") };
    expect(judge(inSync, NOTHING_SEEN, campaign(old, edited), 0)).toBe("open");
    expect(judge(inSync, NOTHING_SEEN, campaign({ ...old, status: "failed" }, edited), 0)).toBe("open");
    expect(judge(inSync, NOTHING_SEEN, campaign({ evaluatedAt: null }, edited), 0)).toBe("open");
    expect(judge(inSync, NOTHING_SEEN, campaign({ evaluatedAt: at("10:00:01.000") }, edited), 0)).toBe(
      "confirmed",
    );
    const tenSecondsLater = { ...edited, serverTime: ms("10:00:11.000") };
    expect(judge(inSync, NOTHING_SEEN, campaign(old, tenSecondsLater), 0)).toBe("confirmed");
    expect(judge(inSync, NOTHING_SEEN, campaign(old, { ...edited, serverTime: null }), 0)).toBe("confirmed");
  });
});

describe("what has been seen", () => {
  test("idle and pending are open; an unknown word is not, but it is not failed", () => {
    expect(see(NOTHING_SEEN, written, campaign({ status: "idle" }))).toEqual({ open: true, notFailed: true });
    expect(see(NOTHING_SEEN, written, campaign({ status: "pending" }))).toEqual({
      open: true,
      notFailed: true,
    });
    expect(see(NOTHING_SEEN, written, campaign({ status: "queued" }))).toEqual({
      open: false,
      notFailed: true,
    });
    expect(see(NOTHING_SEEN, written, campaign({ status: "failed" }))).toEqual(NOTHING_SEEN);
    expect(see(sawOpen, written, campaign({ status: "failed" }))).toEqual(sawOpen);
  });

  test("other audiences meanwhile: whoever sets these again begins another evaluation, so nothing of it was seen", () => {
    expect(see(sawOpen, written, campaign({}, { audience: binding([7]) }))).toEqual(NOTHING_SEEN);
    expect(see(sawOpen, written, campaign({}, { audience: BEFORE }))).toEqual(NOTHING_SEEN);
  });

  test("a look at the old audiences says nothing of the new ones", () => {
    expect(see(NOTHING_SEEN, written, campaign({ status: "pending" }, { audience: BEFORE }))).toBe(
      NOTHING_SEEN,
    );
  });
});

test("a count is usable only when evaluated and not stale", () => {
  const reach = { status: "ok", evaluatedCount: 7, evaluatedAt: null, isStale: false };
  expect(usableCount(reach)).toBe(7);
  expect(usableCount({ ...reach, isStale: null })).toBe(7);
  expect(usableCount({ ...reach, isStale: true })).toBeNull();
  expect(usableCount({ ...reach, status: "failed" })).toBeNull();
});

test("an edit from the future, by the Date header, is no recent edit: settled reach stays settled", () => {
  const ahead = campaign({ evaluatedAt: at("10:30:00.000") }, { updatedAt: at("11:00:00.000") });
  expect(judge(inSync, NOTHING_SEEN, ahead, 0)).toBe("confirmed");
  expect(judge(inSync, NOTHING_SEEN, { ...ahead, reach: { ...ahead.reach, status: "failed" } }, 0)).toBe(
    "failed",
  );
});

test("an edit within the second that the Date header has cut off is a recent one", () => {
  const justNow = campaign({ evaluatedAt: null }, { updatedAt: at("10:00:06.500") });
  expect(judge(inSync, NOTHING_SEEN, justNow, 0)).toBe("open");
  expect(judge(inSync, NOTHING_SEEN, { ...justNow, updatedAt: at("10:00:07.000") }, 0)).toBe("confirmed");
});

test("at the end settled reach of an unwritten campaign counts, but a write must have been proven before", () => {
  const edited = campaign({ evaluatedAt: null }, { updatedAt: at("10:00:01.000") });
  expect(judgeAtEnd(inSync, edited)).toBe("confirmed");
  expect(judgeAtEnd(inSync, campaign({ status: "pending" }))).toBe("open");
  expect(judgeAtEnd(written, campaign({ evaluatedAt: at("10:00:09.000") }))).toBe("open");
});

describe("how long an evaluation took", () => {
  const answered: Written = { ...written, answeredAt: 2_000 };
  const times = (evaluatedAt: string | null, updatedAt: string | null) =>
    campaign({ evaluatedAt }, { updatedAt });

  test.each([
    ["by the server's clock", at("10:00:05.700"), at("10:00:05.200"), 500],
    ["no time at all", at("10:00:05.200"), at("10:00:05.200"), 0],
    ["never longer than it was seen", at("10:00:45.000"), at("10:00:05.000"), 3_000],
    ["as it was seen, without the one time", at("10:00:05.700"), null, 3_000],
    ["as it was seen, without the other", null, at("10:00:05.200"), 3_000],
    ["as it was seen, when somebody edited since", at("10:00:05.700"), at("10:00:06.000"), 3_000],
  ])("%s", (_, evaluatedAt, updatedAt, ms) => {
    expect(evaluationTime(answered, times(evaluatedAt, updatedAt), 5_000)).toBe(ms);
  });
});
