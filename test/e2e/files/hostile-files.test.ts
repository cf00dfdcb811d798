import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { escapeText } from "../../../src/text/invisible.ts";
import { type RawServer, startRawServer } from "../../support/network/raw-server.ts";
import { makeWorkspace, runCli, type Workspace } from "../../support/program/cli.ts";
import { campaignFile } from "../../support/program/world.ts";
import { audienceId, binding, campaignId } from "../../support/samples/bindings.ts";

const open: { readonly workspace: Workspace; readonly server: RawServer }[] = [];
afterEach(async () => {
  for (const { workspace, server } of open.splice(0)) {
    workspace.remove();
    await server.close();
  }
});

const ENTRY = `{ audienceId: ${audienceId(1)}, type: segment }`;
const INCLUDE = `include: [${ENTRY}]\n`;
const ID = `campaignId: ${campaignId(1)}\n`;
const VALID = ID + INCLUDE;

function billionLaughs(): string {
  const names = [..."abcdefghi"];
  const list = (name: string, index: number) =>
    `${name}: &${name} [${Array(9)
      .fill(index === 0 ? "lol" : `*${names[index - 1]}`)
      .join(", ")}]\n`;
  return names.map(list).join("");
}

/** File names by case, each with its content and the codes that it is told for; a code ends with its place. */
const FILES: Readonly<Record<string, readonly [content: string | Buffer, ...told: readonly string[]]>> = {
  "01-laughs": [billionLaughs(), "anchor-not-allowed:1:4", "alias-not-allowed:2:8"],
  "02-anchor": [`${VALID}labels: &x { a: b }\n`, "anchor-not-allowed:3:9"],
  "02-merge": [`${VALID}<<: *x\n`, "merge-key-not-allowed:3:1"],
  "03-cycle": [`${ID}include: &a [*a]\n`, "anchor-not-allowed:2:10", "alias-not-allowed:2:14"],
  "04-deep": [`${"[".repeat(10_000)}${"]".repeat(10_000)}`, "nesting-too-deep"],
  "04-open": ["[".repeat(65_000), "nesting-too-deep"],
  "05-broken": ['a: "\n'.repeat(13_000), "yaml-syntax:1:4", "more-errors"],
  "06-scalar": [`${VALID}name: ${"x".repeat(2 ** 20)}\n`, "file-too-large"],
  "06-entries": [`${ID}include:\n${`  - ${ENTRY}\n`.repeat(100_000)}`, "file-too-large"],
  "07-twice": [`${VALID}name: a\nname: b\n`, "duplicate-key:4:1"],
  "09-latin-1": [Buffer.from(`${VALID}name: \u00fc\n`, "latin1"), "invalid-encoding:3:7"],
  "09-utf-16": [Buffer.from(VALID, "utf16le"), "invalid-encoding"],
  "10-nul": [`${VALID}name: a\0b\n`, "control-character:3:8"],
  "11-two": [`${VALID}---\n${VALID}`, "several-documents:3:1"],
  "12-empty": ["", "empty-file"],
  "12-comment": ["# nothing\n", "empty-file"],
  "12-tilde": ["~\n", "empty-file"],
  "13-missing": [ID, "missing-key:1:1"],
  "13-null": [`${ID}include:\n`, "empty-include:2:9"],
  "13-map": [`${ID}include: ${ENTRY}\n`, "wrong-type:2:10"],
  "14-none": [`${ID}include: []\n`, "empty-include:2:10"],
  "15-float": [`campaignId: 12e45678\n${INCLUDE}`, "quote-needed:1:13"],
  "15-date": [`campaignId: 2024-01-01\n${INCLUDE}`, "invalid-id:1:13"],
  "16-large": [`${VALID}name: 9007199254740993\n`, "number-too-large:3:7"],
  "17-homoglyph": [`c\u0430mpaignId: ${campaignId(1)}\n${INCLUDE}`, "unknown-key:1:1"],
  "17-space": [`${VALID}name\u00a0: x\n`, "unknown-key:3:1"],
  "18-proto": [`${VALID}__proto__: { a: b }\nconstructor: x\n`, "unknown-key:3:1", "unknown-key:4:1"],
  "19-tag": [`${VALID}name: !!js/function x\n`, "tag-not-allowed:3:7"],
  "20-braces": [`campaignId: "{${campaignId(1)}}"\n${INCLUDE}`, "invalid-id:1:13"],
  "21-twice": [`${VALID}exclude: [${ENTRY}]\n`, "repeated-audience:3:25"],
  "22-one": [VALID.replace(campaignId(1), campaignId(22)), "repeated-campaign:1:1"],
  "22-two": [VALID.replace(campaignId(1), campaignId(22)), "repeated-campaign:1:1"],
  "25-\u001b[2J\n\u202e": [`${VALID}nme: x\n`, "unknown-key:3:1"],
};

