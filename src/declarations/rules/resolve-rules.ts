import { compare } from "../../domain/compare.ts";
import { isUuid } from "../../domain/ids.ts";
import type { Diagnostic } from "../../domain/model.ts";
import {
  type Freeze,
  type Guardrails,
  type Limit,
  type NamedAudience,
  type RuleScope,
  type RuleSet,
  STRENGTHS,
  type Waiver,
} from "../../guardrails/guardrails.ts";
import { type Path, valueSpan } from "../../yaml/locate.ts";
import { diagnosticAt } from "../../yaml/source-text.ts";
import { type AudienceChoice, lookUpWords } from "../look-up-words.ts";
import type { RulesContent, WrittenRules, WrittenSet } from "./written-rules.ts";

/** What the rules of a project mean in an environment, the names that they use, and what cannot be meant. */
export type ResolvedRules = {
  readonly guardrails: Guardrails;
  readonly usedNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
};

/** Finds out which audiences the words of rules and waivers stand for. */
export function resolveRules(written: WrittenRules, choice: AudienceChoice): ResolvedRules {
  const { guardrails = {}, waivers = [] } = written.content;
  const look = lookingUp(written, choice);
  const sets = [
    setOf(guardrails, null, ["guardrails"], look),
    ...(guardrails.when ?? []).map((when, index) => {
      const path = ["guardrails", "when", String(index)];
      return setOf(when, scopeOf(when, placeAt(written, path)), path, look);
    }),
  ];
  return {
    guardrails: {
      sets,
      strength: { ...STRENGTHS, ...guardrails.strength },
      onBreach: guardrails.reach?.onBreach ?? "report",
      waivers: waivers.map((waiver, index) => waiverOf(waiver, ["waivers", String(index)], written, look)),
    },
    usedNames: look.usedNames,
    diagnostics: look.diagnostics,
  };
}

type Looking = {
  audiences(words: readonly string[], path: Path): readonly NamedAudience[];
  readonly usedNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
};

function lookingUp({ document }: WrittenRules, choice: AudienceChoice): Looking {
  const usedNames = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const audienceOf = (word: string, path: Path): readonly NamedAudience[] => {
    const place = valueSpan(document.root, path);
    if (isUuid(word)) {
      const audienceId = word.toLowerCase();
      return [{ audienceId, name: choice.names?.withId(audienceId)?.name ?? null, group: null }];
    }
    usedNames.add(word);
    const found = lookUpWords(
      { include: [{ says: { name: word }, place }], exclude: [] },
      document.text,
      choice,
    );
    diagnostics.push(...found.diagnostics);
    const brought = found.words.flatMap(({ brings }) => brings);
    return brought.flatMap(({ ref, name, via: [group = null] }) =>
      ref === null ? [] : [{ audienceId: ref.audienceId, name, group }],
    );
  };
  return {
    audiences(words, path) {
      const found = words.flatMap((word, index) => audienceOf(word, [...path, String(index)]));
      const byId = new Map(found.map((each) => [each.audienceId, each]));
      return [...byId.values()].sort((a, b) => compare(a.audienceId, b.audienceId));
    },
    usedNames,
    diagnostics,
  };
}

function setOf(written: WrittenSet, scope: RuleScope | null, path: Path, look: Looking): RuleSet {
  const { requireExclude = [], forbidInclude = [], maxChanges, reach = {}, freeze = [] } = written;
  return {
    scope,
    requireExclude: look.audiences(requireExclude, [...path, "requireExclude"]),
    forbidInclude: look.audiences(forbidInclude, [...path, "forbidInclude"]),
    maxChanges: maxChanges === undefined ? null : limitOf(maxChanges),
    reach: {
      min: reach.min ?? null,
      max: reach.max ?? null,
      maxIncrease: percentOf(reach.maxIncrease),
      maxDecrease: percentOf(reach.maxDecrease),
    },
    freeze: freeze.map(freezeOf),
  };
}

function limitOf(written: number | string): Limit {
  return typeof written === "number"
    ? { unit: "number", value: written }
    : { unit: "percent", value: Number.parseInt(written, 10) };
}

function percentOf(written: string | undefined): number | null {
  return written === undefined ? null : Number.parseInt(written, 10);
}

function freezeOf({
  from,
  to,
  reason,
}: {
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
}): Freeze {
  return { from: Date.parse(from), to: Date.parse(to), until: to, reason: reason ?? null };
}

function scopeOf(
  { channel, labels }: { readonly channel?: string; readonly labels?: Readonly<Record<string, string>> },
  place: Diagnostic,
): RuleScope {
  return { channel: channel ?? null, labels: labels ?? {}, place };
}

function waiverOf(
  { campaignId, rule, audience, owner, reason, expires }: NonNullable<RulesContent["waivers"]>[number],
  path: Path,
  written: WrittenRules,
  look: Looking,
): Waiver {
  const found = audience === undefined ? null : look.audiences([audience], [...path, "audience"]);
  return {
    campaignId: campaignId.toLowerCase(),
    rule,
    audienceIds: found === null ? null : found.map(({ audienceId }) => audienceId),
    owner,
    reason,
    expires,
    place: placeAt(written, path),
  };
}

/** A place to be told later: what is wrong there only a plan can say. */
function placeAt({ document }: WrittenRules, path: Path): Diagnostic {
  const code = path[0] === "waivers" ? "unused-waiver" : "rule-matches-nothing";
  return diagnosticAt(document.text, code, valueSpan(document.root, path), "");
}
