import { createTokenSession, type Leased, type TokenSession } from "../../../src/experiture/token.ts";
import { createRenewingSource } from "../../../src/experiture/token-renewal.ts";
import { createReadySource } from "../../../src/experiture/token-source.ts";
import type { FreshToken } from "../../../src/patience/token-life.ts";
import { createInstantClock } from "../clocks/instant-clock.ts";

export const HOUR = 3_600_000;
export const LIMITS = { coolDownMs: 5_000, tokenPatienceMs: 120_000 };

type Asked = { readonly give: (life?: Partial<FreshToken>) => void; readonly fail: (error: Error) => void };

/** A session whose token endpoint is answered by hand, request by request. */
export function openSession() {
  const clock = createInstantClock();
  const asked: Asked[] = [];
  const end = new AbortController();
  const fetchToken = () =>
    new Promise<FreshToken>((resolve, reject) => {
      const value = `token-${asked.length + 1}`;
      const give: Asked["give"] = (life) =>
        resolve({ value, renewAfterMs: HOUR - 60_000, endsAfterMs: HOUR, ...life });
      asked.push({ give, fail: reject });
    });
  const session = createTokenSession((changed) =>
    createRenewingSource({ fetchToken, clock, limits: LIMITS, signal: end.signal }, changed),
  );
  return { session, clock, asked, end };
}

/** A session of a ready token. */
export const openReady = (): TokenSession => createTokenSession(() => createReadySource("ready"));

/** One call, which asks for a token again and again as a transport does. */
export function caller(session: TokenSession, signal?: AbortSignal) {
  const call = {};
  let said: Leased | Error | "waits" = "waits";
  const lease = () => {
    if (said === "waits" || said instanceof Error || said.kind !== "lease")
      throw new Error(`No lease: ${said}`);
    return said.lease;
  };
  const self = {
    /** Asks for a token, and says after all that is ready has run what came of it. */
    async ask() {
      said = "waits";
      session.lease(call, signal).then(
        (leased) => {
          said = leased;
        },
        (error: Error) => {
          said = error;
        },
      );
      await settle();
      return self.state();
    },
    /** The token, `waits`, the cause or the message of the error. */
    state(): string {
      if (said === "waits") return said;
      if (said instanceof Error) return said.message;
      return said.kind === "lease" ? said.lease.value : said.cause;
    },
    async accepted() {
      session.accepted(lease());
      await self.ended();
    },
    async ended() {
      session.release(lease());
      await settle();
    },
    async rejected() {
      session.rejected(lease());
      await self.ended();
    },
    /** A 401, and the repeat of the call. */
    async rejectedAndAsks() {
      await self.rejected();
      return self.ask();
    },
  };
  return self;
}

export type Caller = ReturnType<typeof caller>;

/** So many calls of one session, each of which has asked. */
export async function callers(session: TokenSession, count: number): Promise<Caller[]> {
  const made = Array.from({ length: count }, () => caller(session));
  for (const each of made) await each.ask();
  return made;
}

/** Lets all that is ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A session whose first token was accepted. */
export async function openAccepted() {
  const parts = openSession();
  const first = caller(parts.session);
  await first.ask();
  parts.asked[0]?.give();
  await settle();
  await first.accepted();
  return parts;
}
