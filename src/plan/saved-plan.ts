import canonicalize from "canonicalize";
import { isCanonical } from "../domain/binding.ts";
import { compare } from "../domain/compare.ts";
import { type Destination, destinationMismatch } from "../domain/destination.ts";
import type { UsageError } from "../domain/errors.ts";
import type { Change, Plan } from "../domain/model.ts";
import validatePlan from "../generated/validate-plan.js";
import { withoutByteOrderMark } from "../text/invisible.ts";
import { actionOf, summaryOf } from "./build.ts";
import { diffBindings } from "./diff.ts";
import { digestOf } from "./digest.ts";
import { isFingerprinted } from "./fingerprint.ts";
import { refusedPlan } from "./plan-age.ts";

/**
 * Reads a saved plan to carry it out: as {@link parsePlan}, and one that was made for another API or environment is
 * refused too.
 *
 * @throws UsageError with what is wrong and how to mend it. Nothing has been sent then.
 */
export function parseSavedPlan(text: string, destination: Destination): Plan {
  const plan = parsePlan(text);
  checkDestination(plan, destination);
  return plan;
}

/**
 * Reads a saved plan, as untrusted as any input: one that was altered, or is of another major version, is refused.
 *
 * @throws UsageError with what is wrong and how to mend it. Nothing has been sent then.
 */
export function parsePlan(text: string): Plan {
  const value = parseJson(text);
  checkFormat(value);
  if (!validatePlan(value)) throw refusedPlan(`The saved plan is not valid: ${firstError()}.`);
  const plan = value as Plan;
  checkIntegrity(plan);
  // Last, since the checks before it say more closely what was altered.
  if (!isFingerprinted(plan)) throw altered("its fingerprint does not fit what it says");
  return plan;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(text));
  } catch {
    throw refusedPlan("The saved plan is not JSON.");
  }
}

function checkFormat(value: unknown): void {
  const { kind, formatVersion: version, fingerprint }: Readonly<Record<string, unknown>> = Object(value);
  if (kind !== "plan") {
    throw refusedPlan('The file is not a saved plan: it has no "kind": "plan".');
  }
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    throw refusedPlan(
      `The saved plan has format version ${JSON.stringify(version)}; this program reads 1.x.`,
    );
  }
  if (fingerprint === undefined) {
    throw refusedPlan(
      "The saved plan has no fingerprint: an older version made it, or it was altered. So nothing shows that it is as it was made.",
    );
  }
}

function firstError(): string {
  const error = validatePlan.errors?.[0];
  return `${error?.instancePath || "the document"} ${error?.message}`;
}

/** Everything in a plan follows from `before`, `after` and the status. What does not fit was altered. */
function checkIntegrity(plan: Plan): void {
  const ids = plan.changes.map((change) => change.campaignId);
  if (!isSame(ids, [...new Set(ids)].sort(compare))) {
    throw altered("its campaigns are not each there once, in order");
  }
  for (const change of plan.changes) checkChange(change);
  if (!isScopeOf(plan)) throw altered("its scope does not fit its changes");
  const summary = summaryOf(plan.changes);
  // Counts that a newer minor version adds are none of ours.
  const counts = Object.keys(summary) as (keyof typeof summary)[];
  if (counts.some((name) => plan.summary[name] !== summary[name])) {
    throw altered("its summary does not fit its changes");
  }
  if (digestOf(plan.changes) !== plan.digest) throw altered("its digest does not fit its changes");
}

/** What a newer version means by another kind is none of ours. */
function isScopeOf({ scope: { kind, planned, declared, outOfTime = 0 }, changes }: Plan): boolean {
  const wanted = planned + outOfTime;
  return planned === changes.length && (kind === "all" ? wanted === declared : wanted <= declared);
}

function checkChange(change: Change): void {
  const { campaignId, before, after } = change;
  const lists = before === null ? [after] : [after, before];
  if (!lists.every(isCanonical)) {
    throw altered(`the audiences of campaign ${campaignId} are not in order`);
  }
  const excluded = new Set(after.exclude.map((ref) => ref.audienceId));
  if (after.include.some((ref) => excluded.has(ref.audienceId))) {
    throw altered(`campaign ${campaignId} includes and excludes one audience`);
  }
  if (change.action !== "error" && !isConsistent(change)) {
    throw altered(`what it says of campaign ${campaignId} does not fit the audiences before and after`);
  }
}

function isConsistent(change: Exclude<Change, { action: "error" }>): boolean {
  const { operations, direction } = diffBindings(change.before, change.after);
  const action = actionOf(direction, change);
  return action === change.action && direction === change.direction && isSame(operations, change.operations);
}

function isSame(a: unknown, b: unknown): boolean {
  try {
    return canonicalize(a) === canonicalize(b);
  } catch {
    return false;
  }
}

function altered(how: string): UsageError {
  return refusedPlan(`The saved plan was altered: ${how}.`);
}

function checkDestination(plan: Plan, destination: Destination): void {
  const words = { of: "The plan was made for", for: "The plan was made for", use: "write to" };
  const mismatch = destinationMismatch(plan, destination, words);
  if (mismatch !== null) throw refusedPlan(mismatch);
}
