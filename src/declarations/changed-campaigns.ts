import { sameBinding } from "../domain/binding.ts";
import { compare } from "../domain/compare.ts";
import { makeDiagnostic } from "../domain/diagnostics.ts";
import { groupBy } from "../domain/group-by.ts";
import type { AudienceBinding, CampaignSpec, Cause, Diagnostic } from "../domain/model.ts";
import { quoteWhole } from "../text/quote.ts";

/** What one file of the base declared for a campaign, beside what is declared for it now. */
export type DeclaredBefore = {
  readonly campaignId: string;
  readonly name: string | null;
  /** The file, as it is called for people. */
  readonly file: string;
  /** Its audiences then; null where they cannot be read, or the text is the same and means the same. */
  readonly audience: AudienceBinding | null;
  /** Its labels then; null where they are the same, or cannot be read. */
  readonly labels: CampaignSpec["labels"] | null;
  /** Whether it declared the same. Not where that cannot be read. */
  readonly isSame: boolean;
  /** What made its entries stand for other audiences than they do now; null where its own file names others now. */
  readonly causes: readonly Cause[] | null;
};

/** What a base declared, as far as that matters for what is declared now. */
export type BaseDeclarations = {
  readonly campaigns: Iterable<DeclaredBefore>;
  /** What makes every campaign another one, such as another `apiUrl` in the project file; most often nothing. */
  readonly forAll: readonly Cause[];
  /** What makes one a campaign file that was there as it is, and was none; nothing where that is not so. */
  readonly newlyNamed: (spec: CampaignSpec) => readonly Cause[];
};

/** How what is declared now differs from a base. */
export type ChangedCampaigns = {
  /**
   * The campaigns that are declared otherwise than before, or were not declared. With each what in other files made it so,
   * in order; nothing where its own file did.
   */
  readonly changed: ReadonlyMap<string, readonly Cause[]>;
  /** Those that were declared and are not any more, each once. */
  readonly gone: readonly DeclaredBefore[];
  /** With which audiences the changed ones were declared; null where they were not, or nobody can tell. */
  readonly before: ReadonlyMap<string, AudienceBinding | null>;
  /** How those are labelled otherwise that are, by id. */
  readonly labels: ReadonlyMap<string, CampaignSpec["labels"]>;
};

/**
 * Finds the campaigns that are declared otherwise than in a base. A campaign is known by its id in the environment that
 * both were read for, wherever its file is. What two files of the base declared counts as not readable.
 */
export function changedCampaigns(now: readonly CampaignSpec[], base: BaseDeclarations): ChangedCampaigns {
  const before = new Map(groupBy(base.campaigns, ({ campaignId }) => campaignId));
  const changed = new Map<string, readonly Cause[]>();
  const audiences = new Map<string, AudienceBinding | null>();
  const labels = new Map<string, CampaignSpec["labels"]>();
  for (const spec of now) {
    const { campaignId } = spec;
    const found = before.get(campaignId) ?? [];
    before.delete(campaignId);
    const isSame = found.length === 1 && found[0]?.isSame === true && base.forAll.length === 0;
    if (isSame) continue;
    changed.set(campaignId, causesOf(spec, found, base));
    const [one = null] = found.length === 1 ? found : [];
    audiences.set(campaignId, one?.audience ?? null);
    if (one !== null && one.labels !== null) labels.set(campaignId, one.labels);
  }
  const gone = [...before.values()].map(([first]) => first);
  return { changed, gone, before: audiences, labels };
}

function causesOf(
  spec: CampaignSpec,
  found: readonly DeclaredBefore[],
  { forAll, newlyNamed }: BaseDeclarations,
): readonly Cause[] {
  const asNow = found.find(({ causes }) => causes !== null);
  if (asNow === undefined) return newlyNamed(spec);
  const others = found.filter((other) => other !== asNow);
  const twins = others.map(({ file }): Cause => ({ file, kind: "declared-too", name: null }));
  return [...forAll, ...(asNow.causes ?? []), ...twins].sort(
    (a, b) => compare(a.file, b.file) || compare(a.kind, b.kind) || compare(a.name ?? "", b.name ?? ""),
  );
}

/** Whether two declarations of one campaign say the same, wherever they stand. */
export function sameDeclaration(a: CampaignSpec, b: CampaignSpec): boolean {
  return (
    a.campaignId === b.campaignId &&
    a.name === b.name &&
    a.owner === b.owner &&
    sameLabels(a.labels, b.labels) &&
    sameBinding(a.audience, b.audience)
  );
}

/** Whether two declarations have the same labels. */
export function sameLabels(a: CampaignSpec["labels"], b: CampaignSpec["labels"]): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}

/**
 * Tells that nobody looks after a campaign any more.
 *
 * @param commit how the base is called for people.
 */
export function tellNoLongerDeclared({ campaignId, name, file }: DeclaredBefore, commit: string): Diagnostic {
  const called = name === null ? campaignId : `${quoteWhole(name)} (${campaignId})`;
  const detail = `Commit ${commit} declares the campaign ${called} in this file, and no file does now. It stays as it is live, and plan, apply and drift no longer look after it.`;
  return makeDiagnostic("no-longer-declared", { detail, file });
}
