import { afterEach, expect, test } from "vitest";
import { type Drafts, serveDrafts } from "../../support/api/drafts.ts";
import { makeWorkspace, runCli, type Workspace } from "../../support/program/cli.ts";
import { campaignFile } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const ID = campaignId(1);
/** A job of a CI service, as narrow and as plain as terminals get. */
const ENV = { CI: "true", TERM: "dumb", COLUMNS: "20", LINES: "5", NO_COLOR: "1" };

const open: { readonly workspace: Workspace; readonly drafts: Drafts }[] = [];
afterEach(async () => {
  for (const { workspace, drafts } of open.splice(0)) {
    workspace.remove();
    await drafts.server.close();
  }
});

async function run(args: readonly string[]) {
  const workspace = makeWorkspace({ "campaigns/a.yaml": campaignFile(ID, binding([1, 2])) });
  const drafts = await serveDrafts(new Map([[ID, binding([1])]]));
  open.push({ workspace, drafts });
  const env = { ...ENV, EXPERITURE_API_URL: `${drafts.server.url}/public/v1` };
  return { drafts, ran: await runCli(args, { cwd: workspace.path, env }) };
}

test("case 77: an apply that is not approved asks nobody: exit 3, no request", async () => {
  const { ran, drafts } = await run(["apply"]);
  expect(ran).toMatchObject({ code: 3, stdout: "" });
  expect(ran.stderr).toMatch(/no terminal to ask on.*\n.*--yes/);
  expect(drafts.server.connections()).toBe(0);
});

test("case 77: an apply prints whole lines, without colour, cursor movement or a spinner", async () => {
  const { ran, drafts } = await run(["apply", "--yes", "--no-wait"]);
  expect(ran.code).toBe(0);
  expect(drafts.written()).toEqual([ID]);
  for (const text of [ran.stdout, ran.stderr]) expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  // One line an event, and nothing cut to the width.
  expect(ran.stderr.trimEnd().split("\n").at(-1)).toBe(
    `A campaign (${ID}): audiences replaced and read back`,
  );
  expect(ran.stdout + ran.stderr).not.toContain("…");
});
