import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import { canonicalBinding } from "../../src/domain/binding.ts";
import { UsageError } from "../../src/domain/errors.ts";
import type { Plan, Update } from "../../src/domain/model.ts";
import { renderPlanComment } from "../../src/github/page/plan-comment.ts";
import { buildPlan, completePlan, type LiveRead } from "../../src/plan/build.ts";
import { diffBindings } from "../../src/plan/diff.ts";
import { fingerprintOf } from "../../src/plan/fingerprint.ts";
import { parseSavedPlan } from "../../src/plan/saved-plan.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderPlanMarkdown } from "../../src/render/markdown/plan-markdown.ts";
import { renderPlanText } from "../../src/render/text/plan-text.ts";
import { plainStyle } from "../../src/render/text/style.ts";
import { type FakeApi, fakeApi, fakeClock, OLD_REACH } from "../support/api/fake-api.ts";
import { fuzzing, timeFor, withoutHang } from "../support/fuzz/budget.ts";
import { mutatedJson, mutatedText, randomBytes } from "../support/fuzz/mutations.ts";
import { expectSafe } from "../support/fuzz/safe-text.ts";
import { audienceId, binding, campaignId, spec } from "../support/samples/bindings.ts";
import { COMMIT, fileUrl, RUN_URL, target } from "../support/samples/github.ts";

const TARGET = { apiUrl: "https://api.example.test/public/v1", environment: "production" };

/** Two updates, one in sync, one locked, one unknown: everything a plan can hold. */
const ORIGINAL = samplePlan();
const TEXT = renderJson(ORIGINAL);

function samplePlan(): Plan {
  const read = (number: number, authoringStatus: string): [string, LiveRead] => {
    const facts = {
      name: "Spring",
      channel: "email",
      schedule: null,
      repeatedAudienceIds: [],
      liveAudiences: [],
      updatedAt: null,
      serverTime: null,
    };
    const audience = binding([1], [9]);
    const campaign = {
      campaignId: campaignId(number),
      authoringStatus,
      audience,
      reach: OLD_REACH,
      ...facts,
    };
    return [campaignId(number), { campaign }];
  };
  const error = { code: "X.NOT_FOUND", status: 404, message: "No such campaign.", correlationId: "c-1" };
  const desired = [binding([1, 2]), binding([1], [9]), binding([2]), binding([2]), binding([3], [9, 10])];
  return buildPlan(
    desired.map((audience, index) => spec(campaignId(index + 1), audience)),
    new Map([
      read(1, "draft"),
      read(2, "sent"),
      read(3, "scheduled"),
      [campaignId(4), { error }],
      read(5, "draft"),
    ]),
    {
      ...TARGET,
      tool: { name: "campaignctl", version: "0.1.0" },
      createdAt: Date.parse("2026-11-24T10:00:00Z"),
    },
    [],
  );
}

function updatesOf(changes: Plan["changes"]): readonly Update[] {
  return changes.filter((change) => change.action === "update");
}

/** What a plan would write, and where. */
function meaningOf({ changes, apiUrl, environment, digest }: Plan) {
  const writes = updatesOf(changes).map(({ campaignId: id, before, after }) => ({ id, before, after }));
  return { writes, apiUrl, environment, digest };
}

/** The plan that is read; null when it is refused, as every refusal is: an error that is documented and can be shown. */
function parse(text: string): Plan | null {
  try {
    return withoutHang(() => parseSavedPlan(text, TARGET));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return null;
  }
}

function checkShown(plan: Plan): void {
  const comment = { plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL };
  const text = renderPlanText(plan, { style: plainStyle });
  for (const each of [text, renderPlanMarkdown(plan), renderPlanComment(comment).body]) expectSafe(each);
}

function refingerprinted(value: unknown): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? { ...value, fingerprint: fingerprintOf(JSON.parse(JSON.stringify(value))) } : value;
}

