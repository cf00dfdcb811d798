import type { Condition } from "../domain/exit-codes.ts";
import type { Report } from "../domain/model.ts";
import type { Clock, ProgressEvent, Variables } from "../domain/ports.ts";
import { TOOL, USER_AGENT } from "../domain/tool.ts";
import { type Connection, type ConnectionSettings, connect } from "../experiture/connection.ts";
import { readLastCheckedFile, writeLastCheckedFile } from "../files/last-checked-file.ts";
import { allowedBy, NOTHING_ALLOWED } from "../guardrails/allowed.ts";
import { systemClock } from "../host/clock.ts";
import { afterRun, type LastChecked } from "../plan/last-checked.ts";
import { asLeftBy } from "../plan/revert.ts";
import { sizingWords } from "../render/page/people-words.ts";
import { THROTTLED } from "../render/progress.ts";
import { type Applying, type ApplyOrder, beginApply } from "./apply.ts";
import type { ValidDeclarations } from "./declare.ts";
import { conditionsOfPlan, type MadePlan, type PlanInput, plan } from "./plan.ts";
import type { Settings } from "./settings.ts";
import { type Waited, type WaitInput, type WaitPorts, wait } from "./wait.ts";

/** The clock and the chance of a machine; `random` gives from 0 up to 1. */
export type Machine = { readonly clock: Clock; readonly random: () => number };

/** Those of this machine. Nothing else takes them from it. */
export const MACHINE: Machine = { clock: systemClock, random: Math.random };

/** What a run asks the API with. Nothing is taken from the process behind its back. */
export type Opening = {
  readonly settings: Settings;
  /** For the proxies that they name. */
  readonly variables: Variables;
  /** Most requests in flight, at least 1. */
  readonly parallelism: number;
  /** Says a sentence about the run, such as that the API slows it down. */
  readonly notice?: (sentence: string) => void;
  /** This machine, when left out. */
  readonly machine?: Machine;
} & Pick<ConnectionSettings, "onExchange" | "onSecret">;

/** A plan, and what of it decides how the run ends. */
export type PlanEnded = MadePlan & {
  readonly conditions: readonly Condition[];
  /** What this run and earlier ones looked at; null where that was not asked for. */
  readonly lastChecked: LastChecked | null;
};

/** What is asked of a plan. */
type PlanOrder = {
  /** Whether changes are a condition of their own. */
  readonly countChanges: boolean;
  /** Whether the audiences that an update changes are counted; what could not be is told as a notice. */
  readonly sizes?: boolean;
  /** How long to read at most, in milliseconds; null for as long as it takes. */
  readonly maxMs?: number | null;
  /**
   * The file of what earlier runs looked at, absolute, which is read before and written after; null for none. What is wrong
   * with it is told as a notice.
   */
  readonly lastCheckedFile?: string | null;
  /** Rules that are let pass this once: `RULE`, or `RULE=REASON`. */
  readonly allow?: readonly string[];
  /** The report whose apply is to be put back: what somebody changed since is not touched. */
  readonly revert?: Report | null;
  /** Is told how it goes on. */
  readonly onEvent?: (event: ProgressEvent) => void;
};

/** What is asked of a wait. */
type WaitOrder = Pick<WaitInput, "timeoutMs" | "after"> & Pick<WaitPorts, "onEvent">;

/**
 * What a run can do that never writes: it was given nothing to write with. Credentials that were refused before anything
 * was read are an `AccessError`.
 */
export type Planner = {
  readonly clock: Clock;
  plan(declared: ValidDeclarations, order: PlanOrder, signal: AbortSignal): Promise<PlanEnded>;
  wait(
    declared: ValidDeclarations,
    order: WaitOrder,
    signal: AbortSignal,
  ): Promise<Extract<Waited, { readonly kind: "waited" }>>;
};

/** What a run can do that may write. */
export type Applier = Planner & { beginApply(order: ApplyOrder): Applying };

/** Opens the API to read, does the work, and closes it again. */
export function openPlanner<T>(opening: Opening, work: (planner: Planner) => Promise<T>): Promise<T> {
  return opened(opening, (connection) => work(plannerOn(connection, opening)));
}

/** What `import` asks the API with: it has no way to write either. */
export type Importer = Pick<Connection, "reader" | "openLister"> & { readonly clock: Clock };

/** Opens the API to read and list campaigns, does the work, and closes it again. */
export function openImporter<T>(opening: Opening, work: (importer: Importer) => Promise<T>): Promise<T> {
  const { clock } = opening.machine ?? MACHINE;
  return opened(opening, ({ reader, openLister }) => work({ reader, openLister, clock }));
}

