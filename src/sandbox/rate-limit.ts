import type { ApiRefusal } from "./reply.ts";
import type { ServerSwitches } from "./world/switches.ts";

/** Requests per second, and how many may come at once after a pause. */
export type Rate = { readonly rate: number; readonly burst: number };

/** Takes one permit for a token: 0 when it was there, else the milliseconds until there is one. */
export type RateLimit = (token: string) => number;

/** A bucket for each token, as the API counts (sheet, section 4). */
export function createRateLimit({ rate, burst }: Rate, now: () => number): RateLimit {
  const buckets = new Map<string, { permits: number; at: number }>();
  return (token) => {
    const time = now();
    const bucket = buckets.get(token) ?? { permits: burst, at: time };
    bucket.permits = Math.min(burst, bucket.permits + ((time - bucket.at) * rate) / 1000);
    bucket.at = time;
    buckets.set(token, bucket);
    if (bucket.permits < 1) return Math.ceil(((1 - bucket.permits) * 1000) / rate);
    bucket.permits -= 1;
    return 0;
  };
}

/** 429 with a Retry-After in the switched form; `literal` replaces it, whatever it says. */
export function rateRefusal(
  waitMs: number,
  switches: ServerSwitches,
  settings: { readonly now: number; readonly literal: string | undefined },
): ApiRefusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const value = settings.literal ?? retryAfter(seconds, switches, settings.now);
  return {
    kind: "refusal",
    status: 429,
    code: switches.rateLimitCode,
    message: `Rate limit exceeded. Retry after ${seconds}s.`,
    headers: value === null ? {} : { "retry-after": value },
  };
}

function retryAfter(seconds: number, switches: ServerSwitches, now: number): string | null {
  switch (switches.retryAfter) {
    case "seconds":
      return String(seconds);
    case "date":
      return new Date(Math.ceil(now / 1000) * 1000 + seconds * 1000).toUTCString();
    case "missing":
      return null;
  }
}