async function worldOf(files: Readonly<Record<string, string | Buffer>>) {
  const workspace = makeWorkspace();
  const folder = join(workspace.path, "campaigns");
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, `${name}.yaml`), content);
  const server = await startRawServer(() => undefined);
  open.push({ workspace, server });
  const env = { EXPERITURE_API_URL: `${server.url}/public/v1`, NODE_OPTIONS: "--max-old-space-size=64" };
  return { folder, server, apply: () => runCli(["apply", "--yes"], { cwd: workspace.path, env }) };
}

/** What no file content can be: links, pipes, folders. */
function addOddities(folder: string): readonly string[] {
  mkdirSync(join(folder, "23-folder.yaml"));
  execFileSync("mkfifo", [join(folder, "23-pipe.yaml")]);
  symlinkSync("23-loop.yaml", join(folder, "23-loop.yaml"));
  symlinkSync("/dev/zero", join(folder, "23-zero.yaml"));
  symlinkSync("/etc/hosts", join(folder, "23-out.yaml"));
  return [
    "not-a-regular-file campaigns/23-folder.yaml",
    "not-a-regular-file campaigns/23-pipe.yaml",
    "symlink-refused campaigns/23-loop.yaml",
    "symlink-refused campaigns/23-zero.yaml",
    "symlink-refused campaigns/23-out.yaml",
  ];
}

test("cases 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25: told at its place, all in one apply with a heap of 64 MiB; nothing is sent, exit 3", async () => {
  const { folder, server, apply } = await worldOf(
    Object.fromEntries(Object.entries(FILES).map(([name, [content]]) => [name, content])),
  );
  const oddities = addOddities(folder);
  const { code, stdout, stderr } = await apply();
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(server.connections()).toBe(0);
  expect(stderr).not.toMatch(/\n\s+at /);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  const told = [...stderr.matchAll(/^error\[([a-z-]+)\] (.*)$/gm)].map(
    ([, name, place]) => `${name} ${place}`,
  );
  for (const oddity of oddities) expect(told).toContain(oddity);
  for (const [name, [, ...expected]] of Object.entries(FILES)) {
    for (const each of expected) {
      const [known, ...position] = each.split(":");
      const place = [`campaigns/${escapeText(name)}.yaml`, ...position].join(":");
      expect(
        told.some((line) => line.startsWith(`${known} ${place}`)),
        `${each} of ${name}`,
      ).toBe(true);
    }
  }
  expect(told.filter((line) => line.includes("05-broken"))).toHaveLength(21);
  expect(told.filter((line) => line.includes("04-"))).toHaveLength(2);
});

test("case 24: one file that cannot be read refuses the whole apply; nothing is sent, exit 3", async () => {
  const { folder, server, apply } = await worldOf({ fine: campaignFile(campaignId(1), binding([1])) });
  symlinkSync("gone.yaml", join(folder, "broken.yaml"));
  const { code, stdout, stderr } = await apply();
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/^error\[file-unreadable\] campaigns\/broken\.yaml$/m);
  expect(server.connections()).toBe(0);
});
