/** Why a run did not end well, in a word that a workflow can compare; empty where it did. */
export type FailureReason =
  | ""
  | "invalid-files"
  | "auth"
  | "unreachable"
  | "guardrail"
  | "plan-changed"
  | "incomplete"
  | "reach-unconfirmed"
  | "skipped"
  | "internal";

/**
 * Everything that can decide how a run ends, the weightiest first: its exit code, and its reason. A signal gives 128 and
 * its number, as in a shell.
 */
const ENDINGS = [
  ["sigint", 130, "incomplete"],
  ["sigterm", 143, "incomplete"],
  ["sighup", 129, "incomplete"],
  ["sigquit", 131, "incomplete"],
  ["sigbreak", 149, "incomplete"],
  ["sigpipe", 141, "incomplete"],
  ["invalid", 3, "invalid-files"],
  ["no-access", 4, "auth"],
  ["unreachable", 5, "unreachable"],
  ["guardrail", 6, "guardrail"],
  ["plan-too-old", 9, "plan-changed"],
  ["incomplete", 8, "incomplete"],
  ["stale", 7, "plan-changed"],
  ["reach-unconfirmed", 10, "reach-unconfirmed"],
  ["skipped", 11, "skipped"],
  ["changes", 2, ""],
] as const satisfies readonly (readonly [string, number, FailureReason])[];

/** The exit code of a run that ended by a mistake in this program. */
export const BUG = 1;

/** Something that happened in a run and that its end may tell. */
export type Condition = (typeof ENDINGS)[number][0];

/** The exit code of a run: that of its weightiest condition; 0 when there is none. */
export function exitCodeOf(conditions: Iterable<Condition>): number {
  const held = new Set(conditions);
  return ENDINGS.find(([condition]) => held.has(condition))?.[1] ?? 0;
}

/** The exit code where the result of a run got lost on its way out: then that it went well is not the whole truth. */
export function withResultLost(exitCode: number): number {
  const isSuccess = exitCode === 0 || exitCode === exitCodeOf(["changes"]);
  return isSuccess ? BUG : exitCode;
}

/** The reason that an exit code stands for: that of its condition. A code that is of none is a mistake of ours. */
export function failureReasonOf(exitCode: number): FailureReason {
  if (exitCode === 0) return "";
  return ENDINGS.find(([, code]) => code === exitCode)?.[2] ?? "internal";
}
