import { Writable } from "node:stream";
import { runCommandLine } from "../../../src/cli/main.ts";
import type { Machine } from "../../../src/commands/open.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import { seededRandom } from "../chance/seeded-random.ts";
import { environment, IS_BUILT, type Ran, ROOT, type RunOptions, runCli } from "./cli.ts";

/** Variables that Node itself reads, once. */
const READ_AT_START = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "TZ", "LC_ALL"];

/** Names of what a process was opened with. */
const DESCRIPTOR = /^-$|^\/(?:dev|proc)\//;

/** What is under way: the working folder belongs to all of a process. */
let underWay = false;

/**
 * The program's own code in the test's process, for what it says, writes and sends: a tenth of what a process costs. What
 * only a process has, such as a pipe, runs the built program, and so does all with `BUILT=1`.
 *
 * @param clock whose time it takes; of this machine, when left out.
 */
export async function runHere(
  args: readonly string[],
  options: RunOptions = {},
  clock?: Clock,
): Promise<Ran> {
  const { cwd = ROOT, env = {}, ...rest } = options;
  const own =
    Object.keys(rest).length > 0 ||
    READ_AT_START.some((name) => name in env) ||
    args.some((arg) => DESCRIPTOR.test(arg));
  if (own || IS_BUILT) return runCli(args, options);
  if (underWay) throw new Error("Only runCli runs beside another one.");
  const before = process.cwd();
  const [stdout, stderr] = [collector(), collector()];
  const host = hostOf(args, stdout.stream, stderr.stream);
  underWay = true;
  try {
    process.chdir(cwd);
    await runCommandLine(host, environment(env), "README.md", machineOf(clock));
  } finally {
    process.chdir(before);
    underWay = false;
  }
  const told = { code: Number(host.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  return { ...told, json: () => JSON.parse(told.stdout) };
}

function machineOf(clock: Clock | undefined): Machine | undefined {
  return clock === undefined ? undefined : { clock, random: seededRandom(7) };
}

/** As much of a process as the command line asks for: nobody types, nobody sends signals, and its exit is left to the test. */
function hostOf(args: readonly string[], stdout: Writable, stderr: Writable): NodeJS.Process {
  const none = () => undefined;
  return {
    argv: ["node", "campaignctl", ...args],
    stdin: { isTTY: false },
    stdout,
    stderr,
    exitCode: undefined,
    cwd: () => process.cwd(),
    chdir: (folder: string) => process.chdir(folder),
    once: none,
  } as unknown as NodeJS.Process;
}

function collector(): { readonly stream: Writable; text(): string } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      pieces.push(piece);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(pieces).toString("utf8") };
}
