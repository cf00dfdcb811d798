import { isUuid } from "../../domain/ids.ts";
import type { Diagnostic, RuleName, Strength } from "../../domain/model.ts";
import type { Path } from "../../yaml/locate.ts";
import { valueSpan } from "../../yaml/locate.ts";
import { diagnosticAt } from "../../yaml/source-text.ts";
import type { YamlDocument } from "../../yaml/yaml-document.ts";

/** A set of rules as the project file writes it. */
export type WrittenSet = {
  readonly requireExclude?: readonly string[];
  readonly forbidInclude?: readonly string[];
  readonly maxChanges?: number | string;
  readonly reach?: {
    readonly min?: number;
    readonly max?: number;
    readonly maxIncrease?: string;
    readonly maxDecrease?: string;
    readonly onBreach?: "report" | "restore";
  };
  readonly freeze?: readonly { readonly from: string; readonly to: string; readonly reason?: string }[];
};

type WrittenWhen = WrittenSet & {
  readonly channel?: string;
  readonly labels?: Readonly<Record<string, string>>;
};

type WrittenWaiver = {
  readonly campaignId: string;
  readonly rule: RuleName;
  readonly audience?: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
};

/** What a project file says of rules. */
export type RulesContent = {
  readonly guardrails?: WrittenSet & {
    readonly when?: readonly WrittenWhen[];
    readonly strength?: Partial<Record<RuleName, Strength>>;
  };
  readonly waivers?: readonly WrittenWaiver[];
};

/** The rules of a project file as they are written, with the document that they stand in. */
export type WrittenRules = { readonly content: RulesContent; readonly document: YamlDocument };

/** Whether any rule or waiver has a name: only then the catalogue matters. */
export function namesAnAudience({ content: { guardrails = {}, waivers = [] } }: WrittenRules): boolean {
  const sets: readonly WrittenSet[] = [guardrails, ...(guardrails.when ?? [])];
  const words = [
    ...sets.flatMap(({ requireExclude = [], forbidInclude = [] }) => [...requireExclude, ...forbidInclude]),
    ...waivers.flatMap(({ audience }) => audience ?? []),
  ];
  return words.some((word) => !isUuid(word));
}

/** Every mistake in rules that the schema of the file does not see. */
export function ruleMistakes({
  content: { guardrails = {}, waivers = [] },
  document,
}: WrittenRules): readonly Diagnostic[] {
  const tell = (path: Path, detail: string): Diagnostic =>
    diagnosticAt(document.text, "invalid-value", valueSpan(document.root, path), detail);
  const whens = guardrails.when ?? [];
  return [
    ...freezeMistakes(guardrails, ["guardrails"], tell),
    ...whens.flatMap((when, index) => {
      const path = ["guardrails", "when", String(index)];
      const isForAll = when.channel === undefined && when.labels === undefined;
      return [
        ...(isForAll
          ? [
              tell(
                path,
                "It says of no channel and no label, so it is for every campaign. Add one, or write the rules without when.",
              ),
            ]
          : []),
        ...freezeMistakes(when, path, tell),
      ];
    }),
    ...waivers.flatMap((waiver, index) => waiverMistakes(waiver, ["waivers", String(index)], tell)),
  ];
}

type Tell = (path: Path, detail: string) => Diagnostic;

function freezeMistakes({ freeze = [] }: WrittenSet, path: Path, tell: Tell): readonly Diagnostic[] {
  return freeze.flatMap(({ from, to }, index) => {
    const at = (key: string) => [...path, "freeze", String(index), key];
    const wrong = [
      ...(isTime(from) ? [] : [tell(at("from"), NO_TIME)]),
      ...(isTime(to) ? [] : [tell(at("to"), NO_TIME)]),
    ];
    if (wrong.length > 0 || Date.parse(from) < Date.parse(to)) return wrong;
    return [tell(at("to"), "It ends before it begins. Write the later time here.")];
  });
}

const NO_TIME = "There is no such time. Write one with its zone, such as 2026-12-24T00:00:00Z.";

/** The 31st of a month that has 30 days is no time, although it can be read as one. */
function isTime(text: string): boolean {
  return isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function waiverMistakes(
  { rule, audience, expires }: WrittenWaiver,
  path: Path,
  tell: Tell,
): readonly Diagnostic[] {
  const isOfAudience = rule === "require-exclude" || rule === "forbid-include";
  return [
    ...(isDay(expires)
      ? []
      : [tell([...path, "expires"], "There is no such day. Write one such as 2026-12-31.")]),
    ...(audience === undefined || isOfAudience
      ? []
      : [tell([...path, "audience"], `The rule ${rule} speaks of no audience. Delete this key.`)]),
  ];
}
