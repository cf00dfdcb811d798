import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeWorkspace, ROOT } from "../../support/program/cli.ts";
import { campaignFile } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

// The memory of 10,000 files is measured by `npm run bench`: parsing them here would take too long.
test("case 27: 2,000 files are read with 64 file descriptors", () => {
  const workspace = makeWorkspace();
  mkdirSync(join(workspace.path, "campaigns"));
  for (let index = 0; index < 2_000; index += 1) {
    writeFileSync(
      join(workspace.path, `campaigns/${index}.yaml`),
      campaignFile(campaignId(index), binding([1], [9])),
    );
  }
  const command = 'ulimit -n 64 && exec "$0" "$@"';
  const args = ["-c", command, process.execPath, join(ROOT, "dist/cli.js"), "validate"];
  const { status, stdout, stderr } = spawnSync("sh", args, { cwd: workspace.path, encoding: "utf8" });
  workspace.remove();
  const said = "Validate: 2,000 campaigns in 2,000 files, 0 errors.\n";
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: said, stderr: "" });
});
