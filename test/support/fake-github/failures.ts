import { type Answer, answerJson, type Operation, refuse } from "./answer.ts";

/** Everything that can be asked; GraphQL is one operation, and in no description. */
export type Asked = Operation | "graphql";

/** How a request goes wrong. `after`: it was done all the same, and only its answer is lost. */
export type Failure =
  | { readonly kind: "secondary-limit"; readonly status: 403 | 429; readonly retryAfterSeconds: number }
  /** `resetAt`: seconds since the epoch. */
  | { readonly kind: "primary-limit"; readonly resetAt: number }
  | {
      readonly kind: "status";
      readonly status: 500 | 502 | 503 | 504;
      readonly when: "before" | "after";
    }
  /** A refusal in GitHub's words, such as of a comment in a locked conversation. */
  | { readonly kind: "refusal"; readonly status: 403 | 422; readonly message: string }
  /** The connection is cut. */
  | { readonly kind: "drop"; readonly when: "before" | "after" };

/** Which requests a failure strikes: the next one of any kind unless told. */
export type Aim = { readonly times?: number; readonly operation?: Asked; readonly method?: string };

export type FailureQueue = {
  add(failure: Failure, aim?: Aim): void;
  /** The failure for a request, which is then used up; the one added first goes first. */
  take(asked: Asked, method: string): Failure | null;
};

export function createFailureQueue(): FailureQueue {
  const waiting: { readonly failure: Failure; readonly aim: Aim; left: number }[] = [];
  return {
    add: (failure, aim = {}) => void waiting.push({ failure, aim, left: aim.times ?? 1 }),
    take: (asked, method) => {
      const found = waiting.find(
        ({ aim, left }) =>
          left > 0 && (aim.operation ?? asked) === asked && (aim.method ?? method) === method,
      );
      if (found === undefined) return null;
      found.left -= 1;
      return found.failure;
    },
  };
}

/** What a request that fails is answered; null when the connection is cut. */
export function failureAnswer(failure: Failure, asked: Asked): Answer | null {
  switch (failure.kind) {
    case "secondary-limit":
      return refuse(failure.status, "You have exceeded a secondary rate limit. Please wait a few minutes.", {
        "retry-after": String(failure.retryAfterSeconds),
      });
    case "primary-limit":
      return primaryLimit(failure.resetAt, asked);
    case "status":
      return refuse(failure.status, "Server Error");
    case "refusal":
      return refuse(failure.status, failure.message);
    case "drop":
      return null;
  }
}

/** GraphQL tells its primary limit as an error with status 200. */
function primaryLimit(resetAt: number, asked: Asked): Answer {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(resetAt) };
  const message = "API rate limit exceeded for installation.";
  if (asked !== "graphql") return refuse(403, message, headers);
  return answerJson(200, { errors: [{ type: "RATE_LIMITED", message }] }, headers);
}

/** Whether a request that fails is done all the same. */
export function isDone(failure: Failure | null): boolean {
  return failure === null || ("when" in failure && failure.when === "after");
}
