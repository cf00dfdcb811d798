// docs/diagnostics.md: a section for each code, with a fixture and what the built program says about it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareCase, readCase } from "../../test/fixtures/diagnostics/prepare.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = join(root, "dist/cli.js");

/** Codes and summaries from the source, which Node 20 cannot import. */
function catalogue() {
  const source = readFileSync(join(root, "src/domain/diagnostics.ts"), "utf8");
  const [, list] = /const SUMMARIES = \{(.*?)\} as const/s.exec(source) ?? [];
  if (list === undefined) throw new Error("src/domain/diagnostics.ts has no list of summaries");
  return [...list.matchAll(/^ {2}"([a-z-]+)": "(.*)",$/gm)].map(([, code, summary]) => ({ code, summary }));
}

function section({ code, summary }, isShown = (block) => block.includes(`[${code}]`)) {
  const { about, command, make = [] } = readCase(code);
  const head = `## \`${code}\`\n\n**${summary}.** ${about}\n`;
  if (command.length === 0) return head;
  const folder = mkdtempSync(join(tmpdir(), "campaignctl-docs-"));
  try {
    prepareCase(code, folder);
    const files = [...filesBelow(folder, make), ...make.map(describeMade)];
    const call = ["campaignctl", ...command]
      .map((word) => (word.includes(" ") ? `"${word}"` : word))
      .join(" ");
    return `${head}\n${files.join("\n")}\n${fenced("console", `$ ${call}\n${run(command, folder, isShown)}`)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesBelow(folder, made) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((name) => !made.some(({ path }) => path === name));
  return names.sort().map((name) => file(name, readFileSync(join(folder, name), "utf8")));
}

/** The name stands above, so that the lines are those that the program counts. */
function file(name, text) {
  const [, path, note = ""] = /^(\S+)(.*)$/.exec(name);
  return `\`${path}\`${note}:\n\n${fenced("yaml", text)}`;
}

function describeMade({ path, kind, target, text, times = 1, encoding }) {
  switch (kind) {
    case "folder":
      return `\`${path}\` is a folder with nothing in it.\n`;
    case "link":
      return `\`${path}\` is a symbolic link to \`${target}\`.\n`;
    case "pipe":
      return `\`${path}\` is a named pipe.\n`;
    default: {
      const saved = encoding === undefined ? "" : ` (saved as ${encoding})`;
      if (times > 1) return `\`${path}\` is ${times} times the line \`${text.trim()}\`.\n`;
      return file(`${path}${saved}`, text.replaceAll("\0", "<U+0000>"));
    }
  }
}

function run(command, cwd, isShown) {
  // `plan` stops at the files, so nothing is ever asked of this address.
  const env = {
    PATH: process.env.PATH,
    NO_COLOR: "1",
    EXPERITURE_TOKEN: "x",
    EXPERITURE_API_URL: "http://127.0.0.1:9",
  };
  const { status, stderr } = spawnSync(process.execPath, [program, ...command], {
    cwd,
    env,
    encoding: "utf8",
  });
  const blocks = stderr.trim().split("\n\n").filter(isShown);
  const isWarning = blocks.some((block) => block.startsWith("warning"));
  const expected = isWarning && !command.includes("--strict") ? 0 : 3;
  if (status !== expected || blocks.length === 0)
    throw new Error(`${command.join(" ")}: exit ${status}, and it said:\n${stderr}`);
  return `${blocks.join("\n\n")}\n`;
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

/** The whole page. */
export function diagnosticsPage() {
  return `# Diagnostics

What \`campaignctl\` says about files, by code. Codes are stable: scripts may rely on them. Unless a section says
otherwise each is an error: nothing is sent, and the exit code is 3. Of each file at most 20 are shown.

This page is made by \`npm run docs\` from \`test/fixtures/diagnostics\`.

${catalogue()
  .map((entry) => section(entry))
  .join("\n")}`;
}

/** One fixture and all that is said of it, to be shown elsewhere. */
export function diagnosticExample(code) {
  const { summary } = catalogue().find((entry) => entry.code === code);
  return section({ code, summary }, () => true)
    .split("\n")
    .slice(4)
    .join("\n")
    .trim();
}
