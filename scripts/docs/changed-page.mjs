// What plan --changed-since prints: the examples in a repository of their own, and what somebody changed in it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const IDENTITY = ["-c", "user.name=docs", "-c", "user.email=docs@example.com", "-c", "commit.gpgsign=false"];

function editsIn(folder) {
  return (file, from, to) => {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} of the examples has no ${from} any more.`);
    writeFileSync(join(folder, file), text.replace(from, to));
  };
}

/** What a pull request on the examples does: a group, one campaign, a comment, a move, and a file that goes. */
export function changeFiles(folder, git) {
  const edit = editsIn(folder);
  edit("audiences.yaml", "loyal-customers: [vip-customers, gold-members]", "loyal-customers: [gold-members]");
  edit("campaigns/price-drop.yaml", "  - left-a-cart\n", "");
  edit("campaigns/welcome-series.yaml", "# The first three mails", "# The first three mails, one a day,");
  git("mv", "campaigns/store-opening-lyon.yaml", "campaigns/lyon.yaml");
  git("rm", "--quiet", "campaigns/delivery-survey.yaml");
}

/** What another one does: a campaign loses a suppression, and the rule for it goes with it. */
export function weakenRules(folder) {
  const edit = editsIn(folder);
  const spring = "campaigns/spring-re-engagement.yaml";
  edit(spring, "exclude:\n  - baseline-suppressions\n", "exclude:\n  - unsubscribed\n  - recent-buyers\n");
  edit("campaignctl.yaml", "requireExclude: [baseline-suppressions]", "requireExclude: [unsubscribed]");
  edit("campaignctl.yaml", "maxChanges: 5", "maxChanges: 50");
}

/**
 * The examples as a pull request changed them, committed before on `main`.
 *
 * @param change what it does.
 * @param work is given the folder, its `git diff` and the first digits of the commit.
 */
export async function withChangedExamples(examples, change, work) {
  const folder = mkdtempSync(join(tmpdir(), "campaignctl-docs-"));
  const git = (...args) => execFileSync("git", [...IDENTITY, ...args], { cwd: folder, encoding: "utf8" });
  try {
    cpSync(examples, folder, { recursive: true });
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "all");
    const commit = git("rev-parse", "HEAD").slice(0, 7);
    change(folder, git);
    git("add", "--all");
    return await work({ folder, commit, diff: git("diff", "--cached", "--stat=72", "--find-renames") });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
