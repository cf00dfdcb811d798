import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "../../support/program/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "campaignctl-runner-"));
afterAll(() => rmSync(scratch, { recursive: true }));

let count = 0;

/** Runs some lines with `runner` at hand in a process of its own, as a step of a job would. */
async function step(code: string, env: Readonly<Record<string, string>> = {}) {
  count += 1;
  const at = (name: string) => join(scratch, `${count}-${name}`);
  await build({
    stdin: {
      contents: `import { openRunner } from "./src/action/runner.ts"; const runner = openRunner(); ${code}`,
      resolveDir: ROOT,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: at("step.mjs"),
    banner: {
      js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);',
    },
    logLevel: "silent",
  });
  for (const name of ["output", "summary"]) writeFileSync(at(name), "");
  const { status, stdout, stderr } = spawnSync(process.execPath, [at("step.mjs")], {
    encoding: "utf8",
    env: { GITHUB_OUTPUT: at("output"), GITHUB_STEP_SUMMARY: at("summary"), ...env },
  });
  expect(existsSync(at("output"))).toBe(true);
  return {
    status,
    lines: stdout.split("\n"),
    stderr,
    output: readFileSync(at("output"), "utf8"),
    summary: readFileSync(at("summary"), "utf8"),
  };
}

test("inputs come without blanks, hyphens stay, and what is left out is empty", async () => {
  const { lines } = await step(
    'runner.log(JSON.stringify([runner.input("working-directory"), runner.input("config")]));',
    { "INPUT_WORKING-DIRECTORY": " a \n" },
  );
  expect(lines).toEqual(['["a",""]', ""]);
});

test("every form of a secret is hidden before it could be seen", async () => {
  const { lines } = await step('runner.mask(["a b%", "a b%", ""]);');
  expect(lines).toEqual([
    "::add-mask::a b%25",
    "::add-mask::a%2520b%2525",
    "::add-mask::a+b%2525",
    "::add-mask::YSBiJQ==",
    "::add-mask::YSBiJQ",
    "",
  ]);
});

test("an output may hold lines, and cannot end its own text", async () => {
  const { output } = await step('runner.output("digest", "one\\nEOF\\ntwo");');
  const [, delimiter] = /^digest<<(\S+)\n/.exec(output) ?? [];
  expect(output).toBe(`digest<<${delimiter}\none\nEOF\ntwo\n${delimiter}\n`);
});

test("a summary takes the place of the one before it", async () => {
  const { summary, status } = await step(
    'await runner.summary("# One\\n\\nlonger"); await runner.summary("# Two\\n");',
  );
  expect(status).toBe(0);
  expect(summary.trimEnd()).toBe("# Two");
});

test("annotations have their place, and nothing in a name ends a property", async () => {
  const { lines, status } = await step(`
    const place = { file: "a,b:c.yaml", line: 4, column: 2, title: "No, no: x" };
    runner.annotate("error", place, "what\\nwhy 100%");
    runner.annotate("warning", { file: null, line: null, column: null, title: null }, "w");
    runner.notice("::error::n");
    runner.warning("w\\n2");
    runner.fail("f");
  `);
  expect(lines).toEqual([
    "::error title=No%2C no%3A x,file=a%2Cb%3Ac.yaml,line=4,col=2::what%0Awhy 100%25",
    "::warning::w",
    "::notice::::error::n",
    "::warning::w%0A2",
    "::error::f",
    "",
  ]);
  expect(status).toBe(0);
});

test("the log holds no command", async () => {
  const { lines, status } = await step(`runner.log("one\\n  ::error::two\\n##[error]three\\n");`);
  expect(lines).toEqual(["one", "  : :error::two", "## [error]three", ""]);
  expect(status).toBe(0);
});
