import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environment, makeWorkspace, ROOT } from "../support/program/cli.ts";
import { runSandbox } from "../support/program/sandbox.ts";

/** Of what `npm pack` would put into the package. */
type Packed = {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
};

/** What the package may weigh; see CONTRIBUTING.md for what is left out. */
const MOST_BYTES = 1_500_000;

const start = promisify(execFile);
const workspace = makeWorkspace({});
afterAll(workspace.remove);

/** Runs npm without a network, as a user's shell would, in a folder that has nothing to do with this one. */
async function npm(...args: readonly string[]) {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD|NODE_|VITEST)/i.test(name));
  return start("npm", ["--offline", "--no-audit", "--no-fund", "--no-update-notifier", ...args], {
    cwd: workspace.path,
    env: Object.fromEntries(own),
    shell: process.platform === "win32",
  });
}

let packed: Packed;
let installing: string;
beforeAll(async () => {
  const { stdout } = await npm("pack", ROOT, "--json", "--ignore-scripts");
  [packed] = JSON.parse(stdout) as [Packed];
  writeFileSync(join(workspace.path, "package.json"), '{ "private": true, "type": "module" }\n');
  ({ stderr: installing } = await npm("install", join(workspace.path, packed.filename)));
});

test("the package is small", () => {
  expect(packed.unpackedSize).toBeLessThanOrEqual(MOST_BYTES);
});

test("it has the program, the library, the schemas and the docs of those who use it, and nothing else", () => {
  const kinds = packed.files.map(({ path }) =>
    path.replace(
      /^(dist\/chunks|schemas|docs|examples\/[a-z]+)\/[\w.-]+(\.js|\.schema\.json|\.md|\.yml)$/,
      "$1/*$2",
    ),
  );
  expect([...new Set(kinds)].sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "dist/chunks/*.js",
    "dist/cli.js",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/licenses.txt",
    "docs/*.md",
    "examples/ci/*.yml",
    "examples/sandbox.yaml",
    "examples/workflows/*.yml",
    "package.json",
    "schemas/*.schema.json",
  ]);
});

test("its pages lead to the repository, and nobody is asked for money", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const url = /^git\+(https:\/\/github\.com\/[\w-]+\/campaignctl)\.git$/.exec(manifest.repository.url)?.[1];
  expect(url).toBeDefined();
  expect([manifest.homepage, manifest.bugs]).toEqual([`${url}#readme`, `${url}/issues`]);
  expect(manifest.keywords.length).toBeGreaterThan(3);
  expect(Object.keys(manifest)).not.toContain("funding");
});

describe("installed where nothing else is", () => {
  test("it needs no other package, runs nothing, and npm has nothing to warn of", () => {
    expect(installing).toBe("");
    const modules = readdirSync(join(workspace.path, "node_modules")).filter((name) => !name.startsWith("."));
    expect(modules).toEqual(["campaignctl"]);
  });

  const program = join(workspace.path, "node_modules/campaignctl/dist/cli.js");

  test("it begins a repository, and npx runs it, which checks that", async () => {
    const run = (...args: readonly string[]) =>
      start(process.execPath, [program, ...args], { cwd: workspace.path, env: environment({}) });
    const { stdout } = await run("--version");
    expect(stdout).toBe(`${JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version}\n`);
    await run("init", "--api-url", "https://api.example.test/v1");
    const checked = await npm("exec", "campaignctl", "--", "validate", "--strict");
    expect(checked).toEqual({ stdout: "Validate: 1 campaign in 1 file, 0 errors.\n", stderr: "" });
  });

  test("it serves its own sandbox, imports from it, and plans", async () => {
    const sandbox = await runSandbox([], program);
    const empty = makeWorkspace();
    const run = (...args: readonly string[]) =>
      start(process.execPath, [program, ...args, "--api-url", sandbox.url], {
        cwd: empty.path,
        env: environment({}),
      });
    try {
      await run("import", "--all", "--status", "draft");
      expect((await run("plan")).stdout).toMatch(
        /\nPlan: 0 to change, [1-9]\d* in sync, 0 skipped .*0 errors\.\n$/,
      );
    } finally {
      empty.remove();
      await sandbox.stop();
    }
  });

  test("the library plans, and a stack of it names what it went through", async () => {
    writeFileSync(join(workspace.path, "bad.yaml"), "campaignId: nonsense\n");
    writeFileSync(
      join(workspace.path, "plan.js"),
      'import { planFiles } from "campaignctl";\nplanFiles({ paths: ["bad.yaml"] }).catch(({ stack }) => console.log(stack));\n',
    );
    const { stdout } = await start(process.execPath, ["plan.js"], { cwd: workspace.path });
    expect(stdout).toContain("error[invalid-id] bad.yaml:1:13");
    expect(stdout).toMatch(/ at (?:async )?planFilesWith \(file:.*campaignctl\/dist\/[\w/-]+\.js:\d+:\d+\)/);
  });

  test("its types are whole", async () => {
    writeFileSync(
      join(workspace.path, "plan.ts"),
      'import { type Plan, planFiles, UsageError } from "campaignctl";\n' +
        "export const plan: Promise<Plan> = planFiles().then((made) => made.plan);\n" +
        "// @ts-expect-error: a hint is text\nexport const error = new UsageError('', 1);\n",
    );
    // Without the types of browsers, which it has no need of and which take as long to read as all others.
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const flags = "--noEmit --strict --module nodenext --target es2022 --lib es2022 --types node".split(" ");
    const roots = ["--typeRoots", join(ROOT, "node_modules/@types")];
    await expect(
      start(process.execPath, [tsc, ...flags, ...roots, "plan.ts"], { cwd: workspace.path }),
    ).resolves.toMatchObject({ stdout: "" });
  });
});
