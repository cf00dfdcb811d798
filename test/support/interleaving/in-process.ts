import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { runStep } from "../../../src/action/main.ts";
import type { Runner } from "../../../src/action/runner.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import type { FakeGitHub } from "../fake-github/server.ts";
import { commandFile, eventFile, runnerVariables } from "../runner/environment.ts";
import type { RunEvent } from "../runner/events.ts";

/** One step of the Action in this process. */
export type StepOptions = {
  readonly github: FakeGitHub;
  readonly event: RunEvent;
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** From 1; more for a run that is started again. */
  readonly attempt?: number;
};

/** What a step came to. */
export type StepRun = {
  readonly code: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Notices, warnings and errors. */
  readonly told: readonly string[];
};

/** Runs a step as the bundle does, in this process and with a clock of the test's own: many steps in a second. */
export async function runInProcess(options: StepOptions): Promise<StepRun> {
  const { github, event, workspace, inputs, clock, attempt = 1 } = options;
  const root = mkdtempSync(join(tmpdir(), "campaignctl-run-"));
  const folder = { root, temporary: join(root, "_temp") };
  const { repository, serverUrl, url: apiUrl } = github;
  const facts = { event, repository, serverUrl, apiUrl, workflow: "Campaigns", workspace, actionPath: root };
  const variables = { ...runnerVariables(facts, folder), GITHUB_RUN_ATTEMPT: String(attempt) };
  const dispatcher = getGlobalDispatcher();
  try {
    mkdirSync(folder.temporary);
    for (const file of [eventFile(folder), commandFile(folder, "GITHUB_OUTPUT")]) {
      mkdirSync(dirname(file), { recursive: true });
    }
    writeFileSync(eventFile(folder), JSON.stringify(event.payload));
    const { runner, run } = recording({ "github-token": github.token, ...inputs });
    const code = await runStep(runner, variables, { clock, random: () => 0 });
    return { code, ...run() };
  } finally {
    // A run takes the dispatcher of the whole process.
    const own = getGlobalDispatcher();
    setGlobalDispatcher(dispatcher);
    if (own !== dispatcher) await own.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** A runner that writes down what it is told. */
function recording(inputs: Readonly<Record<string, string>>) {
  const outputs: Record<string, string> = {};
  const told: string[] = [];
  let summary = "";
  const tell = (message: string) => void told.push(message);
  const runner: Runner = {
    input: (name) => inputs[name] ?? "",
    mask: () => undefined,
    output: (name, value) => {
      outputs[name] = value;
    },
    summary: async (markdown) => {
      summary = markdown;
    },
    annotate: (_level, _place, message) => tell(message),
    notice: tell,
    warning: tell,
    fail: tell,
    log: () => undefined,
  };
  return { runner, run: () => ({ outputs, told, summary }) };
}
