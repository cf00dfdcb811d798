import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { makeWorkspace, type Workspace } from "../support/program/cli.ts";
import { runHere } from "../support/program/run-here.ts";
import { audienceId, campaignId } from "../support/samples/bindings.ts";

const open: Workspace[] = [];
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.remove();
});

const FILES = {
  "campaignctl.yaml":
    "version: 1\nenvironments:\n  staging: { partial: true, apiUrl: https://staging.example.com/v1 }\n  production: {}\n",
  "audiences.yaml": `audiences:
  vip: { audienceId: ${audienceId(1)}, type: segment }
  best: { audienceId: ${audienceId(1).toUpperCase()}, type: segment }
  unsubscribed: { audienceId: { staging: ${audienceId(3)}, production: ${audienceId(4)} }, type: audience }
groups:
  legal: [unsubscribed]
  baseline: [legal]
  idle: [vip]
`,
  "campaigns/a.yaml": `campaignId: ${campaignId(1)}\nname: Spring\ninclude:\n  - vip\nexclude:\n  - baseline\n  - { audienceId: ${audienceId(9)}, type: segment }\n`,
  "campaigns/b.yaml": `campaignId: { production: ${campaignId(2)} }\ninclude:\n  - { audienceId: ${audienceId(1)}, type: segment }\nexclude: [unsubscribed, legal]\n`,
};

function run(
  args: readonly string[],
  files: Readonly<Record<string, string>> = FILES,
  env: Record<string, string> = {},
) {
  const workspace = makeWorkspace(files);
  open.push(workspace);
  return runHere(args, { cwd: workspace.path, env: { EXPERITURE_TOKEN: "", ...env } });
}

const usesOf = async (...args: readonly string[]) => {
  const { code, json } = await run(["who-uses", ...args, "--json"]);
  const { uses, audience, kind } = json() as {
    kind: string;
    audience: object;
    uses: {
      campaignId: string;
      list: string;
      via: string[];
      source: { file: string; line: number; column: number };
    }[];
  };
  expect([code, kind]).toEqual([0, "who-uses"]);
  const places = uses.map(({ campaignId: id, list, via, source: { file, line, column } }) => [
    id === null ? null : Number(id.slice(-1)),
    list,
    via,
    `${file}:${line}:${column}`,
  ]);
  return { audience, uses: places };
};

describe("who-uses", () => {
  const VIP = [
    [1, "include", [], "campaigns/a.yaml:4:5"],
    [2, "include", [], "campaigns/b.yaml:3:19"],
  ];

  test("an audience by its name: also by another name, and by its id", async () => {
    const named = { name: "vip", audienceId: audienceId(1), type: "segment" };
    expect(await usesOf("vip", "--environment", "production")).toEqual({ audience: named, uses: VIP });
    expect((await usesOf("best", "--environment", "production")).uses).toEqual(VIP);
    expect(await usesOf(audienceId(1).toUpperCase(), "--environment", "production")).toEqual({
      audience: named,
      uses: VIP,
    });
  });

  test("one use for each word, with the shortest way through groups", async () => {
    expect(await usesOf("unsubscribed", "--environment", "production")).toEqual({
      audience: { name: "unsubscribed", audienceId: audienceId(4), type: "audience" },
      uses: [
        [1, "exclude", ["baseline", "legal"], "campaigns/a.yaml:6:5"],
        [2, "exclude", [], "campaigns/b.yaml:4:11"],
        [2, "exclude", ["legal"], "campaigns/b.yaml:4:25"],
      ],
    });
  });

  test("a group: by its own name, and by groups that it is in", async () => {
    expect(await usesOf("legal", "--environment", "production")).toEqual({
      audience: {
        name: "legal",
        members: [{ name: "unsubscribed", audienceId: audienceId(4), type: "audience" }],
      },
      uses: [
        [1, "exclude", ["baseline"], "campaigns/a.yaml:6:5"],
        [2, "exclude", [], "campaigns/b.yaml:4:25"],
      ],
    });
    expect((await usesOf("idle")).uses).toEqual([]);
  });

  test("an id that the catalogue lacks and a file has", async () => {
    expect(await usesOf(audienceId(9))).toEqual({
      audience: { name: null, audienceId: audienceId(9), type: "segment" },
      uses: [[1, "exclude", [], "campaigns/a.yaml:7:19"]],
    });
  });

  test("without an environment ids for all of them count; in a partial one what is left out does not", async () => {
    expect((await usesOf(audienceId(3))).uses).toHaveLength(3);
    expect((await usesOf("unsubscribed")).audience).toMatchObject({ audienceId: null });
    expect((await usesOf("vip", "--environment", "staging")).uses).toEqual([VIP[0]]);
  });

  test("an id of another environment, or of a campaign that is left out, is 3 and told as that", async () => {
    const other = await run(["who-uses", audienceId(3).toUpperCase(), "--environment", "production"]);
    expect([other.code, other.stdout]).toEqual([3, ""]);
    expect(other.stderr).toContain(
      `"${audienceId(3).toUpperCase()}" is the id of "unsubscribed" in the environment "staging", and no id in "production".`,
    );
    expect(other.stderr).toContain("Ask for unsubscribed, or with --environment staging.");
    const files = {
      ...FILES,
      "campaigns/b.yaml": `campaignId: { production: ${campaignId(2)} }\ninclude:\n  - { audienceId: ${audienceId(7)}, type: segment }\n`,
    };
    const left = await run(["who-uses", audienceId(7), "--environment", "staging"], files);
    expect([left.code, left.stdout]).toEqual([3, ""]);
    expect(left.stderr).toContain(
      `Only campaigns that the environment "staging" leaves out know "${audienceId(7)}", such as that of campaigns/b.yaml.`,
    );
    const nowhere = await run(["who-uses", audienceId(8), "--environment", "staging"], files);
    expect(nowhere.stderr).toContain(
      `Neither audiences.yaml nor any campaign file knows "${audienceId(8)}".`,
    );
  });

  test("as text and as Markdown, with the place of each word", async () => {
    const text = await run(["who-uses", "unsubscribed", "--environment", "production"]);
    expect(text.stdout).toBe(
      `unsubscribed (audience, ${audienceId(4)}) is used by 2 campaigns: included in 0, excluded in 2.\n` +
        "  campaigns/a.yaml:6:5   exclude  Spring     by way of baseline, legal\n" +
        "  campaigns/b.yaml:4:11  exclude  (no name)\n" +
        "  campaigns/b.yaml:4:25  exclude  (no name)  by way of legal\n",
    );
    const markdown = await run(["who-uses", "vip", "--format", "markdown"]);
    expect(markdown.stdout).toContain("| Spring | include |  | `campaigns/a.yaml:4:5` |");
    expect((await run(["who-uses", "idle"])).stdout).toBe(
      "idle (group of 1 audience) is used by no campaign.\n",
    );
  });

  test("a name or an id that is nowhere is 3, with what was meant; so is a file with a mistake", async () => {
    const nowhere = await run(["who-uses", "vpi"]);
    expect([nowhere.code, nowhere.stdout]).toEqual([3, ""]);
    expect(nowhere.stderr).toContain("Did you mean vip?");
    expect((await run(["who-uses", audienceId(8)])).code).toBe(3);
    const wrong = await run(["who-uses", "vip"], { ...FILES, "campaigns/c.yaml": "campaignId: x\n" });
    expect([wrong.code, wrong.stdout]).toEqual([3, ""]);
    expect(wrong.stderr).toContain("error[invalid-id] campaigns/c.yaml:1:13");
  });
});

