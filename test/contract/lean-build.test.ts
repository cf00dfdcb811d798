import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { leanPackages } from "../../scripts/lean-packages.mjs";
import { pieces } from "../../scripts/pieces.mjs";
import { ROOT } from "../support/program/cli.ts";

/** Builds one line as if it stood in a file of ours. */
function buildLine(program: "cli" | "action", contents: string) {
  return build({
    absWorkingDir: ROOT,
    stdin: { contents, resolveDir: join(ROOT, "src"), sourcefile: join(ROOT, "src/line.ts") },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "silent",
    plugins: [leanPackages(ROOT, program)],
  });
}

test("a part of the HTTP library that the build leaves out fails the build, not the program", async () => {
  for (const program of ["cli", "action"] as const) {
    await expect(buildLine(program, 'export { Pool } from "undici";')).resolves.toMatchObject({ errors: [] });
    await expect(buildLine(program, 'export { ProxyAgent } from "undici";')).rejects.toThrow(
      'No matching export in "lean:undici" for import "ProxyAgent"',
    );
  }
});

test("a file that is to be loaded with a command, and is loaded nowhere, fails the build", async () => {
  const built = build({
    absWorkingDir: ROOT,
    stdin: { contents: "export {};" },
    write: false,
    logLevel: "silent",
    plugins: [pieces(ROOT)],
  });
  await expect(built).rejects.toThrow("Nothing loads cli/adopting/run-init.ts later");
});
