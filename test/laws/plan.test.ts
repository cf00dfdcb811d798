import fc from "fast-check";
import jsonPatch from "fast-json-patch";
import { expect, test } from "vitest";
import { canonicalBinding, sameBinding } from "../../src/domain/binding.ts";
import type { AudienceBinding, AudienceRef, Operation } from "../../src/domain/model.ts";
import { buildPlan } from "../../src/plan/build.ts";
import { diffBindings, keyed } from "../../src/plan/diff.ts";
import { testGuard } from "../../src/plan/guard.ts";
import { parseSavedPlan } from "../../src/plan/saved-plan.ts";
import { renderJson } from "../../src/render/json.ts";
import { OLD_REACH } from "../support/api/fake-api.ts";
import { arbitraryBinding, campaignId, spec } from "../support/samples/bindings.ts";

test("diff(x, x) is empty", () => {
  fc.assert(
    fc.property(arbitraryBinding, (x) => {
      expect(diffBindings(x, x)).toEqual({ operations: [], direction: "none" });
    }),
  );
});

test("patch(before) equals after", () => {
  fc.assert(
    fc.property(arbitraryBinding, arbitraryBinding, (before, after) => {
      const { operations } = diffBindings(before, after);
      const patched = jsonPatch.applyPatch(keyed(before), operations as never, true, false).newDocument;
      expect(patched).toEqual(keyed(after));
    }),
  );
});

test("the guard opens for exactly the binding that was planned from", () => {
  fc.assert(
    fc.property(arbitraryBinding, arbitraryBinding, arbitraryBinding, (before, after, live) => {
      const expected = sameBinding(live, after)
        ? "already-there"
        : sameBinding(live, before) && !sameBinding(before, after)
          ? "as-planned"
          : "moved";
      expect(testGuard(live, { before, after })).toBe(expected);
    }),
  );
});

/** Live as it was planned from, as declared, or anything else. */
const planAndLive = fc
  .tuple(arbitraryBinding, arbitraryBinding)
  .filter(([before, after]) => !sameBinding(before, after))
  .chain(([before, after]) =>
    fc.record({
      before: fc.constant(before),
      after: fc.constant(after),
      live: fc.oneof(fc.constantFrom(before, after), arbitraryBinding),
    }),
  );

test("a plan's operations can be applied to exactly the live binding that the guard calls as planned", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(planAndLive, ({ before, after, live }) => {
      const verdict = testGuard(live, { before, after });
      seen.add(verdict);
      expect(applies(diffBindings(before, after).operations, live)).toBe(verdict === "as-planned");
    }),
  );
  expect([...seen].sort()).toEqual(["already-there", "as-planned", "moved"]);
});

/** Whether RFC 6902 lets all operations be applied, with their tests. It is not our code that says so. */
function applies(operations: readonly Operation[], live: AudienceBinding): boolean {
  try {
    jsonPatch.applyPatch(keyed(live), operations as never, true, false);
    return true;
  } catch (error) {
    if (error instanceof jsonPatch.JsonPatchError) return false;
    throw error;
  }
}

/** The same binding as an API might give it: other order, other case, entries twice. */
function disguised(binding: AudienceBinding): fc.Arbitrary<AudienceBinding> {
  const list = (refs: readonly AudienceRef[]) =>
    fc
      .shuffledSubarray([...refs, ...refs], { minLength: refs.length * 2 })
      .chain((all) => fc.tuple(...all.map((ref) => fc.boolean().map((upper) => (upper ? shout(ref) : ref)))));
  return fc.record({ include: list(binding.include), exclude: list(binding.exclude) });
}

function shout(ref: AudienceRef): AudienceRef {
  return { ...ref, audienceId: ref.audienceId.toUpperCase() };
}

test("cases 20, 45: order, case and repetition make no difference, so there is no endless diff", () => {
  fc.assert(
    fc.property(
      arbitraryBinding.chain((binding) => fc.tuple(fc.constant(binding), disguised(binding))),
      ([binding, other]) => {
        expect(canonicalBinding(other)).toEqual(binding);
      },
    ),
  );
});

const ORIGIN = {
  tool: { name: "campaignctl", version: "0.0.0" },
  createdAt: 0,
  environment: null,
  apiUrl: "https://api.example.test",
};

type Pair = { readonly desired: AudienceBinding; readonly live: AudienceBinding };

function planOf(pairs: readonly Pair[], order: readonly number[]) {
  const reads = new Map(
    pairs.map(({ live }, index) => [
      campaignId(index),
      {
        campaign: {
          campaignId: campaignId(index),
          name: null,
          authoringStatus: "draft",
          audience: live,
          channel: "email",
          schedule: null,
          repeatedAudienceIds: [],
          liveAudiences: [],
          reach: OLD_REACH,
          updatedAt: null,
          serverTime: null,
        },
      },
    ]),
  );
  const specs = order.map((index) => spec(campaignId(index), (pairs[index] as Pair).desired));
  return buildPlan(specs, reads, ORIGIN, []);
}

const pairs = fc.array(fc.record({ desired: arbitraryBinding, live: arbitraryBinding }), {
  minLength: 1,
  maxLength: 5,
});

test("case 81: the plan and its digest do not depend on the order of files", () => {
  fc.assert(
    fc.property(
      pairs.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
      ),
      ([all, order]) => {
        expect(planOf(all, order)).toEqual(planOf(all, [...all.keys()]));
      },
    ),
  );
});

test("a plan is read back as it was written, whatever it holds", () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const plan = planOf(all, [...all.keys()]);
      expect(parseSavedPlan(renderJson(plan), ORIGIN)).toEqual(plan);
    }),
  );
});

test("the digest changes with any audience", () => {
  fc.assert(
    fc.property(arbitraryBinding, arbitraryBinding, arbitraryBinding, (live, one, other) => {
      const digest = (desired: AudienceBinding) => planOf([{ desired, live }], [0]).digest;
      expect(digest(one) === digest(other)).toBe(sameBinding(one, other));
    }),
  );
});

test("the digest is the one of the contract, computed here by hand", () => {
  const live = canonicalBinding({ include: [{ audienceId: "AA", type: "segment" }], exclude: [] });
  const desired = canonicalBinding({ include: [{ audienceId: "bb", type: "audience" }], exclude: [] });
  // sha256 of: [{"after":{"exclude":[],"include":[{"audienceId":"bb","type":"audience"}]},"before":{"exclude":[],
  // "include":[{"audienceId":"aa","type":"segment"}]},"campaignId":"c0000000-0000-0000-0000-000000000000"}]
  expect(planOf([{ desired, live }], [0]).digest).toBe(
    "sha256:21a7b1f1b34de56eeefc3a2075ce883cca55a60e171ecea097b32fd1623e6dfd",
  );
});
