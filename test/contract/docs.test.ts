import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { type Condition, exitCodeOf } from "../../src/domain/exit-codes.ts";
import { environment, makeWorkspace, ROOT, runProgram } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { openExample } from "../support/program/sandbox.ts";

const PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ...docsPages()];

function docsPages(): string[] {
  return readdirSync(join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`);
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

test.each(PAGES)("every link of %s to a file of ours leads somewhere", (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? "");
  for (const target of targets) {
    expect({ target, exists: existsSync(join(ROOT, dirname(page), target)) }).toEqual({
      target,
      exists: true,
    });
  }
});

describe("README", () => {
  test("has every exit code there is", () => {
    const conditions: Condition[] = [
      "sigint",
      "sigterm",
      "sighup",
      "sigquit",
      "sigbreak",
      "sigpipe",
      "invalid",
      "no-access",
      "unreachable",
      "guardrail",
      "plan-too-old",
      "incomplete",
      "stale",
      "reach-unconfirmed",
      "skipped",
      "changes",
    ];
    const table = read("README.md").match(/## Exit codes[\s\S]*?\n\n[^|]/)?.[0] ?? "";
    const listed = [...table.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap((row) =>
      (row[1] ?? "").split(",").map(Number),
    );
    const known = [0, 1, ...conditions.map((condition) => exitCodeOf([condition]))];
    expect(listed.sort((a, b) => a - b)).toEqual(known.sort((a, b) => a - b));
  });

  test("has every command there is", () => {
    const commands = buildProgram(async () => undefined).commands.map((command) => command.name());
    for (const command of commands)
      expect(read("README.md")).toMatch(new RegExp(`^\\| \`${command}\\b`, "m"));
  });

  test("names only flags that exist", () => {
    const known = new Set(
      buildProgram(async () => undefined).commands.flatMap((command) =>
        command.options.map((option) => option.long),
      ),
    );
    for (const page of ["README.md", "docs/sandbox.md", "docs/concepts.md", "docs/opinions.md"]) {
      const named = [...read(page).matchAll(/(?<![\w-])(--[a-z][a-z-]+)/g)].map((match) => match[1] ?? "");
      expect(named.filter((flag) => !known.has(flag) && !["--help", "--version"].includes(flag))).toEqual([]);
    }
  });

  test("shows a project and a campaign that are valid", async () => {
    const blocks = [...read("README.md").matchAll(/```yaml\n# (\S+\.yaml)\n([\s\S]*?)```/g)];
    const files = Object.fromEntries(blocks.map(([, name, text]) => [name, text ?? ""]));
    const workspace = makeWorkspace({
      "campaigns/spring.yaml": files["campaigns/spring.yaml"] ?? "",
      "campaignctl.yaml": files["campaignctl.yaml"] ?? "",
    });
    const { code, stderr } = await runHere(["validate", "--environment", "staging"], { cwd: workspace.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    workspace.remove();
  });

  test("shows of a mistake just what one gets who makes it", async () => {
    const shown = /`(\S+)`:\n\n```yaml\n([\s\S]*?)```\n\n```console\n\$ campaignctl (.*)\n([\s\S]*?)```/;
    const [, name = "", text = "", line = "", output = ""] = shown.exec(read("README.md")) ?? [];
    const workspace = makeWorkspace({ [name]: text });
    onTestFinished(workspace.remove);
    const { code, stderr } = await runHere(line.split(" "), { cwd: workspace.path });
    expect({ code, stderr }).toEqual({ code: 3, stderr: output });
  });

  describe("shows a use of the library", () => {
    /** Runs it as somebody would who copied it: the built library, and nothing added. */
    const runSnippet = async (cwd: string) => {
      const sandbox = await openExample();
      onTestFinished(() => sandbox.stop());
      const code = read("README.md").match(/```ts\n([\s\S]*?)```/)?.[1] ?? "";
      const library = JSON.stringify(join(ROOT, "dist/index.js"));
      const program = ["--input-type=module", "--eval", code.replace('"campaignctl"', library)];
      const env = environment({ EXPERITURE_API_URL: sandbox.url, CAMPAIGNCTL_ENVIRONMENT: "production" });
      return { sandbox, ...(await runProgram([process.execPath, ...program], { cwd, env })) };
    };

    test("that works", async () => {
      const { code, stdout, stderr } = await runSnippet(join(ROOT, "examples"));
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/Plan: 3 to change \(2 widens\)/);
    });

    test("that gives no plan around a bad file: it ends with an error that tells each mistake, and sends nothing", async () => {
      const example = (name: string) => readFileSync(join(ROOT, "examples", name), "utf8");
      const workspace = makeWorkspace({
        "audiences.yaml": example("audiences.yaml"),
        "campaigns/spring.yaml": example("campaigns/spring-re-engagement.yaml"),
        "campaigns/winter.yaml": "campaignId: nonsense\ninclude: []\n",
      });
      onTestFinished(workspace.remove);
      const { code, stdout, stderr, sandbox } = await runSnippet(workspace.path);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain("error[invalid-id] campaigns/winter.yaml:1:13");
      expect(stderr).toContain("error[empty-include] campaigns/winter.yaml:2:10");
      expect(await sandbox.requests()).toEqual([]);
    });
  });
});

test("of each mistake in docs/diagnostics.md the line is the one that a reader counts", () => {
  const files = /^`([^`]+)`[^\n]*:\n\n```yaml\n((?:(?!```)[\s\S])*)```$/gm;
  const mistakes = /^(?:error|warning)\[[a-z-]+\] (\S+?):\d+:\d+\n[^\n]*\n {4}(\d+) \| (.*)$/gm;
  let count = 0;
  for (const section of read("docs/diagnostics.md").split(/^## /m)) {
    const texts = new Map([...section.matchAll(files)].map(([, name, text]) => [name, text] as const));
    for (const [, name, number, excerpt = ""] of section.matchAll(mistakes)) {
      const text = texts.get(name);
      if (text === undefined) continue;
      const line = text.split("\n")[Number(number) - 1] ?? "";
      // Further on may be what cannot be shown as it is.
      expect(excerpt.trim().slice(0, 8)).toBe(line.trim().slice(0, 8));
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(30);
});

describe("the recipes in CONTRIBUTING.md", () => {
  const section = read("CONTRIBUTING.md").split("## How to add\n")[1]?.split("\n## ")[0] ?? "";
  const recipes = section
    .split("\n### ")
    .slice(1)
    .map((recipe) => [recipe.split("\n", 1)[0] ?? "", recipe] as const);

  test("are five", () => {
    expect(recipes.map(([title]) => title)).toEqual([
      "A flag",
      "An input of the Action",
      "A diagnostic",
      "A rule",
      "An outcome",
    ]);
  });

  test.each(recipes)("name files that exist: %s", (_, recipe) => {
    const places = [...recipe.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
      .map((match) => match[1] ?? "")
      .filter((place) => place.includes("/") || /\.(?:yml|md|ts|json)$/.test(place));
    expect(places.length).toBeGreaterThan(4);
    expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
  });
});
