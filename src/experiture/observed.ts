import type { Clock } from "../ports.ts";
import type { Http } from "./http.ts";

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

/** The same client, each of whose requests is told when it has ended. What was held back is none. */
export function observed(http: Http, clock: Clock, tell: (exchange: Exchange) => void): Http {
  return {
    async send(request) {
      const began = clock.monotonic();
      const told = (outcome: Exchange["outcome"], correlationId: string | null = null) => {
        const { method, url } = request;
        tell({ method, path: url.pathname, outcome, ms: clock.monotonic() - began, correlationId });
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
