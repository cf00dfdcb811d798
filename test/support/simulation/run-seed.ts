import { setMaxListeners } from "node:events";
import { createLedger } from "../../../src/apply/ledger.ts";
import { type Applied, apply } from "../../../src/commands/apply.ts";
import { type Planned, plan } from "../../../src/commands/plan.ts";
import { type Waited, wait } from "../../../src/commands/wait.ts";
import { InterruptedError } from "../../../src/domain/errors.ts";
import type { ApplyResult, Plan, Report } from "../../../src/domain/model.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import { connect } from "../../../src/experiture/connection.ts";
import type { Rules } from "../../../src/guardrails/judge-plan.ts";
import { parseSavedPlan } from "../../../src/plan/saved-plan.ts";
import { renderJson } from "../../../src/render/json.ts";
import { virtualClock } from "../clocks/virtual-clock.ts";
import { spec } from "../samples/bindings.ts";
import { withoutTraces } from "../without-traces.ts";
import { type Chance, createChance } from "./chance.ts";
import { createNetwork, type Exchange, type NetworkParts } from "./network.ts";
import { drawScenario, NO_TROUBLE, type Scenario } from "./scenario.ts";
import { createWorld, type World } from "./world.ts";

/** One command of a simulation and the requests it made. Times are the clock's monotonic milliseconds. */
export type Phase<T> = {
  readonly result: T;
  readonly exchanges: readonly Exchange[];
  readonly startedAt: number;
  readonly endedAt: number;
};

/** What a run knew of each campaign at one moment: its report, had it been cut off then. */
export type Snapshot = { readonly at: number; readonly results: readonly ApplyResult[] };

/** Everything that happened under one seed. */
export type SeedRun = {
  readonly snapshots: readonly Snapshot[];
  /** When the process that applied was interrupted, monotonic milliseconds; null when it was not. */
  readonly interruptedAt: number | null;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly world: World;
  readonly planned: Phase<Planned>;
  /** Null when the credentials were refused before anything was read: there was no plan then. */
  readonly applied: Phase<Applied> | null;
  readonly waited: Phase<Waited>;
  /** A second apply, by a new process, when all trouble is over; and the plan after it. */
  readonly secondApply: Phase<Applied>;
  readonly lastPlan: Phase<Planned>;
};

const API_URL = "https://api.example.test/public/v1";
const TOOL = { name: "campaignctl", version: "0" };
const WAIT_MS = 60_000;

/** Longer than any write that is taken up late, and than any event that was drawn. */
const UNTIL_CALM_MS = 400_000;

/** Plans, applies and waits with the real client against the simulated API, then applies again without trouble. */
export function runSeed(seed: number): Promise<SeedRun> {
  return withoutTraces(() => playSeed(seed));
}

async function playSeed(seed: number): Promise<SeedRun> {
  const { parts, planned, first, later, calmDown } = await beginSeed(seed);
  const { scenario, world, clock } = parts;
  const applied =
    planned.result.kind === "planned" ? await applyPhase(later, planned.result, scenario) : null;
  const after = scenario.evidence ? (applied?.result.report ?? null) : null;
  const waited = await later.phase(() => later.wait(after));
  first.end();
  later.end();

  await clock.sleep(UNTIL_CALM_MS);
  world.settle();
  calmDown();
  const calm = openProcess({ ...parts, scenario: { ...scenario, revokedAt: null, interruptAt: null } });
  const secondApply = await calm.phase(async () => calm.apply(await calm.plan()));
  const lastPlan = await calm.phase(calm.plan);
  calm.end();
  const { snapshots } = later;
  const interruptedAt = later.interruptedAt();
  return { seed, scenario, world, planned, applied, snapshots, interruptedAt, waited, secondApply, lastPlan };
}

/** The plan of one seed, null where there was none, and what an apply of it by some rules, by the time of its beginning, comes to. */
export type SeedPlan = {
  readonly plan: Plan | null;
  apply(plan: Plan, rules: (beganAt: number) => Rules): Promise<Phase<Applied>>;
  end(): void;
};

/** Plans as {@link runSeed} does, and leaves it to the caller what is applied, and how often. */
export async function planSeed(seed: number): Promise<SeedPlan> {
  const { parts, planned, first, later } = await withoutTraces(() => beginSeed(seed));
  const { result } = planned;
  return {
    plan: result.kind === "planned" ? result.plan : null,
    apply(plan, rules) {
      if (result.kind === "no-access") throw result.error;
      const all = { ...result, plan, rules: rules(parts.clock.now()) };
      return withoutTraces(() => applyPhase(later, all, parts.scenario));
    },
    end() {
      first.end();
      later.end();
    },
  };
}

