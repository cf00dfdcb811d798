import { expect, test } from "vitest";
import { parseSavedPlan } from "../../../src/plan/saved-plan.ts";
import { audiencesToSize, withSizes } from "../../../src/plan/with-sizes.ts";
import { renderJson } from "../../../src/render/json.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUpdate,
} from "../../support/samples/plan.ts";

const id = (n: number) => audience(n).audienceId;

test("each audience that an update adds, removes or retypes, once and in order", () => {
  const changes = [
    sampleUpdate(1, {
      before: binding([audience(5), audience(1)]),
      after: binding([audience(1), audience(4)]),
    }),
    sampleUpdate(2, { before: binding([audience(1)], [audience(4)]), after: binding([audience(1)]) }),
    sampleUpdate(3, { before: binding([audience(2)]), after: binding([audience(2, "audience")]) }),
    sampleSkip(4, { before: binding([audience(6)]), after: binding([audience(7)]) }),
    sampleNoOp(5),
  ];
  expect(audiencesToSize(changes)).toEqual([id(2), id(4), id(5)]);
});

const facts = (memberCount: number | null) => ({
  ...{ name: null, type: "segment", nameFrom: null, owner: null, description: null, groups: [] },
  size: memberCount === null ? null : { count: memberCount, isExact: null, at: null },
});

const PLAN = samplePlan([sampleUpdate(1)], {
  audiences: { [id(1)]: facts(50), [id(2)]: facts(60), [id(9)]: facts(null) } as never,
});

test("what was counted takes the place of what live campaigns say; the rest stays", () => {
  const counted = { count: 12_004, isExact: true, at: "2026-11-24T10:00:00.000Z" };
  const sized = withSizes(PLAN, new Map([[id(2), counted]]));
  expect([PLAN.sized, sized.sized]).toEqual([false, true]);
  const sizes = Object.values(sized.audiences).map(({ size }) => size);
  expect(sizes).toEqual([facts(50).size, counted, null]);
});

test("bounds and fingerprint follow; the digest does not", () => {
  const counted = { count: 12_004, isExact: true, at: null };
  const sized = withSizes(PLAN, new Map([[id(2), counted]]));
  expect(PLAN.changes[0]?.bounds).toEqual({ min: 18_432, max: null });
  expect(sized.changes[0]?.bounds).toEqual({ min: 18_432, max: 30_436 });
  expect(sized.digest).toBe(PLAN.digest);
  expect(parseSavedPlan(renderJson(sized), sized)).toEqual(sized);
});

test("a saved plan whose bounds were altered is refused", () => {
  const text = renderJson(withSizes(PLAN, new Map([[id(2), { count: 12_004, isExact: true, at: null }]])));
  expect(() => parseSavedPlan(text.replace("30436", "18433"), PLAN)).toThrow("altered");
});
