import { expect, test } from "vitest";
import { readCampaignFile } from "../../../src/declarations/campaign-file.ts";
import { catalogueCauses } from "../../../src/declarations/catalogue-causes.ts";
import { entry, namesIn } from "../../support/samples/catalogue.ts";
import { CAMPAIGN, file } from "../../support/samples/declarations.ts";

type Groups = Readonly<Record<string, readonly string[]>>;

const AUDIENCES = entry("a", 1) + entry("b", 2) + entry("c", 3);

const choiceOf = (groups: Groups, audiences = AUDIENCES) => {
  const lines = Object.entries(groups).map(([name, members]) => `  ${name}: [${members.join(", ")}]\n`);
  const names = namesIn(`audiences:\n${audiences}${lines.length > 0 ? "groups:\n" : ""}${lines.join("")}`);
  return { environment: null, needsEnvironment: true, names };
};

const campaign = (words: string, exclude = "") =>
  readCampaignFile(file("a.yaml", `campaignId: ${CAMPAIGN}\ninclude: [${words}]\nexclude: [${exclude}]\n`));

/** Why these words stand for other audiences now, each as `kind name`. */
const causes = (words: string, then: Groups, now: Groups, audiencesThen = AUDIENCES, exclude = "") =>
  catalogueCauses(campaign(words, exclude), choiceOf(then, audiencesThen), choiceOf(now)).map(
    ({ kind, name }) => `${kind} ${name}`,
  );

test.each<[string, string, Groups, Groups, readonly string[]]>([
  ["nothing differs", "g", { g: ["a", "b"] }, { g: ["b", "a"] }, []],
  ["a group got a member", "g", { g: ["a"] }, { g: ["a", "b"] }, ["group g"]],
  ["a group lost a member", "g", { g: ["a", "b"] }, { g: ["a"] }, ["group g"]],
  ["a group lost one and got another, once", "g", { g: ["a"] }, { g: ["b"] }, ["group g"]],
  ["a group within another", "top", { top: ["g"], g: ["a"] }, { top: ["g"], g: ["a", "b"] }, ["group g"]],
  [
    "a group that is not within the other any more",
    "top",
    { top: ["g", "c"], g: ["a"] },
    { top: ["c"], g: ["a"] },
    ["group top"],
  ],
  [
    "a group that is not the first in the other",
    "top",
    { top: ["c", "g"], g: ["a"] },
    { top: ["c", "g"], g: ["a", "b"] },
    ["group g"],
  ],
  ["a group between that is new", "top", { top: ["a"] }, { top: ["a", "g"], g: ["b"] }, ["group top"]],
  ["a group that is new", "g, a", { other: ["a"] }, { g: ["b"] }, ["group g"]],
  ["two groups", "g, h", { g: ["a"], h: ["b"] }, { g: ["c"], h: ["b", "a"] }, ["group g"]],
  ["another group than the one that is named", "a", { g: ["a"] }, { g: ["b"] }, []],
])("%s", (_, words, then, now, expected) => {
  expect(causes(words, then, now)).toEqual(expected);
});

test.each<[string, string, string, readonly string[]]>([
  ["another id", "a", entry("a", 9), ["audience a"]],
  ["another id, by a group", "g", entry("a", 9), ["audience a"]],
  ["another type", "g", entry("a", 1).replace("segment", "audience"), ["audience a"]],
  ["another description", "a", entry("a", 1, ", description: x"), []],
])("an audience has %s", (_, words, before, expected) => {
  const groups = { g: ["a", "b"] };
  expect(causes(words, groups, groups, before + entry("b", 2))).toEqual(expected);
});

test("an audience that is new is the cause itself", () => {
  expect(causes("a", {}, {}, entry("b", 2))).toEqual(["audience a"]);
});

test("an audience became a group of that name: both it and the group that it is in are told", () => {
  const [then, now] = [choiceOf({ g: ["a"] }), choiceOf({ g: ["a"], a: ["b"] }, entry("b", 2))];
  expect(catalogueCauses(campaign("g"), then, now)).toEqual([
    { kind: "group", name: "a" },
    { kind: "group", name: "g" },
  ]);
});

test("the lists count each by itself", () => {
  expect(causes("a", { g: ["b"] }, { g: ["c"] }, AUDIENCES, "g")).toEqual(["group g"]);
});

test("ids that are written out have no cause, and neither has a catalogue that cannot be read", () => {
  const unreadable = { environment: null, needsEnvironment: true, names: null };
  const read = campaign("g");
  expect(catalogueCauses(read, unreadable, choiceOf({ g: ["a"] }))).toEqual([]);
  expect(catalogueCauses(read, choiceOf({ g: ["a"] }), unreadable)).toEqual([]);
  const nothing = readCampaignFile(file("a.yaml", ""));
  expect(catalogueCauses(nothing, choiceOf({ g: ["a"] }), choiceOf({ g: ["b"] }))).toEqual([]);
});

test("without a catalogue, each name that the other has is a cause", () => {
  const none = { environment: null, needsEnvironment: true };
  const found = catalogueCauses(campaign("g, a"), none, choiceOf({ g: ["b"] }));
  expect(found).toEqual([
    { kind: "group", name: "g" },
    { kind: "audience", name: "a" },
  ]);
});
