import { appendFileSync, writeFileSync } from "node:fs";
import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { runStep } from "../../../src/action/main.ts";
import type { Runner } from "../../../src/action/runner.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import { breakCommands, maskedForms } from "../../../src/github/run/log-text.ts";
import { seededRandom } from "../chance/seeded-random.ts";
import type { Ended, Step } from "./runner.ts";

/** Steps under way, and what the global fetch asked with before the first of them. */
let underWay = 0;
let before = getGlobalDispatcher();

/** Whether something is to be done to the process of a step, or in it before it begins. */
export function needsProcess({ env, onStart }: Partial<Pick<Step, "env" | "onStart">>): boolean {
  return onStart !== undefined || env?.NODE_OPTIONS !== undefined;
}

/** For `runAction`: the Action's own code in this process, at the time of a clock. A fraction of what a process costs. */
export function stepHere(clock: Clock): (step: Step) => Promise<Ended> {
  return async ({ env, onStart }) => {
    if (needsProcess({ env, onStart })) {
      throw new Error("What needs a process of its own is a test of the built Action.");
    }
    const lines: string[] = [];
    if (underWay === 0) before = getGlobalDispatcher();
    underWay += 1;
    try {
      const code = await runStep(runnerOf(env, lines), env, { clock, random: seededRandom(7) });
      return { code, lines };
    } finally {
      underWay -= 1;
      // Each step sets one of its own for the whole process, which as a process would not end before its last answer.
      const own = getGlobalDispatcher();
      if (underWay === 0) setGlobalDispatcher(before);
      if (underWay === 0 && own !== before) await own.close();
    }
  };
}

/** Says and leaves what `openRunner` would through the toolkit, without this process's own streams and variables. */
function runnerOf(env: Step["env"], lines: string[]): Runner {
  const say = (text: string): void => {
    for (const line of text.split("\n")) lines.push(line.replace(/\r$/, ""));
  };
  const command = (
    name: string,
    message: string,
    properties: Readonly<Record<string, unknown>> = {},
  ): void => {
    const told = Object.entries(properties).filter(([, value]) => value !== null);
    const list = told.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(",");
    say(`::${name}${list === "" ? "" : ` ${list}`}::${escapeData(message)}`);
  };
  return {
    input: (name) => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim(),
    mask(secrets) {
      for (const form of new Set(secrets.flatMap(maskedForms))) command("add-mask", form);
    },
    output: (name, value) =>
      appendFileSync(env.GITHUB_OUTPUT ?? "", `${name}<<end-of-it\n${value}\nend-of-it\n`),
    async summary(markdown) {
      writeFileSync(env.GITHUB_STEP_SUMMARY ?? "", `${markdown}\n`);
    },
    annotate: (level, { file, line, column, title }, message) =>
      command(level, message, { title, file, line, col: column }),
    notice: (message) => command("notice", message),
    warning: (message) => command("warning", message),
    fail: (message) => command("error", message),
    log: (text) => say(breakCommands(text.replace(/\n$/, ""))),
  };
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
