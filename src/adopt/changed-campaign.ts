import type { DeclaredCampaign, WrittenEntry } from "../domain/declared.ts";
import type { AudienceBinding, AudienceRef, AudienceType } from "../domain/model.ts";
import type { TakenApart } from "../form/attach-comments.ts";
import {
  BARE,
  type KeySection,
  type Part,
  type Remark,
  writeCampaignText,
  writeSection,
} from "../form/campaign-text.ts";
import { takeApart } from "../form/take-apart.ts";
import { keysOf, refKey, type WordChoice, wordsFor } from "./audience-words.ts";

/**
 * The text of a campaign file with other audiences, and nothing else of it changed: what stays bound keeps its words, its
 * order and its comments, and what is new comes behind. Null where the text cannot be taken apart.
 *
 * @param says what the text says now.
 */
export function changedCampaignText(
  text: string,
  says: Pick<DeclaredCampaign, "include" | "exclude">,
  live: AudienceBinding,
  choice: WordChoice,
): string | null {
  const lines = text.replaceAll("\r\n", "\n").replace(/\n?$/, "\n");
  const taken = takeApart(lines);
  if (taken === null) return null;
  const include = changedSection("include", taken, says.include, live.include, choice);
  const exclude = changedSection("exclude", taken, says.exclude, live.exclude, choice);
  const changed = spliced(lines, taken, { include, exclude }) ?? rewritten(taken, { include, exclude });
  return text.includes("\r\n") ? changed.replaceAll("\n", "\r\n") : changed;
}

/** Null where the list stays as it is. */
function changedSection(
  key: "include" | "exclude",
  { sections }: TakenApart,
  entries: DeclaredCampaign["include"],
  live: readonly AudienceRef[],
  choice: WordChoice,
): KeySection | null {
  const section = sections.find((each) => each.key === key) ?? {
    ...BARE,
    key,
    value: null,
    parts: [],
    below: [],
  };
  const wanted = new Map(live.map((ref) => [refKey(ref), ref]));
  const brought = entries.map(({ says }) => bringsOf(says, choice));
  const isKept = brought.map((keys) => keys?.every((key) => wanted.has(key)) === true);
  const kept = new Set(brought.flatMap((keys, at) => (isKept[at] ? (keys ?? []) : [])));
  const added = live.filter((ref) => !kept.has(refKey(ref)));
  if (added.length === 0 && isKept.every((each) => each)) return null;
  return withParts(
    section,
    isKept,
    wordsFor(added, choice).map((word) => ({ ...BARE, ...word })),
  );
}

function bringsOf(entry: WrittenEntry, { names, environment }: WordChoice): readonly string[] | null {
  if ("name" in entry) return keysOf(entry.name, names, environment);
  return [refKey({ audienceId: entry.audienceId.toLowerCase(), type: entry.type as AudienceType })];
}

/** What stood above an entry that goes stays where it was; what stood beside it spoke of it alone, and goes too. */
function withParts(section: KeySection, isKept: readonly boolean[], added: readonly Part[]): KeySection {
  const parts: Part[] = [];
  let above: readonly Remark[] = [];
  for (const [index, part] of section.parts.entries()) {
    if (isKept[index] === true) parts.push({ ...part, above: [...above, ...part.above] });
    above = isKept[index] === true ? [] : [...above, ...part.above];
  }
  const all = [...parts, ...added];
  const below = [...above, ...section.below];
  if (all.length > 0) return { ...section, value: null, parts: all, below };
  return { ...section, above: [...section.above, ...below], value: "[]", parts: [], below: [] };
}

type Changed = Readonly<Record<"include" | "exclude", KeySection | null>>;

/** Puts the lines of both lists in the place of those that are there. Null where they have no lines of their own. */
function spliced(text: string, { regions, sections }: TakenApart, changed: Changed): string | null {
  if (regions === null) return null;
  const behind = Math.max(...[...regions.values()].map(([, end]) => end), 0);
  const edits = [changed.include, changed.exclude].flatMap((section) => {
    if (section === null) return [];
    const before = sections.find(({ key }) => key === section.key)?.above.length ?? 0;
    const written = writeSection({ ...section, above: section.above.slice(before) });
    return { region: regions.get(section.key) ?? ([behind, behind] as const), written };
  });
  return edits
    .sort((a, b) => b.region[0] - a.region[0])
    .reduce(
      (result, { region, written }) => result.slice(0, region[0]) + written + result.slice(region[1]),
      text,
    );
}

function rewritten(taken: TakenApart, changed: Changed): string {
  const others = taken.sections.filter(({ key }) => key !== "include" && key !== "exclude");
  const lists = (["include", "exclude"] as const).flatMap(
    (key) => changed[key] ?? taken.sections.find((each) => each.key === key) ?? [],
  );
  return writeCampaignText({ ...taken, sections: [...others, ...lists] });
}
