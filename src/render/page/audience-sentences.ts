import type { AudienceBinding, AudienceFacts, AudienceRef, Direction } from "../../domain/model.ts";
import { type AudienceChange, audienceChanges } from "../../plan/audience-changes.ts";
import type { AudienceKnowledge } from "./audience-knowledge.ts";
import { shownName } from "./facts.ts";
import { sizeWords } from "./people-words.ts";

/** One audience that differs, as the parts of a sentence. Nothing is escaped yet. */
export type AudienceSentence = {
  /** What that does to the number of people; `none` where nothing is written. */
  readonly direction: Direction;
  /** What becomes of the audience: `no longer excludes`. */
  readonly verb: string;
  /** Null where nobody knows it. */
  readonly name: string | null;
  /** Its type, and how many people it has where that is known: `segment, 12,004 people`. */
  readonly about: string;
  readonly audienceId: string;
};

/** How two bindings differ. `afterwards` says how many audiences a write leaves; null where nothing is written. */
export type Comparison = {
  readonly sentences: readonly AudienceSentence[];
  readonly afterwards: string | null;
};

type Bindings = { readonly before: AudienceBinding; readonly after: AudienceBinding };

type Verbs = Readonly<Record<AudienceChange["list"], Readonly<Record<AudienceChange["verb"], string>>>>;

const WRITTEN: Verbs = {
  include: {
    added: "now includes",
    removed: "no longer includes",
    retyped: "includes as another type",
  },
  exclude: {
    added: "now excludes",
    removed: "no longer excludes",
    retyped: "excludes as another type",
  },
};

/** What a write would change, and what each audience does to the number of people: what widens first. */
export function replacementOf({ before, after }: Bindings, known: AudienceKnowledge): Comparison {
  return {
    sentences: audienceChanges(before, after).map((change) =>
      sentenceOf(change, WRITTEN, change.effect, known),
    ),
    afterwards: bindingCounts(after),
  };
}

const LEFT_ALONE: Verbs = {
  include: {
    added: "only the file includes",
    removed: "only live includes",
    retyped: "the file includes as another type",
  },
  exclude: {
    added: "only the file excludes",
    removed: "only live excludes",
    retyped: "the file excludes as another type",
  },
};

/** How a campaign that is left alone differs from its file. */
export function differenceOf({ before, after }: Bindings, known: AudienceKnowledge): Comparison {
  return {
    sentences: audienceChanges(before, after).map((change) => sentenceOf(change, LEFT_ALONE, "none", known)),
    afterwards: null,
  };
}

/** Said of an audience whose people could not be counted: nobody must take it for none. */
export const SIZE_NOT_KNOWN = "size not known";

function sentenceOf(
  change: AudienceChange,
  verbs: Verbs,
  direction: Direction,
  known: AudienceKnowledge,
): AudienceSentence {
  const { list, verb } = change;
  // What is left alone is not counted.
  const unknown = known.sized && direction !== "none" ? SIZE_NOT_KNOWN : null;
  return { direction, verb: verbs[list][verb], ...audienceWords(change, unknown, known) };
}

/** Which audience that is. `unknown` is said where it has no size. */
function audienceWords(
  { audienceId, type, was }: Pick<AudienceChange, "audienceId" | "type" | "was">,
  unknown: string | null,
  { audiences, minCount }: AudienceKnowledge,
): Pick<AudienceSentence, "name" | "about" | "audienceId"> {
  const facts = Object.hasOwn(audiences, audienceId) ? audiences[audienceId] : undefined;
  const people = sizeWords(facts?.size ?? null, minCount) ?? unknown;
  return {
    name: nameOf(facts),
    about: [type, ...(was === null ? [] : [`was ${was}`]), ...(people === null ? [] : [people])].join(", "),
    audienceId,
  };
}

function nameOf(facts: AudienceFacts | undefined): string | null {
  const name = facts?.name?.trim() ?? "";
  return name === "" ? null : shownName(name);
}

/** How many audiences a binding has: `3 included, 1 excluded`. */
export function bindingCounts(binding: AudienceBinding): string {
  return `${binding.include.length} included, ${binding.exclude.length} excluded`;
}

/** A whole binding, a sentence an audience. */
export function bindingOf(binding: AudienceBinding, known: AudienceKnowledge): Comparison {
  const sentences = (verb: string, refs: readonly AudienceRef[]) =>
    refs.map((ref) => ({
      direction: "none" as const,
      verb,
      ...audienceWords({ ...ref, was: null }, null, known),
    }));
  return {
    sentences: [...sentences("includes", binding.include), ...sentences("excludes", binding.exclude)],
    afterwards: null,
  };
}
