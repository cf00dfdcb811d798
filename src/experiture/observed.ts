import type { Clock } from "../domain/ports.ts";
import type { Http } from "../http/http.ts";

/** One request that was sent, and what came of it; no header, no query, no body. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  /** The status of the answer, or why there was none. */
  readonly outcome: number | "no answer" | "cut off";
  /** From when it could be sent to the end of the answer. */
  readonly ms: number;
  readonly correlationId: string | null;
};

/** What it takes to tell of requests: `redact` takes secrets out of what a server says. */
type Observer = {
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly tell: (exchange: Exchange) => void;
};

/** The same client, each of whose requests is told when it has ended. What was held back is none. */
export function observed(http: Http, { clock, redact, tell }: Observer): Http {
  return {
    async send(request) {
      const began = clock.monotonic();
      const told = (outcome: Exchange["outcome"], id: string | null = null) => {
        const { method, url } = request;
        const ms = clock.monotonic() - began;
        const correlationId = id === null ? null : redact(id);
        tell({ method, path: redact(url.pathname), outcome, ms, correlationId });
      };
      try {
        const result = await http.send(request);
        if (result.kind === "answer") told(result.status, result.headers["x-correlation-id"] ?? null);
        else if (result.failure !== "held-back") {
          told("status" in result.error ? result.error.status : "no answer");
        }
        return result;
      } catch (error) {
        told("cut off");
        throw error;
      }
    },
    close: http.close,
  };
}
