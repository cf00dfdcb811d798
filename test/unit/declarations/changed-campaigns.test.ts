import { describe, expect, test } from "vitest";
import {
  type BaseDeclarations,
  changedCampaigns,
  type DeclaredBefore,
  sameDeclaration,
  sameLabels,
  tellNoLongerDeclared,
} from "../../../src/declarations/changed-campaigns.ts";
import type { CampaignSpec, Cause } from "../../../src/domain/model.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const NOW = spec(campaignId(1), binding([1]));

const declared = (more: Partial<DeclaredBefore> = {}): DeclaredBefore => ({
  campaignId: campaignId(1),
  name: "Spring",
  file: "a.yaml",
  audience: binding([2]),
  labels: { wave: "a" },
  isSame: false,
  causes: null,
  ...more,
});

const cause = (file: string, kind: "group" | "audience", name: string): Cause => ({ file, kind, name });
const whole = (file: string, kind: "file" | "declared-too" = "file"): Cause => ({ file, kind, name: null });

/** What changed of one campaign against a base that declared it like this. */
function changed(campaigns: readonly DeclaredBefore[], base: Partial<BaseDeclarations> = {}) {
  const found = changedCampaigns([NOW], { forAll: [], newlyNamed: () => [], campaigns, ...base });
  return {
    causes: found.changed.get(campaignId(1)),
    gone: found.gone,
    audience: found.before.get(campaignId(1)),
    labels: [...found.labels.values()],
  };
}

const UNCHANGED = { causes: undefined, gone: [], audience: undefined, labels: [] };

describe("a campaign is changed", () => {
  test("not where one file of the base declared the same", () => {
    expect(changed([declared({ isSame: true })])).toEqual(UNCHANGED);
  });

  test("where its file said something else, with what it said", () => {
    expect(changed([declared()])).toEqual({
      causes: [],
      gone: [],
      audience: binding([2]),
      labels: [{ wave: "a" }],
    });
    expect(changed([declared({ audience: null, labels: null })])).toMatchObject({ audience: null });
    expect(changed([declared({ labels: null })]).labels).toEqual([]);
  });

  test("where no file declared it, for what made its file a campaign file", () => {
    expect(changed([])).toEqual({ causes: [], gone: [], audience: null, labels: [] });
    const newlyNamed = ({ campaignId: id }: CampaignSpec): Cause[] => [whole(id)];
    expect(changed([], { newlyNamed }).causes).toEqual([whole(campaignId(1))]);
    expect(changed([declared()], { newlyNamed }).causes).toEqual([whole(campaignId(1))]);
  });

  test("where two files declared it, whatever they said: nobody can tell which one counted", () => {
    const twins = [
      declared({ isSame: true, causes: [] }),
      declared({ isSame: true, causes: [], file: "b.yaml" }),
    ];
    expect(changed(twins)).toEqual({
      causes: [whole("b.yaml", "declared-too")],
      gone: [],
      audience: null,
      labels: [],
    });
    expect(changed([declared(), declared({ causes: [], file: "b.yaml" })]).causes).toEqual([
      whole("a.yaml", "declared-too"),
    ]);
  });

  test("where something makes every campaign another one", () => {
    const forAll = [whole("campaignctl.yaml")];
    expect(changed([declared({ isSame: true, causes: [] })], { forAll }).causes).toEqual(forAll);
  });

  test("for causes in order of file, kind and name", () => {
    const forAll = [cause("b.yaml", "group", "x"), cause("b.yaml", "audience", "y")];
    const groups = ["c", "m", "a"].map((name) => cause("b.yaml", "group", name));
    const causes = [whole("b.yaml"), ...groups, cause("a.yaml", "group", "z")];
    expect(changed([declared({ causes })], { forAll }).causes).toEqual([
      cause("a.yaml", "group", "z"),
      cause("b.yaml", "audience", "y"),
      whole("b.yaml"),
      ...["a", "c", "m", "x"].map((name) => cause("b.yaml", "group", name)),
    ]);
  });
});

test("what was declared and is not any more is gone, each campaign once", () => {
  const other = declared({ campaignId: campaignId(2) });
  const found = changed([declared({ isSame: true }), other, { ...other, file: "b.yaml" }]);
  expect(found).toEqual({ ...UNCHANGED, gone: [other] });
});

test.each<[string, Partial<CampaignSpec>, boolean]>([
  ["nothing", {}, true],
  ["its file", { source: { file: "elsewhere.yaml", line: 9, column: 9 } }, true],
  ["its id", { campaignId: campaignId(2) }, false],
  ["its name", { name: null }, false],
  ["its owner", { owner: "crm" }, false],
  ["its labels", { labels: { wave: "a" } }, false],
  ["its audiences", { audience: binding([1, 2]) }, false],
])("a declaration that differs in %s", (_, more, isSame) => {
  expect(sameDeclaration(NOW, { ...NOW, ...more })).toBe(isSame);
});

test.each<[CampaignSpec["labels"], CampaignSpec["labels"], boolean]>([
  [{}, {}, true],
  [{ a: "1", b: "2" }, { b: "2", a: "1" }, true],
  [{ a: "1" }, { a: "2" }, false],
  [{ a: "1" }, { a: "1", b: "2" }, false],
  [{ a: "1", b: "2" }, { a: "1" }, false],
  [{ a: "1", b: "2" }, { a: "1", b: "3" }, false],
  [{ a: "1" }, { b: "1" }, false],
])("labels %j and %j: the same is %s", (a, b, isSame) => {
  expect(sameLabels(a, b)).toBe(isSame);
});

test("nobody looks after a campaign any more: told at its file, by its name where it has one", () => {
  const told = tellNoLongerDeclared(declared(), "1f0c2b7");
  expect([told.code, told.file]).toEqual(["no-longer-declared", "a.yaml"]);
  expect(told.detail).toContain(
    `Commit 1f0c2b7 declares the campaign "Spring" (${campaignId(1)}) in this file`,
  );
  expect(tellNoLongerDeclared(declared({ name: null }), "1f0c2b7").detail).toContain(
    `declares the campaign ${campaignId(1)} in this file`,
  );
});
