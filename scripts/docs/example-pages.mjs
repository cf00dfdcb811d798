// Examples in pages: files as they are, and what the built program prints about them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { changeFiles, weakenRules, withChangedExamples } from "./changed-page.mjs";
import { diagnosticExample } from "./diagnostics.mjs";
import { inScene } from "./scene.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = join(root, "dist/cli.js");
const SHOWN_URL = "http://127.0.0.1:4010/public/v1";
const SHOWN_TIME = "2026-11-24 10:00 UTC";
const SHOWN_COMMIT = "1f0c2b7";
// What is live in the examples was counted on 2026-04-25, seen from there.
const SHOWN_AGE = "7 months ago";

async function startSandbox() {
  const child = spawn(process.execPath, [program, "sandbox", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, url: line.replace("listening on ", "") };
  }
  throw new Error("The sandbox did not start.");
}

/** What a command prints on stdout in the folder of examples, with the port and the time that a reader would see. */
async function run(command, url, cwd = join(root, "examples"), expected = 0) {
  const [, ...args] = command.split(" ");
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      EXPERITURE_API_URL: url,
      EXPERITURE_TOKEN: "any",
      CAMPAIGNCTL_ENVIRONMENT: "production",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, said, [code]] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    once(child, "exit"),
  ]);
  if (code !== expected) throw new Error(`${command} ended with ${code}: ${said}`);
  return output
    .replaceAll(url, SHOWN_URL)
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC$/m, SHOWN_TIME)
    .replaceAll(/(?<=counted )\d+ \w+ ago/g, SHOWN_AGE);
}

/** What a command prints in examples/ where the files of a scene stand in for some of them, and rules refuse that. */
async function refused(argument, url) {
  const [scene, ...words] = argument.split(" ");
  const command = words.join(" ");
  return inScene(scene, async (cwd) => `$ ${command}\n${await run(command, url, cwd, 6)}`);
}

function fenced(language, content) {
  return `\`\`\`${language}\n${content.trimEnd()}\n\`\`\``;
}

/** What a pull request changes, and what a command prints of it; the commit is called the same whatever it is. */
async function changed(command, url, change) {
  return withChangedExamples(join(root, "examples"), change, async ({ folder, commit, diff }) => {
    const output = await run(command, url, folder);
    const shown = `$ git diff --stat main\n${diff}\n$ ${command}\n${output}`;
    return shown.replaceAll(commit, SHOWN_COMMIT);
  });
}

async function example(kind, argument, { url, name }) {
  switch (kind) {
    case "file":
      return fenced("yaml", readFileSync(join(root, argument), "utf8"));
    case "run":
      return fenced("console", `$ ${argument}\n${await run(argument, url)}`);
    case "changed":
      return fenced("console", await changed(argument, url, changeFiles));
    case "weakened":
      return fenced("console", await changed(argument, url, weakenRules));
    case "refused":
      return fenced("console", await refused(argument, url));
    case "mistake":
      return diagnosticExample(argument);
    default:
      throw new Error(`${name} asks for docs:${kind}, which there is not.`);
  }
}

/** A page with every example between its markers made anew. */
export async function examplePage(name) {
  const { child, url } = await startSandbox();
  try {
    let page = readFileSync(join(root, name), "utf8");
    for (const [whole, kind, argument] of page.matchAll(/<!-- docs:(\w+) (.*?) -->.*?<!-- \/docs -->/gs)) {
      const made = await example(kind, argument, { url, name });
      page = page.replace(whole, () => `<!-- docs:${kind} ${argument} -->\n\n${made}\n\n<!-- /docs -->`);
    }
    return page;
  } finally {
    child.kill("SIGTERM");
  }
}
