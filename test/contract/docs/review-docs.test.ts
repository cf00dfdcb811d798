import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../support/program/cli.ts";

const HEADING = "## What can go wrong with a review, and what happens then";

/** For the beginning of each row, the tests that show what happens: file of `test/`, and part of its title. */
const SHOWN_BY: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "An apply looks at some of the files only": [
    ["workflow/left-over", "an apply of some paths leaves the others waiting"],
    ["workflow/left-over", "a file that is missing from what is checked out leaves its campaign waiting"],
    ["workflow/left-over", "only a run that looked at what an issue names closes it"],
  ],
  "Plan is split by `paths`": [["workflow/left-over", "plans by paths stand in comments of their own"]],
  "Live was changed after the review": [["workflow/left-over", "what was refused stays open"]],
  "A campaign was locked after the review": [["workflow/left-over", "a locked campaign stays open too"]],
  "An older run comes late": [
    ["workflow/older-run", "%s run first: live becomes what the branch says"],
    ["workflow/safety", "the run of an old push is repeated after its pull request was reverted"],
  ],
  "Nobody can tell what the branch declares by now": [
    ["workflow/older-run", "where nobody can tell what the branch says, nothing is written"],
    ["workflow/older-run", "%s: left to the newer run, which applies what was reviewed"],
  ],
  "The plan is of an older commit": [["workflow/authorises", "a plan of an older commit does not"]],
  "A newer commit gets no plan": [
    ["workflow/out-of-date", "a newer commit has no plan, so that of the older one is taken back"],
  ],
  "The comment was deleted": [["workflow/apply", "the comment was deleted, or planted by somebody else"]],
  "The comment is deleted or edited by somebody else while": [
    ["workflow/told", "%s while apply runs: left alone"],
  ],
  "Two applies of different `paths`": [["e2e/action/beside", "two parts of the files at once"]],
  "Nobody can tell who edited the comment last": [["workflow/told", "a comment that %s"]],
  "Another workflow posts text": [["workflow/authorises", "a hidden line in front of another text does not"]],
  "The plan is of another workflow": [["workflow/authorises", "what was found instead of a plan is told"]],
  "GitHub drops a run that waits": [
    ["workflow/apply", "a run that GitHub dropped is healed by the next one"],
  ],
  "A run is cancelled": [
    ["e2e/action/ended", "leaves outputs, report and summary while GitHub makes it wait"],
  ],
  "An apply fails half-way": [["workflow/apply", "an apply that fails half-way stays open"]],
  "The conversation is locked": [
    ["workflow/comment-rules", "a comment that GitHub does not take"],
    ["workflow/safety", "the result may not be written into the comment"],
  ],
  "Issues are turned off": [["workflow/left-over", "issues are turned off"]],
  "Something else is checked out": [
    ["workflow/checked-out", "something else is checked out than the event is about"],
  ],
  "Nobody can tell what is checked out": [
    ["workflow/checked-out", "nobody can tell, since there is no git"],
    ["workflow/api-place", "something else may be checked out, and there is no git to tell"],
  ],
  "A pull request is onto a branch": [["workflow/api-place", "onto a branch that is not the default one"]],
  "Two applies run at once": [["e2e/action/beside", "an apply that begins while another one writes"]],
  "Two pull requests change the same campaign": [
    ["laws/interleavings/told", "two open pull requests that plan the same campaign name each other"],
    ["laws/interleavings/told", "what is told of another leaves a plan what it was"],
    [
      "laws/interleavings/two",
      "two changes that Git merges, the second planned before the first was applied",
    ],
  ],
  "The second pull request takes the first back": [
    ["laws/interleavings/two", "the second takes the first back before that is applied"],
  ],
};

test("every row of what can go wrong has a test, and every test its row", () => {
  const docs = readFileSync(join(ROOT, "docs/action.md"), "utf8");
  const section = docs.split(`${HEADING}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = [...section.matchAll(/^\| (.+?) +\|/gm)].map(([, cell = ""]) => cell).slice(2);
  const begun = (row: string) => Object.keys(SHOWN_BY).filter((start) => row.startsWith(start));
  expect(rows.map((row) => [row, begun(row).length])).toEqual(rows.map((row) => [row, 1]));
  expect(new Set(rows.flatMap(begun))).toEqual(new Set(Object.keys(SHOWN_BY)));
});

test.each(Object.entries(SHOWN_BY).flatMap(([row, tests]) => tests.map((of) => [row, ...of] as const)))(
  "%s (%s: %s)",
  (_, file, title) => {
    expect(readFileSync(join(ROOT, `test/${file}.test.ts`), "utf8")).toContain(title);
  },
);
