import { describe, expect, test } from "vitest";
import { isOfTarget, targetOf, wholeTarget } from "../../../../src/github/run/target.ts";

describe("targetOf", () => {
  test("is readable and the same every time", () => {
    const parts = { workflow: "Campaigns: apply!", environment: "eu_1", config: null };
    expect(targetOf(parts)).toEqual({
      key: expect.stringMatching(/^campaigns-apply-eu-1-[0-9a-f]{12}$/),
      ...parts,
      paths: [],
      shard: null,
    });
    expect(targetOf(parts)).toEqual(targetOf(parts));
  });

  test.each([
    ["another environment", { workflow: "w", environment: "a", config: null }],
    ["no environment", { workflow: "w", environment: null, config: null }],
    ["another workflow", { workflow: "w ", environment: "b", config: null }],
    ["another project file", { workflow: "w", environment: "b", config: "x.yaml" }],
    ["a shard", { workflow: "w", environment: "b", config: null, shard: "1/3" }],
    ["paths", { workflow: "w", environment: "b", config: null, paths: ["campaigns/a"] }],
    ["parts that read the same together", { workflow: "w b", environment: "", config: null }],
  ])("tells apart: %s", (_, parts) => {
    expect(targetOf(parts).key).not.toBe(targetOf({ workflow: "w", environment: "b", config: null }).key);
  });

  test.each(["", "--> <b>", "春のキャンペーン", "a".repeat(500), `${"a".repeat(39)} b`])(
    "has a safe key for %j",
    (workflow) => {
      const { key } = targetOf({ workflow, environment: null, config: null });
      expect(key).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(key.length).toBeLessThanOrEqual(60);
    },
  );
});

describe("with paths", () => {
  const whole = targetOf({ workflow: "w", environment: null, config: null });
  const part = (...paths: readonly string[]) => targetOf({ ...whole, paths });

  test("their order and spelling make no difference, their place does", () => {
    expect(part("b", "./a//x/", "b/")).toEqual(part("a/x", "b"));
    expect(part("!./b/", "a").paths).toEqual(["!b", "a"]);
    expect(part("a").key).not.toBe(part("b").key);
  });

  test("an apply carries out the plans of all paths of its workflow, environment and project file", () => {
    expect(wholeTarget(part("a"))).toEqual(whole);
    for (const target of [whole, part("a"), part("b")]) {
      expect([whole, part("a"), part("c")].map(({ key }) => isOfTarget(key, target))).toEqual([
        true,
        true,
        true,
      ]);
      const other = targetOf({ workflow: "w", environment: "p", config: null });
      expect(isOfTarget(other.key, target)).toBe(false);
      expect(isOfTarget(targetOf({ ...other, paths: ["a"] }).key, target)).toBe(false);
      expect(isOfTarget(`${whole.key}-p`, target)).toBe(false);
      expect(isOfTarget(`${whole.key}-x${"0".repeat(12)}`, target)).toBe(false);
    }
  });
});

test("jobs of several shards have nothing in common, whatever their paths", () => {
  const whole = targetOf({ workflow: "w", environment: null, config: null });
  const [first, second] = ["1/3", "2/3"].map((shard) => targetOf({ ...whole, shard }));
  const ofFirst = targetOf({ ...whole, shard: "1/3", paths: ["a"] });
  expect(isOfTarget(ofFirst.key, first ?? whole)).toBe(true);
  expect(wholeTarget(ofFirst)).toEqual(first);
  for (const other of [whole, second ?? whole, targetOf({ ...whole, shard: "1/4" })]) {
    expect(isOfTarget(other.key, ofFirst)).toBe(false);
    expect(isOfTarget(ofFirst.key, other)).toBe(false);
  }
});
