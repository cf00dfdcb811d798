import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ASK, type Shell } from "../../../src/cli/completion/shells.ts";
import { makeWorkspace, ROOT, runCli } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { typeIntoShell } from "../../support/program/shell.ts";
import { putStandIn } from "../../support/program/stand-in.ts";

/** How a person starts each shell, with nothing of the tester's own, and sets the completion up as the docs say. */
const START: Readonly<Record<Shell, readonly [command: string, setUp: string]>> = {
  bash: ["bash --norc --noprofile -i", 'eval "$(campaignctl completion bash)"'],
  zsh: ["zsh -f -i", 'autoload -U compinit; compinit -u -D; eval "$(campaignctl completion zsh)"'],
  fish: ["fish --no-config -i", "campaignctl completion fish | source"],
};

/** Each name is for a shell to stumble over. What stands in it must never run. */
const HOSTILE = [
  ...[
    "a b",
    "c$(touch pwned)",
    "d'q",
    'e"q',
    "f`touch pwned`",
    "g;h&i|j>k",
    "k\nl",
    "m:n=o",
    "pü😀",
    "q*?[x]",
  ],
  ...["u!v", "w\\x", "x#{y,z}", "~tilde", "$HOME", "-dash"],
];

/**
 * Types each of these lines into a shell and tells with what words the program was run; `⇥` is the tabulator. The shell's
 * script is that of the built program, and its questions are answered here.
 */
async function typeInto(shell: Shell, lines: readonly string[]) {
  const workspace = makeWorkspace({
    "audiences.yaml": readFileSync(join(ROOT, "examples/audiences.yaml"), "utf8"),
    "campaignctl.yaml":
      "version: 1\nenvironments:\n  eu west: { apiUrl: https://eu.example.test/v1 }\n  production: {}\n",
  });
  onTestFinished(workspace.remove);
  mkdirSync(join(workspace.path, "campaigns"));
  for (const name of HOSTILE) writeFileSync(join(workspace.path, "campaigns", `${name}.yaml`), "");
  // What a finished line would have run is only written down.
  const runs: (readonly string[])[] = [];
  const close = await putStandIn(workspace, "bin/campaignctl", async (args) => {
    if (args[0] === "completion") return runCli(args);
    if (args[0] === ASK) return runHere(args, { cwd: workspace.path });
    runs.push(args);
    return { code: 0, stdout: "" };
  });
  onTestFinished(close);
  const [command, setUp] = START[shell];
  const env = {
    PATH: `${join(workspace.path, "bin")}:${process.env.PATH}`,
    HOME: workspace.path,
    LC_ALL: "C.UTF-8",
  };
  const typed = lines.map((line) => line.replaceAll("⇥", "\t"));
  await typeIntoShell(command, setUp, typed, { cwd: workspace.path, env });
  expect(existsSync(join(workspace.path, "pwned"))).toBe(false);
  return runs;
}

describe.each(Object.keys(START) as Shell[])("in %s (apt-get install zsh fish)", (shell) => {
  test("all that can be typed is completed, and nothing in the name of a file is run", async () => {
    const typed: Readonly<Record<string, readonly string[]>> = {
      "campaignctl val⇥--str⇥": ["validate", "--strict"],
      "campaignctl plan --form⇥mark⇥": ["plan", "--format", "markdown"],
      "campaignctl plan --format=mark⇥": ["plan", "--format=markdown"],
      "campaignctl plan --environment eu⇥": ["plan", "--environment", "eu west"],
      "campaignctl --environment prod⇥app⇥": ["--environment", "production", "apply"],
      "campaignctl apply --allow requ⇥": ["apply", "--allow", "require-exclude"],
      "campaignctl who-uses vip⇥": ["who-uses", "vip-customers"],
      "campaignctl who-uses --config campaignctl⇥baseline⇥": [
        ...["who-uses", "--config", "campaignctl.yaml", "baseline-suppressions"],
      ],
      "campaignctl validate camp⇥a⇥": ["validate", "campaigns/a b.yaml"],
      'campaignctl validate "campaigns/a⇥': ["validate", "campaigns/a b.yaml"],
      "campaignctl import --dir camp⇥": ["import", "--dir", "campaigns/"],
      "campaignctl help who⇥": ["help", "who-uses"],
      "campaignctl nonsense ⇥": ["nonsense"],
    };
    // As much of each name as a person can type without knowing how the shell quotes.
    const files = HOSTILE.map((name) => [
      `campaignctl fmt campaigns/${/^[\w~-]/.test(name) ? name.charAt(0) : "\\$"}⇥`,
      ["fmt", `campaigns/${name}.yaml`],
    ]);
    const all = { ...typed, ...Object.fromEntries(files) };
    expect(await typeInto(shell, Object.keys(all))).toEqual(Object.values(all));
  });
});
