import { AccessError } from "../domain/errors.ts";
import type { Clock } from "../domain/ports.ts";
import type { FreshToken } from "../patience/token-life.ts";
import type { Token, TokenSource } from "./token-source.ts";

/** What renewing needs. `fetchToken` throws AccessError where the client is refused, anything else for trouble. */
export type Renewal = {
  readonly fetchToken: () => Promise<FreshToken>;
  readonly clock: Clock;
  readonly limits: Patience;
  /** Ends the pauses when the run is over; its reason is then the answer for all who wait. */
  readonly signal: AbortSignal;
};

type Patience = { readonly coolDownMs: number; readonly tokenPatienceMs: number };

type Held = { readonly token: Token; readonly renewAt: number; readonly endsAt: number };

/**
 * Tokens from the token endpoint, one request at a time for all. A token inside its margin is used while another is
 * fetched, so an endpoint that is down then disturbs nobody. Past its end calls wait, and the endpoint is asked again
 * with growing pauses until `tokenPatienceMs` have passed; then its failure is the answer for `coolDownMs`, as it is at
 * once where the run never had a token. A refusal of the client is the answer for the rest of the run.
 *
 * @param changed is called when those who were told `none-yet` may ask again.
 */
export function createRenewingSource(renewal: Renewal, changed: () => void): TokenSource {
  const { fetchToken, clock, limits, signal } = renewal;
  let held: Held | null = null;
  let had: "none" | "some" = "none";
  let trouble: Trouble | null = null;
  let activity: "none" | "fetching" | "pausing" = "none";

  const usable = (): Held | null => (held !== null && clock.monotonic() < held.endsAt ? held : null);

  const renew = async (): Promise<void> => {
    activity = "fetching";
    try {
      held = await fetchHeld(fetchToken, clock);
      had = "some";
      trouble = null;
    } catch (error) {
      const lacking = usable() === null;
      trouble = troubleAfter(error, trouble, { now: clock.monotonic(), had, lacking, limits });
    }
    activity = "none";
    changed();
  };
  const pauseUntil = (time: number): void => {
    activity = "pausing";
    const over = (): void => {
      activity = "none";
      changed();
    };
    clock.sleep(time - clock.monotonic(), signal).then(over, over);
  };
  return {
    renewable: true,
    supply() {
      const now = clock.monotonic();
      const mayFetch = activity === "none" && !signal.aborted && now >= (trouble?.retryAt ?? now);
      const good = usable();
      if (good !== null) {
        if (mayFetch && now >= good.renewAt) void renew();
        return { kind: "token", token: good.token };
      }
      if (signal.aborted) return { kind: "failed", error: signal.reason };
      if (mayFetch) void renew();
      if (activity === "none" && trouble !== null) {
        if (trouble.meanwhile === "fail") return { kind: "failed", error: trouble.error };
        pauseUntil(trouble.retryAt);
      }
      return { kind: "none-yet" };
    },
    latest: () => held?.token ?? null,
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}

/** The life is counted from the arrival: after a slow answer a token would else be over before its first use. */
async function fetchHeld(fetchToken: () => Promise<FreshToken>, clock: Clock): Promise<Held> {
  const { value, renewAfterMs, endsAfterMs } = await fetchToken();
  const now = clock.monotonic();
  const endsAt = endsAfterMs === null ? Number.POSITIVE_INFINITY : now + endsAfterMs;
  return { token: { value }, renewAt: now + renewAfterMs, endsAt };
}

/** Failed requests for a token in a row. */
type Trouble = {
  readonly error: unknown;
  readonly failures: number;
  /** When the first of them left somebody without a token; null while the old one is good. */
  readonly lackingSince: number | null;
  /** No request goes before. */
  readonly retryAt: number;
  /** What those without a token do until then. */
  readonly meanwhile: "wait" | "fail";
};

type Circumstances = {
  readonly now: number;
  readonly had: "none" | "some";
  readonly lacking: boolean;
  readonly limits: Patience;
};

const BACKOFF = { firstMs: 1_000, ceilingMs: 5_000 } as const;

function troubleAfter(error: unknown, before: Trouble | null, at: Circumstances): Trouble {
  const { now, had, lacking, limits } = at;
  const failures = (before?.failures ?? 0) + 1;
  const lackingSince = lacking ? (before?.lackingSince ?? now) : null;
  const row = { error, failures, lackingSince };
  // Refused credentials will not get better in this run; a failing endpoint may.
  if (error instanceof AccessError) return { ...row, retryAt: Number.POSITIVE_INFINITY, meanwhile: "fail" };
  const tooLong = lackingSince !== null && now - lackingSince >= limits.tokenPatienceMs;
  if (had === "none" || tooLong) return { ...row, retryAt: now + limits.coolDownMs, meanwhile: "fail" };
  const pauseMs = Math.min(BACKOFF.ceilingMs, BACKOFF.firstMs * 2 ** (failures - 1));
  return { ...row, retryAt: now + pauseMs, meanwhile: "wait" };
}