describe("environments", () => {
  test("as a matrix for a workflow, and as lines", async () => {
    expect((await run(["environments", "--format", "json"])).json()).toEqual({
      include: [
        { environment: "staging", apiUrl: "https://staging.example.com/v1" },
        { environment: "production", apiUrl: "https://api.experiture.ai/public/v1" },
      ],
    });
    expect((await run(["environments"])).stdout).toBe(
      "staging     https://staging.example.com/v1  (partial)\nproduction  https://api.experiture.ai/public/v1\n",
    );
  });

  test("of a project that lists none, and of one with a mistake", async () => {
    const none = await run(["environments", "--json"], {});
    expect([none.code, none.json()]).toEqual([0, { include: [] }]);
    const wrong = await run(["environments", "--json"], { "campaignctl.yaml": "version: 2\n" });
    expect([wrong.code, wrong.stdout]).toEqual([3, ""]);
  });
});

describe("schema", () => {
  test("goes to stdout or to a file, and knows the names", async () => {
    const printed = await run(["schema"]);
    expect(printed.code).toBe(0);
    expect(JSON.stringify(printed.json())).toContain('"const":"unsubscribed"');
    const workspace = makeWorkspace(FILES);
    open.push(workspace);
    const written = await runHere(["schema", "--out", "campaign.schema.json"], { cwd: workspace.path });
    expect([written.code, written.stdout]).toEqual([0, ""]);
    expect(readFileSync(join(workspace.path, "campaign.schema.json"), "utf8")).toBe(printed.stdout);
  });

  test("is not made of a catalogue with a mistake, nor over a YAML file", async () => {
    const wrong = await run(["schema"], { "audiences.yaml": "audiences: []\n" });
    expect([wrong.code, wrong.stdout]).toEqual([3, ""]);
    expect((await run(["schema", "--out", "audiences.yaml"])).code).toBe(3);
  });
});

describe("a secret of this run in the catalogue is an error, and shown nowhere", () => {
  const SECRET = "my-secret-token-12345";
  const files = {
    "audiences.yaml": `audiences:\n  ${SECRET}: { audienceId: { eu: ${audienceId(1)} }, type: segment }\ngroups:\n  g: [${SECRET}]\n`,
    "campaigns/a.yaml": `campaignId: ${campaignId(1)}\ninclude:\n  - g\nexclude:\n  - g\n`,
  };

  test.each([
    ["validate", ["validate"]],
    ["plan", ["plan"]],
    ["schema", ["schema"]],
    ["who-uses", ["who-uses", "g", "--format", "json"]],
    ["who-uses of another name", ["who-uses", "my-secret-token-1234"]],
  ])("%s", async (_, args) => {
    const { code, stdout, stderr } = await run(args, files, { EXPERITURE_TOKEN: SECRET });
    expect(code).toBe(3);
    expect(`${stdout}${stderr}`).toContain("audiences.yaml:2:3");
    expect(`${stdout}${stderr}`).toContain("holds the token or the client secret of this run");
    expect(`${stdout}${stderr}`).not.toContain(SECRET);
  });
});
