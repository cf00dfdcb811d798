import type { ApplyPorts } from "../../../src/apply/apply-plan.ts";
import { createLedger, type Ledger } from "../../../src/apply/ledger.ts";
import { apply } from "../../../src/commands/apply.ts";
import { NetworkError } from "../../../src/domain/errors.ts";
import type { AudienceBinding, Campaign, Plan } from "../../../src/domain/model.ts";
import type { Clock, WriteGuard, WriteReceipt } from "../../../src/domain/ports.ts";
import { type Facts, noFacts } from "./facts.ts";
import type { SetName, Version } from "./world.ts";

/** A request for the campaign: not answered yet, or what the API has made of it, which is not delivered yet. */
export type Read = {
  readonly kind: "read";
  stage: "asked" | "shown";
  shown: Version | null;
  readonly deliver: (campaign: Campaign) => void;
  readonly fail: (error: unknown) => void;
};

/** A write that waits for its turn, which a signal ends, or for a connection, which it does not. */
export type Queued = {
  readonly kind: "queued";
  readonly stage: "queued" | "connecting";
  readonly goOn: () => void;
  readonly fail: (error: unknown) => void;
};

/** A write on its way: not taken up yet, or carried out or refused, which is not delivered yet. */
export type Write = {
  readonly kind: "write";
  stage: "sent" | "carried-out" | "locked-out";
  readonly body: AudienceBinding;
  readonly deliver: (receipt: WriteReceipt) => void;
  readonly fail: (error: unknown) => void;
  /** Refused for rate: the writer sends it again by itself, later. */
  readonly sendAgain: () => void;
};

type Pending = Read | Queued | Write;

/** One run of apply, seen from outside. */
export type Run = {
  readonly index: number;
  readonly declared: SetName;
  readonly facts: Facts;
  readonly ledger: Ledger;
  /** What it waits for; null while it sleeps, and when it has ended. */
  pending: Pending | null;
  /** Everything it has been told, in a few letters: a run that was told the same does the same. */
  told: string;
  hasEnded: boolean;
  interrupt(): void;
};

/** What a run is made of. `wrap` puts something between the run and its ports. */
export type RunParts = {
  readonly index: number;
  readonly declared: SetName;
  readonly plan: Plan;
  readonly clock: Clock;
  readonly waitMs: number | null;
  readonly wrap: (ports: ApplyPorts) => ApplyPorts;
  /** Told as a write is handed to the socket. */
  readonly onSent: (run: Run, body: AudienceBinding) => void;
  readonly onThrow: (error: unknown) => void;
};

/** So often in a row a write may be held back, as in the real client. */
const MOST_HELD_BACK = 10;

/** What a writer sleeps after a refusal for rate, in milliseconds. */
const THROTTLE_MS = 1_200;

/** Begins a run with the real core of apply on ports that wait for the explorer. */
export function beginRun(parts: RunParts, interruption: AbortController, reason: () => unknown): Run {
  const ports = parts.wrap({
    reader: { readCampaign: (_id, signal) => ask(run, signal) },
    writer: {
      replaceAudience: (_id, audience, guard, signal) => write(run, parts, audience, guard, signal),
    },
    clock: parts.clock,
    ledger: createLedger(parts.plan),
    onEvent: () => undefined,
  });
  const run: Run = {
    index: parts.index,
    declared: parts.declared,
    facts: noFacts(),
    ledger: ports.ledger ?? createLedger(parts.plan),
    pending: null,
    told: "",
    hasEnded: false,
    interrupt: () => interruption.abort(reason()),
  };
  const end = (): void => {
    run.hasEnded = true;
  };
  applied(parts, ports, interruption.signal).then(end, (error) => {
    end();
    parts.onThrow(error);
  });
  return run;
}

const TOOL = { name: "campaignctl", version: "0" };
const APPROVED = { expectDigest: null, maxPlanAge: null, confirm: null };

function applied({ plan, waitMs }: RunParts, ports: ApplyPorts, signal: AbortSignal) {
  const input = { plan, live: null, accessError: null, tool: TOOL, startedAt: ports.clock.now() };
  const options =
    waitMs === null
      ? ({ parallelism: 1, wait: "none" } as const)
      : ({ parallelism: 1, wait: "until-confirmed", timeoutMs: waitMs, idleMs: waitMs } as const);
  return apply(input, APPROVED, options, ports, signal);
}

function ask(run: Run, signal: AbortSignal | undefined): Promise<Campaign> {
  return until(run, signal, (deliver, fail) => ({
    kind: "read",
    stage: "asked",
    shown: null,
    deliver,
    fail,
  }));
}

/** As the real writer does it: a turn, the guard, the request; again where nothing was done. */
async function write(
  run: Run,
  { clock, onSent }: RunParts,
  body: AudienceBinding,
  guard: WriteGuard,
  signal: AbortSignal | undefined,
): Promise<WriteReceipt> {
  for (let heldBack = 0; ; ) {
    await until<void>(run, signal, (goOn, fail) => ({ kind: "queued", stage: "queued", goOn, fail }));
    await until<void>(run, undefined, (goOn, fail) => ({ kind: "queued", stage: "connecting", goOn, fail }));
    if (!guard.pass()) {
      heldBack += 1;
      if (heldBack > MOST_HELD_BACK) throw new NetworkError("Always too late.", { sent: "withheld" });
      await guard.readAgain();
      continue;
    }
    heldBack = 0;
    onSent(run, body);
    // Nothing cuts off a write that is under way.
    const receipt = await until<WriteReceipt | null>(run, undefined, (deliver, fail) => ({
      kind: "write",
      stage: "sent",
      body,
      deliver,
      fail,
      sendAgain: () => deliver(null),
    }));
    if (receipt !== null) return receipt;
    guard.refused();
    await clock.sleep(THROTTLE_MS, signal);
  }
}

/** Waits for the explorer, or for the signal. */
function until<T>(
  run: Run,
  signal: AbortSignal | undefined,
  request: (deliver: (value: T) => void, fail: (error: unknown) => void) => Pending,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = (): void => {
      run.pending = null;
      reject(signal?.reason);
    };
    const settle = (): void => {
      run.pending = null;
      signal?.removeEventListener("abort", onAbort);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    run.pending = request(
      (value) => {
        settle();
        resolve(value);
      },
      (error) => {
        settle();
        reject(error);
      },
    );
  });
}
