import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { answerCompletion } from "../../../../src/cli/completion/answer.ts";
import { buildProgram } from "../../../../src/cli/program.ts";
import { makeWorkspace } from "../../../support/program/cli.ts";

const PROGRAM = buildProgram(async () => undefined);
const workspace = makeWorkspace({
  "campaignctl.yaml": "version: 1\nenvironments:\n  staging: { apiUrl: https://staging.example.test/v1 }\n",
  "audiences.yaml":
    'audiences:\n  vip: { audienceId: 4130bada-9264-465f-bc0c-a26bebcfcc81, type: segment, description: "Best\\nones" }\ngroups:\n  both: [vip]\n',
  "campaigns/a.yaml": "",
  "campaigns/b.YML": "",
  "campaigns/notes.txt": "",
  "campaigns/.hidden.yaml": "",
  "campaigns/sub/c.yaml": "",
  "broken/campaignctl.yaml": "version: [\n",
  "broken/audiences.yaml": "audiences: 1\n",
});
afterAll(workspace.remove);

const answer = async (shell: string, ...args: readonly string[]) =>
  (await answerCompletion([shell, ...args], PROGRAM, workspace.path)).split("\0").slice(0, -1);
const words = async (...args: readonly string[]) =>
  (await answer("zsh", ...args)).filter((_, index) => index % 2 === 0);

describe("answerCompletion", () => {
  test("each shell is told in its way", async () => {
    expect(await answer("zsh", "who-uses", "")).toEqual(["vip", "Best\\u{A}ones", "both", "group"]);
    expect(await answer("fish", "who-uses", "'v")).toEqual(["vip\tBest\\u{A}ones"]);
    expect(await answer("bash", "campaignctl who-uses v", "v")).toEqual(["vip "]);
    expect(await answer("tcsh", "who-uses", "")).toEqual([]);
  });

  test("campaign files are folders and YAML, hidden ones where they were begun", async () => {
    expect(await words("plan", "")).toEqual(["broken/", "campaigns/"]);
    expect(await words("plan", "campaigns/")).toEqual([
      "campaigns/a.yaml",
      "campaigns/b.YML",
      "campaigns/sub/",
    ]);
    expect(await words("plan", "campaigns/.")).toEqual(["campaigns/.hidden.yaml"]);
    expect(await words("plan", "-C", "campaigns", "")).toEqual(["a.yaml", "b.YML", "sub/"]);
    expect(await words("plan", "--out", "campaigns/n")).toEqual(["campaigns/notes.txt"]);
    expect(await words("import", "--dir", "campaigns/")).toEqual(["campaigns/sub/"]);
  });

  test("a name that would be read as a flag or as a home is told as a path", async () => {
    mkdirSync(join(workspace.path, "odd"));
    for (const name of ["-q.yaml", "~root.yaml"]) writeFileSync(join(workspace.path, "odd", name), "");
    expect(await words("plan", "-C", "odd", "")).toEqual(["./-q.yaml", "./~root.yaml"]);
    expect(await words("plan", "-C", "odd", "./-")).toEqual(["./-q.yaml"]);
  });

  test("what cannot be read has fewer words, and is no error", async () => {
    expect(await words("plan", "--environment", "")).toEqual(["staging"]);
    expect(await words("plan", "-C", "broken", "--environment", "")).toEqual([]);
    expect(await words("who-uses", "-C", "broken", "")).toEqual([]);
    expect(await words("who-uses", "--config", "nowhere.yaml", "")).toEqual([]);
    expect(await words("who-uses", "--config", "/dev/stdin", "")).toEqual([]);
    expect(await words("plan", "nowhere/")).toEqual([]);
    expect(await words("plan", "-C", "campaigns/a.yaml", "")).toEqual([]);
  });
});
