import { expect, test } from "vitest";
import {
  decodeScope,
  encodeScope,
  type IssueRun,
  type IssueScope,
  isNothing,
  unseenOf,
} from "../../../../src/github/review/issue-scope.ts";
import { campaignId } from "../../../support/samples/bindings.ts";

const [ONE, TWO] = [campaignId(1), campaignId(2)];
const SCOPE: IssueScope = { ids: [ONE, TWO], targets: ["own", "other"] };
const run = (facts: Partial<IssueRun> = {}): IssueRun => ({
  key: "own",
  isTip: true,
  isWhole: false,
  isComplete: true,
  seen: new Set([ONE]),
  isGone: () => false,
  ...facts,
});

test("what an issue is about is read as it was written, and after a web form", () => {
  const body = `<!-- marker -->\n${encodeScope(SCOPE, "whole")}\n\ntext`;
  expect(decodeScope(body, "whole")).toEqual(SCOPE);
  expect(decodeScope(body.replaceAll("\n", "\r\n"), "whole")).toEqual(SCOPE);
});

test("of very many campaigns, and where it does not say, it is of everything", () => {
  const many = Array.from({ length: 301 }, (_, n) => campaignId(n + 1));
  const body = `<!-- marker -->\n${encodeScope({ ids: many, targets: [] }, "whole")}`;
  const all = { ids: [], targets: ["whole"], hasMore: true };
  expect(decodeScope(body, "whole")).toEqual(all);
  expect(decodeScope(`<!-- marker -->\n${encodeScope(all, "whole")}`, "whole")).toEqual(all);
  expect(decodeScope("<!-- marker -->\nold", "whole")).toEqual(all);
});

test("the whole target stands for more than 300 campaigns, beside the targets that are named already", () => {
  const ids = Array.from({ length: 300 }, (_, n) => campaignId(n + 1));
  expect(encodeScope({ ids, targets: ["own"] }, "whole")).toBe(
    `<!-- campaignctl:left ${ids.join(" ")} *own -->`,
  );
  expect(encodeScope({ ids: [...ids, campaignId(301)], targets: ["own"] }, "whole")).toBe(
    "<!-- campaignctl:left *own *whole + -->",
  );
});

test.each([
  ["ends after its marker", "<!-- marker -->"],
  ["has something before", `<!-- marker -->\n> ${encodeScope(SCOPE, "whole")}`],
  ["has something behind", `<!-- marker -->\n${encodeScope(SCOPE, "whole")} and more`],
])("an issue that does not say, since it %s, is of everything", (_, body) => {
  expect(decodeScope(body, "whole")).toEqual({ ids: [], targets: ["whole"], hasMore: true });
});

test("of nothing is an issue that names neither a campaign nor a target", () => {
  const nothing = { ids: [], targets: [] };
  expect(decodeScope(`<!-- marker -->\n${encodeScope(nothing, "whole")}`, "whole")).toEqual(nothing);
  expect(isNothing(nothing)).toBe(true);
  expect(isNothing({ ids: [ONE], targets: [] })).toBe(false);
  expect(isNothing({ ids: [], targets: ["own"] })).toBe(false);
});

test.each<[string, Partial<IssueRun>, IssueScope, IssueScope?]>([
  ["a part: what it looked at, and its own target", {}, { ids: [TWO], targets: ["other"] }],
  [
    "a part of which a file is missing: its campaigns only",
    { isComplete: false },
    { ids: [TWO], targets: ["own", "other"] },
  ],
  ["a part, and that a campaign is gone", { isGone: (id) => id === TWO }, { ids: [], targets: ["other"] }],
  ["everything: all", { isWhole: true }, { ids: [], targets: [] }],
  [
    "a part, and of campaigns that are not named only where another target is left",
    {},
    { ids: [TWO], targets: ["other"], hasMore: true },
    { ...SCOPE, hasMore: true },
  ],
  ["its own part, and so all", {}, { ids: [], targets: [] }, { ids: [ONE], targets: ["own"], hasMore: true }],
  ["everything of an older commit: nothing", { isWhole: true, isTip: false }, SCOPE],
])("a run settles of an issue what it looked at: %s", (_, facts, unseen, scope = SCOPE) => {
  expect(unseenOf(scope, run(facts))).toEqual(unseen);
});

test("of a campaign that may be gone a run settles nothing where nobody can tell", () => {
  const { isGone: _, ...untold } = run();
  expect(unseenOf(SCOPE, untold)).toEqual({ ids: [TWO], targets: ["other"] });
});
