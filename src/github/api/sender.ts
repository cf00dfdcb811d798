import type { Clock } from "../../domain/ports.ts";
import { type AskedGitHub, notAsked, type Permission } from "../run/github-error.ts";
import type { GoodAnswer } from "./attempt.ts";
import { createExchange, type GitHubRequest } from "./exchange.ts";
import { pause } from "./pause.ts";
import { FIRST_ATTEMPT, nextAttempt, type Repeatable } from "./repeat.ts";

/** Who asks, and where. The clock and the random numbers are what tests replace. */
export type GitHubAccess = {
  readonly token: string;
  /** Without a slash at the end, such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends every request and every pause. */
  readonly signal: AbortSignal;
};

/** An answer that came whole, and what was asked, for messages. */
export type Sent = { readonly answer: GoodAnswer; readonly asked: AskedGitHub };

/** Sends until there is an answer or no repeat is left; throws a `GitHubError`. */
export type Send = (
  request: GitHubRequest,
  permission: Permission | null,
  repeatable: Repeatable,
) => Promise<Sent>;

/** See {@link Send}; how often and after how long a request is repeated is decided in `repeat.ts`. */
export function createSender({ token, apiUrl, clock, random, signal }: GitHubAccess): Send {
  const exchange = createExchange({ token, apiUrl, clock, signal });
  const { origin } = new URL(apiUrl);
  return async (request, permission, repeatable) => {
    const asked = { label: exchange.label(request), origin, permission };
    let history = FIRST_ATTEMPT;
    for (;;) {
      if (signal.aborted) throw notAsked(asked);
      const attempt = await exchange.attempt(request, asked);
      if (attempt.kind === "answer") return { answer: attempt, asked };
      const next = nextAttempt(attempt, repeatable, history, random);
      if (next === null) throw attempt.error;
      await pause(clock, next.delayMs, signal);
      history = next.history;
    }
  };
}
