import { groupBy } from "../../domain/group-by.ts";
import type { ApplyResult, CampaignError, Report, Source, Unreadable } from "../../domain/model.ts";
import { quantity } from "../../text/figures.ts";
import {
  CORRELATION_ID,
  type Fact,
  identityFacts,
  positionText,
  reasonWords,
  resultFacts,
  shownName,
  unreadableFacts,
} from "./facts.ts";

/** What is said once of one campaign, or of several of which the same holds. Nothing is escaped yet. */
export type Told<T> = {
  readonly of: readonly [T, ...T[]];
  /** The campaign's name, or how many there are. */
  readonly title: string;
  readonly facts: readonly Fact[];
};

type Named = { readonly campaignId: string; readonly name: string | null };

/** The first few names, and how many more there are: `A, B, C and 121 more`. */
export function firstNames<T>(all: readonly T[], nameOf: (each: T) => string): string {
  const names = all.slice(0, NAMED).map(nameOf).join(", ");
  return all.length > NAMED ? `${names} and ${all.length - NAMED} more` : names;
}

const NAMED = 5;

/** Why campaigns could not be read: each reason once. */
export function tellUnreadable(changes: readonly Unreadable[]): readonly Told<Unreadable>[] {
  return alike(changes, ({ reason, error }) => [reason, reasonKey(error)].join("\n")).map((of) =>
    of.length === 1
      ? alone(of, [...identityFacts(of[0]), ...unreadableFacts(of[0])])
      : together(of, unreadableFacts({ ...of[0], error: ofAll(of[0].error) })),
  );
}

/** How results are told. */
export type ReportTelling = {
  /** Whether campaigns of which the same holds are told together, or each by itself, as in a list of what is left to do. */
  readonly grouping: "together" | "each";
  /** Below how many people a count is not shown. */
  readonly minCount: number;
};

/** What became of campaigns, each reason once. What was written, or may have been, is told campaign by campaign. */
export function tellResults(
  results: readonly ApplyResult[],
  reportKind: Report["kind"],
  { grouping, minCount }: ReportTelling,
): readonly Told<ApplyResult>[] {
  const keyOf = (result: ApplyResult) => {
    if (grouping === "each" || !isLeftAlone(result)) return result.campaignId;
    const { reason, error } = result;
    return [reason, error === null ? "" : reasonKey(error)].join("\n");
  };
  return alike(results, keyOf).map((of) => {
    const [first] = of;
    // Who answered knows of which campaigns: they were shown above the question.
    if (first.reason === "declined")
      return { of, title: `${whoOf(of)}: ${reasonWords("declined")}`, facts: [] };
    if (of.length === 1) return alone(of, resultFacts(first, reportKind, minCount));
    const error = first.error === null ? null : ofAll(first.error);
    return together(of, resultFacts({ ...first, error }, reportKind, minCount));
  });
}

/** How many campaigns each item tells of. */
export function weightsOf(told: readonly Told<unknown>[]): readonly number[] {
  return told.map(({ of }) => of.length);
}

/** Of these nothing was sent, and there is no more to say than why. */
function isLeftAlone({ outcome, error, live }: ApplyResult): boolean {
  return (
    (outcome === "failed" || outcome === "not-attempted") && live === null && error?.mayHaveLanded !== true
  );
}

function alone<T extends Named>(of: readonly [T, ...T[]], facts: readonly Fact[]): Told<T> {
  return { of, title: whoOf(of), facts };
}

function together<T extends Named & { readonly source: Source }>(
  of: readonly [T, ...T[]],
  facts: readonly Fact[],
): Told<T> {
  const value = firstNames(of, ({ name, campaignId, source }) => {
    return `${name === null ? campaignId : shownName(name)} (${positionText(source)})`;
  });
  return { of, title: whoOf(of), facts: [{ label: "campaigns", value }, ...factsOfAll(facts)] };
}

function whoOf(of: readonly [Named, ...Named[]]): string {
  return of.length === 1 ? shownName(of[0].name) : quantity(of.length, "campaign");
}

/** Groups of which the same is to be said, in the order of their first members. */
export function alike<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  return [...groupBy(items, keyOf).values()];
}

/** Errors with one key differ in nothing that a reader could use but the campaign they are of. */
function reasonKey({ code, status, message }: CampaignError): string {
  return [code, status, withoutIds(message).replace(GIVEN_UP, "")].join("\n");
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** What the breaker says of those that it held back: their reason is that of the one that failed. */
const GIVEN_UP = /^The API fails too often, so it is not asked for .*?\. The last failure: /;

function withoutIds(message: string): string {
  return message.replace(ID, "…");
}

/** An error as it holds for all: without the id of one campaign. */
function ofAll<T extends CampaignError>(error: T): T {
  return { ...error, message: withoutIds(error.message) };
}

/** Facts as they hold for all: a correlation id can only be that of one. */
function factsOfAll(facts: readonly Fact[]): readonly Fact[] {
  return facts
    .filter(({ label }) => label !== "campaign" && label !== "file")
    .map((fact) => (fact.label === CORRELATION_ID.label ? { ...fact, label: CORRELATION_ID.ofFirst } : fact));
}
