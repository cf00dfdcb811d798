import { describe, expect, test } from "vitest";
import {
  type Expectation,
  evaluationTime,
  type Judgement,
  judge,
  NOTHING_SEEN,
  see,
  type Written,
} from "../../../src/apply/evaluation.ts";
import type { Campaign, Reach } from "../../../src/domain/model.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const AFTER = binding([1, 2], [9]);
const BEFORE = binding([1], [9]);

/** Re-read at 10:00:00 (old evaluation 09:00), written and answered at 10:00:05; updatedAt does not tell of it. */
const at = (time: string) => `2026-11-24T${time}Z`;
const ms = (time: string) => Date.parse(at(time));

function campaign(reach: Partial<Reach>, change: Partial<Campaign> = {}): Campaign {
  return {
    campaignId: campaignId(1),
    name: null,
    authoringStatus: "draft",
    audience: AFTER,
    channel: "email",
    schedule: null,
    repeatedAudienceIds: [],
    liveAudiences: [],
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
  readBack: campaign({}, { updatedAt: null }),
  latest: ms("10:00:05.000"),
  answeredAt: 0,
};
const inSync: Expectation = { kind: "in-sync", after: AFTER };

const pending = campaign({ status: "pending" });
const idle = campaign({ status: "idle" });
const evaluated = (evaluatedAt: string | null, reach: Partial<Reach> = {}) =>
  campaign({ evaluatedAt, ...reach });

/** The judgement after looks that are a second apart. A number is a pause of so many milliseconds more. */
function judged(expectation: Expectation, ...looks: readonly (Campaign | number)[]): Judgement {
  let [time, seen, judgement] = [0, NOTHING_SEEN, "open" as Judgement];
  for (const look of looks) {
    if (typeof look === "number") {
      time += look;
      continue;
    }
    seen = see(seen, expectation, { campaign: look, askedAt: time, answeredAt: time });
    judgement = judge(expectation, seen, look);
    time += 1_000;
  }
  return judgement;
}

describe("ok after a write, where nothing was under way before it", () => {
  test.each([
    ["the evaluation from before the write", at("09:00:00.000"), "open"],
    ["an evaluation from before the re-read", at("09:59:59.999"), "open"],
    ["one from between re-read and write", at("10:00:03.000"), "open"],
    ["one from the second of the answer", at("10:00:05.999"), "open"],
    ["one from after that second", at("10:00:06.000"), "confirmed"],
    ["one without milliseconds", "2026-11-24T10:00:06Z", "confirmed"],
    ["one without a time", null, "open"],
    ["one with an unreadable time", "yesterday", "open"],
  ])(
    "case 67: an evaluation counts only when it is newer than the write (%s)",
    (_, evaluatedAt, judgement) => {
      expect(judged(written, evaluated(evaluatedAt))).toBe(judgement);
    },
  );

  test.each([
    ["where the time cannot tell, idle or pending seen since is proof", at("10:00:05.500"), "confirmed"],
    ["also where there is no time", null, "confirmed"],
    ["also where the evaluator's clock is behind", at("09:30:00.000"), "confirmed"],
    ["but the evaluation that was shown before the write is known by its time", at("09:00:00.000"), "open"],
    ["and so is one that is older still", at("08:59:59.999"), "open"],
  ])("%s", (_, evaluatedAt, judgement) => {
    expect(judged(written, pending, evaluated(evaluatedAt))).toBe(judgement);
    expect(judged(written, idle, evaluated(evaluatedAt))).toBe(judgement);
  });

  test("without evaluatedAt and isStale, an ok proves nothing, however long it stands; only a cycle does", () => {
    const bare = evaluated(null, { isStale: null });
    expect(judged(written, bare, 60_000, bare)).toBe("open");
    expect(judged(written, bare, pending, bare)).toBe("confirmed");
  });

  test("the old evaluation is known by its time, also where the API tells no Date", () => {
    const blind: Expectation = { ...written, previous: { ...previous, serverTime: null } };
    expect(judged(blind, pending, evaluated(at("09:00:00.000")))).toBe("open");
    expect(judged(blind, pending, evaluated(at("09:00:00.001")))).toBe("confirmed");
  });

  test("updatedAt that appears after the write, where there was none, has moved from nowhere", () => {
    const unknown: Expectation = { ...written, previous: { ...previous, updatedAt: null } };
    const quick = campaign({ evaluatedAt: at("10:00:05.500") }, { updatedAt: at("10:00:05.400") });
    expect(judged(unknown, quick)).toBe("open");
  });

  test("updatedAt that the write has moved is the time of the write, to the millisecond", () => {
    const moved = { updatedAt: at("10:00:05.400") };
    const known: Expectation = { ...written, readBack: campaign({}, moved) };
    expect(judged(known, campaign({ evaluatedAt: at("10:00:05.500") }, moved))).toBe("confirmed");
    expect(judged(known, campaign({ evaluatedAt: at("10:00:05.400") }, moved))).toBe("confirmed");
    expect(judged(known, campaign({ evaluatedAt: at("10:00:05.300") }, moved))).toBe("open");
    const unmoved = campaign({ evaluatedAt: at("10:00:05.500") }, { updatedAt: at("08:00:00.000") });
    expect(judged(written, unmoved)).toBe("open");
  });

  test("updatedAt and evaluatedAt share a clock, which the Date header may be ahead of", () => {
    const moved = { updatedAt: at("09:30:00.000") };
    const behind = campaign({ evaluatedAt: at("09:30:01.000") }, moved);
    expect(judged({ ...written, readBack: behind }, behind)).toBe("confirmed");
    const early = campaign({ evaluatedAt: at("09:29:59.999") }, moved);
    expect(judged({ ...written, readBack: early }, early, 10_000, early)).toBe("open");
  });

  test("nor does a Date header that is behind prove an evaluation that is older than updatedAt", () => {
    const old = campaign({ evaluatedAt: at("10:00:07.000") }, { updatedAt: at("10:00:08.000") });
    const known: Expectation = { ...written, readBack: old };
    expect(judged(known, old)).toBe("open");
    expect(judged(known, pending, old)).toBe("confirmed");
    expect(judged(known, old, 9_000, old)).toBe("confirmed");
  });

  test("an evaluation of before the write by the API's own clock is never proven by standing", () => {
    const clockless: Expectation = { ...written, previous: { ...previous, serverTime: null } };
    const early = evaluated(at("07:59:59.999"));
    const unknown = { ...previous, reach: { ...previous.reach, evaluatedAt: null } };
    expect(judged({ ...clockless, previous: unknown }, early, 60_000, early)).toBe("open");
  });

  test("an evaluation since the re-read that still stands after ten seconds is the new one", () => {
    const quick = evaluated(at("10:00:05.500"));
    expect(judged(written, quick, 8_999, quick)).toBe("open");
    expect(judged(written, quick, 9_000, quick)).toBe("confirmed");
    expect(judged(written, evaluated(null), 10_000, evaluated(null))).toBe("open");
    const old = evaluated(at("09:00:00.000"));
    expect(judged(written, old, 10_000, old)).toBe("open");
  });

  test("what stands is the same result, in a row", () => {
    const quick = evaluated(at("10:00:05.500"));
    const other = evaluated(at("10:00:05.600"));
    expect(judged(written, quick, 10_000, other)).toBe("open");
    expect(judged(written, evaluated(at("10:00:05.500"), { isStale: true }), 10_000, quick)).toBe("open");
  });

  test("it stands from the answer to the first look to the question of the last", () => {
    const quick = evaluated(at("10:00:05.500"));
    const first = see(NOTHING_SEEN, written, { campaign: quick, askedAt: 0, answeredAt: 4_000 });
    const stood = (askedAt: number) =>
      see(first, written, { campaign: quick, askedAt, answeredAt: askedAt + 9_000 });
    expect(judge(written, stood(13_999), quick)).toBe("open");
    expect(judge(written, stood(14_000), quick)).toBe("confirmed");
  });

  test("without any server time only a transition is proof", () => {
    const times = { serverTime: null, updatedAt: null, reach: { ...previous.reach, evaluatedAt: null } };
    const unseen = { ...previous, ...times };
    const blind: Expectation = { ...written, previous: unseen, latest: null };
    const ok = evaluated(at("11:00:00.000"));
    expect(judged(blind, ok, 60_000, ok)).toBe("open");
    expect(judged(blind, pending, ok)).toBe("confirmed");
  });

  test("case 68: an answer with the old audiences in it is not taken for done, whatever its status", () => {
    const stale = campaign({ evaluatedAt: at("10:00:09.000") }, { audience: BEFORE });
    expect(judged(written, pending, stale)).toBe("open");
  });

  test("stale is never done; an isStale that is missing is not stale", () => {
    const evaluatedAt = at("10:00:09.000");
    expect(judged(written, evaluated(evaluatedAt, { isStale: true }))).toBe("open");
    expect(judged(written, pending, evaluated(evaluatedAt, { isStale: true }))).toBe("open");
    expect(judged(written, evaluated(evaluatedAt, { isStale: null }))).toBe("confirmed");
  });
});

describe("an edit after the write that leaves the audiences alone", () => {
  const readBack = campaign({}, { updatedAt: at("10:00:05.400") });
  const known: Expectation = { ...written, readBack };
  const edited = (evaluatedAt: string, serverTime: string) =>
    campaign({ evaluatedAt: at(evaluatedAt) }, { updatedAt: at("10:20:00.000"), serverTime: ms(serverTime) });

  test("does not unsay an evaluation that ended after the write, once it is ten seconds old", () => {
    expect(judged(known, edited("10:00:05.400", "10:20:10.000"))).toBe("confirmed");
    expect(judged(known, edited("10:00:05.399", "10:20:10.000"))).toBe("open");
    const recent = edited("10:00:06.000", "10:20:09.000");
    expect(judged(known, recent)).toBe("open");
    expect(judged(known, recent, 9_000, recent)).toBe("confirmed");
  });

  test("one that ended after the edit may be of it, if it changed the audiences and back: it must stand", () => {
    const later = edited("10:20:30.000", "10:30:00.000");
    expect(judged(known, later)).toBe("open");
    const open = { ...later, reach: { ...later.reach, status: "pending" } };
    expect(judged(known, open, later)).toBe("open");
    expect(judged(known, open, later, 9_000, later)).toBe("confirmed");
  });

  test("nor is one that followed another proof then: of how many edits, nobody knows", () => {
    const idleBefore = { ...previous, reach: { ...previous.reach, status: "idle" } };
    const older: Expectation = { ...known, previous: idleBefore };
    const first = campaign({ evaluatedAt: at("10:00:07.000") }, { updatedAt: at("10:00:05.400") });
    const later = edited("10:20:30.000", "10:30:00.000");
    expect(judged(older, first, later)).toBe("open");
    expect(judged(older, first, later, edited("10:20:40.000", "10:30:00.000"))).toBe("open");
    expect(judged(older, first, later, 9_000, later)).toBe("confirmed");
  });

  test("what stood before an edit stands anew", () => {
    const first = campaign({ evaluatedAt: at("10:00:05.300") }, { updatedAt: at("10:00:05.400") });
    const after = { ...first, updatedAt: at("10:00:09.000") };
    expect(judged(known, first, 9_000, after)).toBe("open");
    expect(judged(known, first, 9_000, after, 9_000, after)).toBe("confirmed");
  });

  test("an edit at a time that the Date header knows nothing of may be of just now", () => {
    const unknown = { ...edited("10:00:06.000", "10:20:10.000"), serverTime: null };
    expect(judged(known, unknown)).toBe("open");
    expect(judged(known, edited("10:00:06.000", "10:10:00.000"))).toBe("open");
  });

  test("nor one after the Date of the write, where updatedAt had not told of that", () => {
    expect(judged(written, edited("10:00:06.000", "10:20:10.000"))).toBe("confirmed");
    expect(judged(written, edited("10:00:05.999", "10:20:10.000"))).toBe("open");
  });
});

describe("ok after a write, where an older evaluation may have been under way", () => {
  const openBefore = (reach: Partial<Reach>): Expectation => ({
    ...written,
    previous: { ...previous, reach: { ...previous.reach, ...reach } },
  });
  const first = evaluated(at("10:00:07.000"));
  const next = evaluated(at("10:00:30.000"));

  describe.each<[string, Partial<Reach>]>([
    ["pending", { status: "pending", evaluatedAt: null }],
    ["pending with the old time", { status: "pending" }],
    ["idle", { status: "idle", evaluatedAt: null }],
    ["an unknown word", { status: "queued" }],
    ["stale", { isStale: true }],
  ])("%s", (_, reach) => {
    const expectation = openBefore(reach);

    test("the first one proves nothing, whenever it ended and whatever was seen before", () => {
      expect(judged(expectation, first)).toBe("open");
      expect(judged(expectation, pending, first)).toBe("open");
      expect(judged(expectation, idle, pending, first, first)).toBe("open");
    });

    test("until it has stood for ten seconds", () => {
      expect(judged(expectation, pending, first, 8_999, first)).toBe("open");
      expect(judged(expectation, pending, first, 9_000, first)).toBe("confirmed");
      expect(judged(expectation, first, 9_000, first)).toBe("confirmed");
    });

    test("or a later one has followed", () => {
      expect(judged(expectation, first, next)).toBe("confirmed");
      expect(judged(expectation, first, pending, next)).toBe("confirmed");
      expect(judged(expectation, pending, first, pending, pending, next)).toBe("confirmed");
    });

    test("the same one again, from a copy that lags, is none that followed, nor is an earlier one", () => {
      expect(judged(expectation, first, pending, first)).toBe("open");
      expect(judged(expectation, next, pending, first)).toBe("open");
      expect(judged(expectation, first, 5_000, pending, 4_000, first)).toBe("open");
    });
  });

  test("an edit just before the write may still have shown the result of before it", () => {
    const editedBefore = (updatedAt: string, serverTime: number | null): Expectation => ({
      ...written,
      previous: { ...previous, updatedAt: at(updatedAt), serverTime },
    });
    expect(judged(editedBefore("09:59:50.001", ms("10:00:00.000")), first)).toBe("open");
    expect(judged(editedBefore("09:59:50.000", ms("10:00:00.000")), first)).toBe("confirmed");
    expect(judged(editedBefore("10:00:02.000", ms("10:00:00.000")), first)).toBe("open");
    expect(judged(editedBefore("08:59:59.000", ms("09:00:05.000")), first)).toBe("open");
    expect(judged(editedBefore("09:30:00.000", null), first)).toBe("open");
    expect(judged(editedBefore("08:30:00.000", null), first)).toBe("confirmed");
  });

  test("an evaluation from long before the write is not the first one, however long it stands", () => {
    const expectation = openBefore({ status: "pending", evaluatedAt: null });
    const april = evaluated(at("07:00:00.000"));
    expect(judged(expectation, april, 60_000, april)).toBe("open");
    expect(judged(expectation, pending, april, 60_000, april)).toBe("open");
    expect(judged(expectation, april, pending, first)).toBe("open");
  });

  test("without times, one that follows another is proof, or one that was seen to end and stood", () => {
    const expectation = openBefore({ status: "pending", evaluatedAt: null });
    const bare = evaluated(null, { isStale: null });
    expect(judged(expectation, bare, 60_000, bare)).toBe("open");
    expect(judged(expectation, pending, bare)).toBe("open");
    expect(judged(expectation, pending, bare, 9_000, bare)).toBe("confirmed");
    expect(judged(expectation, pending, bare, pending, bare)).toBe("confirmed");
  });

  test("a failure may be the older one's too: it must stand", () => {
    const expectation = openBefore({ status: "pending" });
    const failed = campaign({ status: "failed" });
    expect(judged(expectation, failed)).toBe("open");
    expect(judged(expectation, pending, failed)).toBe("open");
    expect(judged(expectation, failed, 9_000, failed)).toBe("failed");
  });
});

describe("failed", () => {
  const failed = campaign({ status: "failed" });

  test("counts at once when it was not there before the write", () => {
    expect(judged(written, failed)).toBe("failed");
  });

  test("that was there before counts after another status, or after ten seconds", () => {
    const failedBefore: Expectation = {
      ...written,
      previous: { ...previous, reach: { ...previous.reach, status: "failed" } },
    };
    expect(judged(failedBefore, failed, 8_999, failed)).toBe("open");
    expect(judged(failedBefore, failed, 9_000, failed)).toBe("failed");
    expect(judged(failedBefore, evaluated(at("09:00:00.000")), failed)).toBe("failed");
  });

  test("before the write does not count as under way", () => {
    const failedBefore: Expectation = {
      ...written,
      previous: { ...previous, reach: { ...previous.reach, status: "failed" } },
    };
    expect(judged(failedBefore, evaluated(at("10:00:06.000")))).toBe("confirmed");
  });
});

describe("a campaign whose write is not known", () => {
  const times = (evaluatedAt: string | null, updatedAt: string | null, isStale: boolean | null = false) =>
    campaign({ evaluatedAt, isStale }, { updatedAt, serverTime: ms("12:00:00.000") });

  test.each<[string, Campaign, Judgement]>([
    ["evaluated after its last change", times(at("10:00:05.000"), at("10:00:04.000")), "confirmed"],
    ["evaluated at its last change", times(at("10:00:05.000"), at("10:00:05.000"), null), "confirmed"],
    ["evaluated before its last change", times(at("10:00:03.000"), at("10:00:04.000")), "open"],
    ["never changed, by what it says, and not stale", times(at("10:00:03.000"), null), "confirmed"],
    ["without a time of its evaluation, and not stale", times(null, at("10:00:04.000")), "confirmed"],
    ["without any time, and not stale", times(null, null), "confirmed"],
    ["without a time, and not known whether stale", times(null, at("10:00:04.000"), null), "open"],
    ["without any time, and not known whether stale", times(null, null, null), "open"],
    ["stale", times(at("10:00:05.000"), at("10:00:04.000"), true), "open"],
    ["failed", campaign({ status: "failed" }), "failed"],
    ["idle", idle, "open"],
    ["pending", pending, "open"],
    ["an unknown word", campaign({ status: "unheard-of" }), "open"],
  ])("%s", (_, shown, judgement) => {
    expect(judged(inSync, shown)).toBe(judgement);
  });

  test("one that ended just now, after the last change, may be of before it: it must stand, or another must follow", () => {
    const now = (evaluatedAt: string) =>
      campaign(
        { evaluatedAt: at(evaluatedAt) },
        { updatedAt: at("10:00:00.000"), serverTime: ms("10:00:09.000") },
      );
    const [first, second] = [now("10:00:01.000"), now("10:00:04.000")];
    expect(judged(inSync, first)).toBe("open");
    expect(judged(inSync, pending, first)).toBe("open");
    expect(judged(inSync, pending, first, 8_999, first)).toBe("open");
    expect(judged(inSync, pending, first, 9_000, first)).toBe("confirmed");
    expect(judged(inSync, pending, first, second)).toBe("confirmed");
  });

  test("an evaluation from before the last change is never proven by standing", () => {
    const april = times("2026-04-25T10:20:00.000Z", at("10:00:00.000"));
    expect(judged(inSync, april, 600_000, april)).toBe("open");
    expect(judged(inSync, pending, april, 600_000, april)).toBe("open");
  });

  test("but one that was seen from before its beginning to its end is proof, whatever its time", () => {
    const april = times("2026-04-25T10:20:00.000Z", at("10:00:00.000"));
    const behind = times(at("09:00:00.000"), at("10:00:00.000"));
    const open = { ...pending, updatedAt: april.updatedAt };
    expect(judged(inSync, april, open, behind)).toBe("confirmed");
    expect(judged(inSync, april, behind)).toBe("open");
    expect(judged(inSync, april, open, april)).toBe("open");
  });

  test("without times and isStale, one that was seen to end is proof when it has stood, or begun in sight", () => {
    const bare = times(null, null, null);
    expect(judged(inSync, pending, bare)).toBe("open");
    expect(judged(inSync, pending, bare, 9_000, bare)).toBe("confirmed");
    expect(judged(inSync, bare, 60_000, bare)).toBe("open");
    expect(judged(inSync, bare, pending, bare)).toBe("confirmed");
  });

  test("an edit of the last seconds keeps what would count for want of a time open, and failed", () => {
    const edited = { updatedAt: at("10:00:01.000") };
    const [bare, failed] = [campaign({}, edited), campaign({ status: "failed" }, edited)];
    expect(judged(inSync, bare)).toBe("open");
    expect(judged(inSync, bare, 9_000, bare)).toBe("confirmed");
    expect(judged(inSync, failed)).toBe("open");
    expect(judged(inSync, failed, 9_000, failed)).toBe("failed");
    expect(judged(inSync, { ...bare, serverTime: ms("10:00:11.000") })).toBe("confirmed");
    expect(judged(inSync, { ...bare, serverTime: null })).toBe("confirmed");
  });

  test("an edit within the second that the Date header has cut off is a recent one, one from the future is not", () => {
    expect(judged(inSync, campaign({}, { updatedAt: at("10:00:06.500") }))).toBe("open");
    expect(judged(inSync, campaign({}, { updatedAt: at("10:00:07.000") }))).toBe("confirmed");
    const ahead = campaign({ status: "failed" }, { updatedAt: at("11:00:00.000") });
    expect(judged(inSync, ahead)).toBe("failed");
  });
});

describe("what has been seen", () => {
  const look = (shown: Campaign) => ({ campaign: shown, askedAt: 0, answeredAt: 0 });

  test("idle and pending are open; an unknown word is not, but it is not failed", () => {
    const flags = (status: string) => see(NOTHING_SEEN, written, look(campaign({ status })));
    expect(flags("idle")).toMatchObject({ open: true, notFailed: true });
    expect(flags("pending")).toMatchObject({ open: true, notFailed: true });
    expect(flags("queued")).toMatchObject({ open: false, notFailed: true });
    expect(flags("failed")).toMatchObject({ open: false, notFailed: false });
  });

  test("other audiences meanwhile: whoever sets these again begins another evaluation, so nothing of it was seen", () => {
    const open = see(NOTHING_SEEN, written, look(pending));
    const nothing = { ...NOTHING_SEEN, others: true };
    expect(see(open, written, look(campaign({}, { audience: binding([7]) })))).toEqual(nothing);
    expect(see(open, written, look(campaign({ status: "pending" }, { audience: BEFORE })))).toEqual(nothing);
  });

  test("but a copy from before the read-back, which lags, says nothing", () => {
    const moved: Expectation = { ...written, readBack: campaign({}, { updatedAt: at("10:00:05.400") }) };
    const copy = (updatedAt: string | null) =>
      campaign({ status: "pending" }, { audience: BEFORE, updatedAt });
    const open = see(NOTHING_SEEN, moved, look(pending));
    expect(see(open, moved, look(copy(at("10:00:05.399"))))).toBe(open);
    for (const updatedAt of [at("10:00:05.400"), null]) {
      expect(see(open, moved, look(copy(updatedAt)))).toEqual({ ...NOTHING_SEEN, others: true });
    }
    expect(see(open, inSync, look(copy(at("10:00:05.399")))).others).toBe(true);
    const ok = campaign({ evaluatedAt: at("10:00:06.000") }, { updatedAt: at("10:00:05.400") });
    expect(judged(moved, copy(at("08:00:00.000")), ok)).toBe("confirmed");
  });

  test("after other audiences an ok must stand, whatever its time", () => {
    const others = campaign({}, { audience: binding([7]) });
    const late = campaign({ evaluatedAt: at("10:00:09.000") }, { updatedAt: at("08:00:00.000") });
    for (const expectation of [written, inSync]) {
      expect(judged(expectation, late, 9_000, late)).toBe("confirmed");
      expect(judged(expectation, others, late)).toBe("open");
      expect(judged(expectation, others, pending, late)).toBe("open");
      expect(judged(expectation, others, late, 9_000, late)).toBe("confirmed");
    }
  });
});

describe("how long an evaluation took", () => {
  const times = (evaluatedAt: string | null, updatedAt: string | null) =>
    campaign({ evaluatedAt }, { updatedAt });

  test.each([
    ["by the server's clock", at("10:00:05.700"), at("10:00:05.200"), 500],
    ["no time at all", at("10:00:05.200"), at("10:00:05.200"), 0],
    ["never longer than it was seen", at("10:00:45.000"), at("10:00:05.000"), 3_000],
    ["as it was seen, without the one time", at("10:00:05.700"), null, 3_000],
    ["as it was seen, without the other", null, at("10:00:05.200"), 3_000],
    ["as it was seen, when somebody edited since", at("10:00:05.700"), at("10:00:06.000"), 3_000],
  ])("%s", (_, evaluatedAt, updatedAt, took) => {
    expect(evaluationTime(2_000, times(evaluatedAt, updatedAt), 5_000)).toBe(took);
  });
});
