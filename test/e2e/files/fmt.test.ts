import { readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { audienceId, campaignId } from "../../support/samples/bindings.ts";

const open: Workspace[] = [];
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.remove();
});

const FORMED = `campaignId: ${campaignId(1)}\ninclude:\n  - { audienceId: ${audienceId(1)}, type: segment }\n`;
const ODD = `# first\ninclude:\n- { audienceId: ${audienceId(1)}, type: segment } # who\ncampaignId: ${campaignId(2)}\n`;
const ODD_FORMED = `# first\ncampaignId: ${campaignId(2)}\ninclude:\n  - { audienceId: ${audienceId(1)}, type: segment } # who\n`;

function workspaceWith(files: Readonly<Record<string, string>>): Workspace {
  const workspace = makeWorkspace(files);
  open.push(workspace);
  return workspace;
}

const run = (args: readonly string[], { path }: Workspace, env = {}) =>
  runHere(["fmt", ...args], { cwd: path, env: { EXPERITURE_TOKEN: "", ...env } });

test("fmt writes files anew that are not in the form, names them, and needs no credentials", async () => {
  const workspace = workspaceWith({ "campaigns/a.yaml": FORMED, "campaigns/b.yaml": ODD });
  const read = (file: string) => readFileSync(join(workspace.path, file), "utf8");
  const untouched = statSync(join(workspace.path, "campaigns/a.yaml")).mtimeMs;

  const checked = await run(["--check"], workspace);
  expect(checked).toMatchObject({ code: 3, stdout: "" });
  expect(checked.stderr).toBe("campaigns/b.yaml\n1 file not in the form. Run campaignctl fmt.\n");
  const diff = await run(["--diff"], workspace);
  expect(diff).toMatchObject({ code: 0, stderr: "" });
  expect(diff.stdout).toMatch(
    /^--- campaigns\/b\.yaml\n\+\+\+ campaigns\/b\.yaml\n@@ -1,4 \+1,4 @@\n # first\n/,
  );
  expect(read("campaigns/b.yaml")).toBe(ODD);

  expect(await run([], workspace)).toMatchObject({ code: 0, stdout: "campaigns/b.yaml\n", stderr: "" });
  expect(read("campaigns/b.yaml")).toBe(ODD_FORMED);
  expect(statSync(join(workspace.path, "campaigns/a.yaml")).mtimeMs).toBe(untouched);
  expect(await run(["--check"], workspace)).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(await run([], workspace)).toMatchObject({ code: 0, stdout: "", stderr: "" });
});

test("a mistake in any file, and nothing is written", async () => {
  const workspace = workspaceWith({ "campaigns/a.yaml": ODD, "campaigns/b.yaml": "campaignId: 1\n" });
  const ran = await run([], workspace);
  expect(ran).toMatchObject({ code: 3, stdout: "" });
  expect(ran.stderr).toContain("campaigns/b.yaml:1:13");
  expect(readFileSync(join(workspace.path, "campaigns/a.yaml"), "utf8")).toBe(ODD);
});

test("a link stays a link, a pipe is refused, and a diff shows no secret", async () => {
  const workspace = workspaceWith({
    "real/a.yaml": ODD.replace("first", "token-of-this-run"),
    "campaigns/none.txt": "",
  });
  symlinkSync("../real/a.yaml", join(workspace.path, "campaigns/a.yaml"));
  expect(await run(["-"], workspace)).toMatchObject({ code: 3, stdout: "" });
  const diff = await run(["--diff", "campaigns"], workspace, { EXPERITURE_TOKEN: "token-of-this-run" });
  expect(diff.stdout).toContain(" # ***\n");
  expect(`${diff.stdout}${diff.stderr}`).not.toContain("token-of-this-run");
  expect(await run([], workspace)).toMatchObject({ code: 0, stdout: "campaigns/a.yaml\n" });
  expect(readFileSync(join(workspace.path, "real/a.yaml"), "utf8")).toContain(
    `campaignId: ${campaignId(2)}\ninclude`,
  );
});