describe("a saved plan that was changed is refused, or still says the same", () => {
  const check = (text: string): void => {
    const plan = parse(text);
    // By way of JSON, which has one zero.
    if (plan !== null) expect(JSON.parse(JSON.stringify(plan))).toEqual(ORIGINAL);
  };
  const asText = mutatedText(TEXT).map((bytes) => bytes.toString("utf8"));
  const asJson = mutatedJson(JSON.parse(TEXT)).map((value) => JSON.stringify(value) ?? "");

  test("when its text was changed", timeFor(0.15), () => {
    fc.assert(fc.property(asText, check), fuzzing(0.15));
  });

  test("when its values were changed", timeFor(0.2), () => {
    fc.assert(fc.property(asJson, check), fuzzing(0.2));
  });

  // The digest still holds what is written and where; all else must be safe to show.
  test("when its values were changed and its fingerprint made to fit", timeFor(0.2), () => {
    const property = (value: unknown) => {
      const plan = parse(JSON.stringify(refingerprinted(value)) ?? "");
      if (plan === null) return;
      expect(meaningOf(plan)).toEqual(meaningOf(ORIGINAL));
      checkShown(plan);
    };
    fc.assert(fc.property(mutatedJson(JSON.parse(TEXT)), property), fuzzing(0.2));
  });

  test("any bytes are no plan", timeFor(0.05), () => {
    const property = (bytes: Uint8Array) => {
      expect(parse(Buffer.from(bytes).toString("utf8"))).toBeNull();
    };
    fc.assert(fc.property(randomBytes, property), fuzzing(0.05));
  });

  test("unchanged it is read", () => {
    expect(parse(TEXT)).toEqual(ORIGINAL);
  });
});

/** Bindings as an honest plan has them, and such as it never has: repeated, out of order, in both lists, none, many. */
const roughBinding = fc.record({ include: roughList(), exclude: roughList() });

function roughList(): fc.Arbitrary<Update["after"]["include"]> {
  const number = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 6 }) },
    fc.integer({ min: 7, max: 40 }),
  );
  const ref = fc.record({
    audienceId: number.map(audienceId),
    type: fc.constantFrom("audience" as const, "segment" as const),
  });
  const list = fc.oneof(
    { weight: 5, arbitrary: fc.array(ref, { maxLength: 4 }) },
    fc.array(ref, { maxLength: 27 }),
  );
  return fc
    .tuple(list, fc.boolean())
    .map(([refs, tidy]) => (tidy ? canonicalBinding({ include: refs, exclude: [] }).include : refs));
}

/** Other audiences in an update, with everything that follows from them made to fit: operations, direction, fingerprint. */
const forged = fc
  .record({
    before: roughBinding,
    after: roughBinding,
    status: fc.constantFrom("draft", "draft", "draft", "sent"),
  })
  .map(({ before, after, status }) => {
    const { operations, direction } = diffBindings(before, after);
    const [first, ...others] = ORIGINAL.changes;
    const change = { ...first, before, after, operations, direction, authoringStatus: status } as Update;
    const changes = [change, ...others];
    return renderJson(completePlan({ ...ORIGINAL, changes }));
  });

describe("a saved plan whose fingerprint was made to fit", () => {
  test("writes only complete bindings, each of a draft that is as it says", timeFor(0.2), async () => {
    let read = 0;
    const property = async (text: string) => {
      const plan = parse(text);
      if (plan === null) return;
      read += 1;
      checkShown(plan);
      const clock = fakeClock();
      const api = liveOf(plan, clock);
      const ports = { ...api, clock, onEvent: () => undefined };
      await applyPlan(plan, new Map(), { parallelism: 1, wait: "none" }, ports, new AbortController().signal);
      const updates = updatesOf(plan.changes);
      expect(api.writes.map((write) => write.campaignId).sort()).toEqual(
        updates.map((update) => update.campaignId),
      );
      for (const { binding: written } of api.writes) checkBinding(written);
      expect(updates.every(({ authoringStatus }) => authoringStatus === "draft")).toBe(true);
    };
    await fc.assert(fc.asyncProperty(forged, property), fuzzing(0.2));
    expect(read).toBeGreaterThan(0);
  });

  function checkBinding({ include, exclude }: Update["after"]): void {
    const ids = [...include, ...exclude].map(({ audienceId }) => audienceId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(include.length).toBeGreaterThanOrEqual(1);
    expect(Math.max(include.length, exclude.length)).toBeLessThanOrEqual(25);
    expect(canonicalBinding({ include, exclude })).toEqual({ include, exclude });
  }
});

/** An API in which everything is as the plan says. */
function liveOf(plan: Plan, clock: ReturnType<typeof fakeClock>): FakeApi {
  const campaigns = updatesOf(plan.changes).map(
    ({ campaignId: id, before }) => [id, { audience: before }] as const,
  );
  return fakeApi(Object.fromEntries(campaigns), clock);
}