/** Draws everything that a seed decides, and plans. */
async function beginSeed(seed: number) {
  const chance = createChance(seed);
  const scenario = drawScenario(chance.fork());
  const clock = virtualClock();
  let odds = scenario.odds;
  const world = createWorld(scenario, () => odds, clock, chance.fork());
  const parts = { world, scenario, odds: () => odds, clock, chance };

  const first = openProcess(parts);
  const planned = await first.phase(first.plan);
  const later = scenario.saved ? openProcess(parts) : first;
  const calmDown = () => {
    odds = NO_TROUBLE;
  };
  return { parts, planned, first, later, calmDown };
}

/** Carries out the plan as it is, or as a file brought it to another process. */
function applyPhase(process: Process, planned: Planned, { saved }: Scenario): Promise<Phase<Applied>> {
  if (!saved || planned.kind !== "planned") return process.phase(() => process.apply(planned));
  const text = renderJson(planned.plan);
  const read = parseSavedPlan(text, { apiUrl: API_URL, environment: null });
  return process.phase(() => process.apply({ ...planned, plan: read, live: null }));
}

type Carried = Planned | (Omit<Extract<Planned, { kind: "planned" }>, "live"> & { readonly live: null });

type Process = ReturnType<typeof openProcess>;

/** One process of the program: a connection, a signal to interrupt it, and its commands. */
function openProcess(parts: NetworkParts) {
  const { scenario, clock } = parts;
  const { http, exchanges } = createNetwork({ ...parts, chance: parts.chance.fork() });
  const { reader, openWriter } = connectTo(http, parts, parts.chance.fork());
  const interruption = interruptAt(scenario.interruptAt, clock);
  const ports = { reader, clock, onEvent: () => undefined };
  const input = {
    specs: scenario.campaigns.map(({ campaignId, desired }) => spec(campaignId, desired)),
    warnings: [],
    environment: null,
    apiUrl: API_URL,
    tool: TOOL,
  };
  const snapshots: Snapshot[] = [];
  return {
    snapshots,
    plan: () => plan(input, ports, interruption.signal),
    wait: (after: Report | null) => wait({ ...input, timeoutMs: WAIT_MS, after }, ports, interruption.signal),
    async apply(planned: Carried): Promise<Applied> {
      if (planned.kind === "no-access") throw planned.error;
      const approved = { expectDigest: null, maxPlanAge: null, confirm: null };
      const { parallelism } = scenario;
      const options = scenario.wait
        ? ({ parallelism, wait: "until-confirmed", timeoutMs: WAIT_MS, idleMs: WAIT_MS / 2 } as const)
        : ({ parallelism, wait: "none" } as const);
      const full = { ...planned, tool: TOOL, startedAt: clock.now() };
      const ledger = createLedger(planned.plan);
      const watching = watchLedger(() => ledger.results(), snapshots, clock);
      const writing = { ...ports, writer: openWriter(), ledger };
      return apply(full, approved, options, writing, interruption.signal).finally(watching.end);
    },
    async phase<T>(work: () => Promise<T>): Promise<Phase<T>> {
      const first = exchanges.length;
      const startedAt = clock.monotonic();
      const result = await work();
      return { result, exchanges: exchanges.slice(first), startedAt, endedAt: clock.monotonic() };
    },
    end: interruption.end,
    interruptedAt: interruption.interruptedAt,
  };
}

function connectTo(
  http: NonNullable<Parameters<typeof connect>[0]["http"]>,
  { scenario, clock }: NetworkParts,
  chance: Chance,
) {
  return connect({
    apiUrl: API_URL,
    credentials: { kind: "token", token: "simulated-token" },
    parallelism: scenario.parallelism,
    userAgent: "campaignctl/0",
    variables: {},
    clock,
    random: chance.number,
    http,
  });
}

/** Looks every now and then at what the run knows: a second signal may come at any moment. */
function watchLedger(results: () => readonly ApplyResult[], snapshots: Snapshot[], clock: Clock) {
  const over = new AbortController();
  const look = async (): Promise<void> => {
    for (let pause = 13; ; pause *= 1.3) {
      await clock.sleep(pause, over.signal);
      snapshots.push({ at: clock.monotonic(), results: results() });
    }
  };
  look().catch(() => undefined);
  return { end: () => over.abort() };
}

/** Aborts as a first SIGINT would, at a moment of the clock or never. */
function interruptAt(moment: number | null, clock: Clock) {
  const controller = new AbortController();
  const over = new AbortController();
  let interruptedAt: number | null = null;
  setMaxListeners(0, controller.signal);
  if (moment !== null) {
    clock.sleep(moment, over.signal).then(
      () => {
        interruptedAt = clock.monotonic();
        controller.abort(new InterruptedError("SIGINT"));
      },
      () => undefined,
    );
  }
  return { signal: controller.signal, end: () => over.abort(), interruptedAt: () => interruptedAt };
}
