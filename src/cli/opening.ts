import type { ValidDeclarations } from "../commands/declare.ts";
import { type Opening, openPlanner, type Planner } from "../commands/open.ts";
import { type DestinationFlags, resolveSettings, type Settings } from "../commands/settings.ts";
import { takeShard } from "../commands/take-shard.ts";
import type { Project } from "../declarations/project.ts";
import { exitCodeOf } from "../domain/exit-codes.ts";
import type { Exchange } from "../experiture/observed.ts";
import { type Interruption, listenForSignals } from "../host/signals.ts";
import { escapeText } from "../text/invisible.ts";
import type { ReadingFlags } from "./common-options.ts";
import { declareOrExplain } from "./declared.ts";
import { warn } from "./explain.ts";
import { checkResultFiles } from "./result-files.ts";
import type { Session } from "./terminal/session.ts";

/** Where and as whom to run. A variable that leads elsewhere than the chosen environment is told on stderr. */
export function settle(flags: DestinationFlags, project: Project | null, session: Session): Settings {
  const settings = resolveSettings(flags, session.variables, project);
  const { apiUrl, environment, beatenUrl } = settings;
  if (beatenUrl !== null) {
    warn(
      `EXPERITURE_API_URL beats the project file: this run goes to ${apiUrl}, not to ${beatenUrl}, the apiUrl of environment "${escapeText(environment ?? "")}".`,
      session,
    );
  }
  return settings;
}

/** What a command asks the API with. The first refusal for rate is told on stderr, and each request if asked for. */
export function openingFor(
  settings: Settings,
  { parallelism }: { readonly parallelism: number },
  { variables, machine, stderr, asides, isDebug }: Session,
): Opening {
  return {
    settings,
    variables,
    parallelism,
    ...(machine === undefined ? {} : { machine }),
    notice: (sentence) => asides.write(`${sentence}\n`),
    ...(isDebug ? { onExchange: (exchange) => stderr.write(`${exchangeLine(exchange)}\n`) } : {}),
  };
}

/** What a request came to, in a line. Nothing that was sent or received but an id that the API made for it. */
function exchangeLine({ method, path, outcome, ms, correlationId }: Exchange): string {
  const id = correlationId === null ? "" : ` correlation id ${correlationId}`;
  return escapeText(`debug: ${method} ${path} ${outcome} ${Math.round(ms)} ms${id}`);
}

/** Does some work that a signal interrupts, which is told on stderr. */
export async function listening<T>(
  { stderr }: Session,
  interrupted: string,
  work: (interruption: Interruption) => Promise<T>,
): Promise<T> {
  const say = (line: string): void => stderr.write(`${line}\n`);
  const interruption = listenForSignals({ interrupted, say, stream: "stderr" });
  try {
    return await work(interruption);
  } finally {
    interruption.dispose();
  }
}

/** What a command that only reads works with: it has no way to write. */
type Reading = {
  readonly declared: ValidDeclarations;
  readonly settings: Settings;
  readonly planner: Planner;
  readonly signal: AbortSignal;
};

/**
 * Reads the files, opens the API, does the work of a command that never writes, and takes everything down again.
 *
 * @param interrupted is told on stderr at the first signal.
 * @returns the exit code; 3 when the files have errors.
 */
export async function withReading(
  flags: ReadingFlags,
  session: Session,
  interrupted: string,
  work: (reading: Reading) => Promise<number>,
): Promise<number> {
  checkResultFiles([["--out", flags.out]], [["--config", flags.config]]);
  const all = await declareOrExplain(flags, session);
  if (all === null) return exitCodeOf(["invalid"]);
  const declared = takeShard(all, flags.shard);
  const settings = settle(flags, declared.project, session);
  return openPlanner(openingFor(settings, flags, session), (planner) =>
    listening(session, interrupted, ({ signal }) => work({ declared, settings, planner, signal })),
  );
}