/** Opens the API to read and to write, does the work, and closes it again. */
export function openApplier<T>(opening: Opening, work: (applier: Applier) => Promise<T>): Promise<T> {
  const { clock } = opening.machine ?? MACHINE;
  return opened(opening, (connection) => {
    const run = { tool: TOOL, startedAt: clock.now(), parallelism: opening.parallelism };
    const ports = () => ({ reader: connection.reader, writer: connection.openWriter(), clock });
    return work({
      ...plannerOn(connection, opening),
      beginApply: (order) => beginApply(order, run, ports()),
    });
  });
}

async function opened<T>(opening: Opening, work: (connection: Connection) => Promise<T>): Promise<T> {
  const { settings, variables, parallelism, notice, machine, ...listeners } = opening;
  const onThrottled = () => notice?.(THROTTLED);
  const connection = compose(settings, variables, parallelism, { ...listeners, onThrottled }, machine);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

function plannerOn({ reader, openSizer }: Connection, { settings, notice, machine }: Opening): Planner {
  const { clock } = machine ?? MACHINE;
  const ports = { reader, clock };
  return {
    clock,
    async plan(declared, order, signal) {
      const {
        countChanges,
        sizes = false,
        allow = [],
        maxMs,
        lastCheckedFile = null,
        revert = null,
        ...telling
      } = order;
      const { guardrails } = declared;
      const rules = { guardrails, allowed: allowedBy(allow, guardrails) };
      const sizer = sizes ? openSizer() : undefined;
      const before = lastCheckedFile === null ? null : recall(lastCheckedFile, settings, notice);
      const input = { ...inputOf(declared, settings), rules, maxMs, lastChecked: before };
      const asked = revert === null ? ports : { ...ports, reader: asLeftBy(revert, reader) };
      const planned = await plan(input, { ...asked, ...telling, sizer }, signal);
      if (planned.kind === "no-access") throw planned.error;
      const lastChecked = before && afterRun(before, planned.plan.changes, clock.now());
      if (lastChecked !== null && lastCheckedFile !== null) keep(lastCheckedFile, lastChecked, notice);
      const uncounted = planned.sizing === null || signal.aborted ? null : sizingWords(planned.sizing);
      if (uncounted !== null) notice?.(uncounted);
      const conditions = conditionsOfPlan(planned);
      return {
        ...planned,
        lastChecked,
        conditions: conditions.filter((of) => countChanges || of !== "changes"),
      };
    },
    async wait(declared, { onEvent, ...order }, signal) {
      const rules = { guardrails: declared.guardrails, allowed: NOTHING_ALLOWED };
      const input = { ...inputOf(declared, settings), rules, ...order };
      const waited = await wait(input, { ...ports, onEvent }, signal);
      if (waited.kind === "no-access") throw waited.error;
      return waited;
    },
  };
}

function recall(file: string, settings: Settings, notice: Opening["notice"]): LastChecked {
  const { last, why } = readLastCheckedFile(file, settings);
  if (why !== null)
    notice?.(`${file} does not say what earlier runs looked at (${why}): the order begins anew.`);
  return last;
}

function keep(file: string, lastChecked: LastChecked, notice: Opening["notice"]): void {
  const why = writeLastCheckedFile(file, lastChecked);
  if (why !== null)
    notice?.(`${file} could not be written (${why}): the next run looks in the same order again.`);
}

/** What the files say, and where it is to hold. */
function inputOf(
  { specs, scope, causes, known, leftOut, diagnostics, project, baseRules }: ValidDeclarations,
  { environment, apiUrl }: Settings,
): PlanInput {
  const { privacy, unknownExcludes } = project ?? {};
  const said = { specs, scope, causes, known, leftOut, warnings: diagnostics, privacy, unknownExcludes };
  return { ...said, baseRules, environment, apiUrl, tool: TOOL };
}

/**
 * Builds the real client of the API: the one place where the core meets the network, the clock and chance.
 *
 * @param listeners are told each token that is fetched, before it is used, the first refusal for rate, and each request.
 */
export function compose(
  settings: Settings,
  variables: Variables,
  parallelism: number,
  listeners: Pick<ConnectionSettings, "onExchange" | "onSecret" | "onThrottled"> = {},
  machine = MACHINE,
): Connection {
  return connect({
    apiUrl: settings.apiUrl,
    credentials: settings.credentials,
    parallelism,
    userAgent: USER_AGENT,
    variables,
    ...machine,
    ...listeners,
  });
}
