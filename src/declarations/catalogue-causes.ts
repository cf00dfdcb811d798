import { type Names, NO_NAMES } from "../catalogue/names.ts";
import { groupBy } from "../domain/group-by.ts";
import type { CampaignFile } from "./campaign-file.ts";
import { type Brought, lookUpWords } from "./look-up-words.ts";
import type { CampaignChoice } from "./resolve.ts";

/** A group or an audience of the catalogue, by its name. */
type NamedCause = { readonly kind: "group" | "audience"; readonly name: string };

/** What the entries of a file come to: for each audience of each list, all that bring it in. */
type Comes = { readonly names: Names; readonly brought: ReadonlyMap<string, readonly Brought[]> };

/**
 * The groups and audiences that make the entries of one file stand for something else by one catalogue than by another,
 * each once. Of a group that lost or got a member, the group; of an audience that has another id or type, the audience.
 */
export function catalogueCauses(
  file: CampaignFile,
  then: CampaignChoice,
  now: CampaignChoice,
): readonly NamedCause[] {
  const [before, after] = [comesTo(file, then), comesTo(file, now)];
  if (before === null || after === null) return [];
  const found = [...onOneSide(after, before), ...onOneSide(before, after)];
  return [...new Map(found.map((cause) => [`${cause.kind} ${cause.name}`, cause])).values()];
}

function comesTo({ says, text }: CampaignFile, choice: CampaignChoice): Comes | null {
  const { names = NO_NAMES, environment } = choice;
  if (says === null || names === null) return null;
  const { words } = lookUpWords(says, text, { names, environment, needsIds: false });
  const all = words.flatMap(({ list, brings }) =>
    brings.map((each) => ({ ...each, of: `${list} ${each.key} ${each.type}` })),
  );
  return { names, brought: groupBy(all, ({ of }) => of) };
}

function onOneSide({ brought }: Comes, other: Comes): readonly NamedCause[] {
  const only = [...brought].flatMap(([of, all]) => (other.brought.has(of) ? [] : all));
  return only.flatMap(({ name, via }) => (name === null ? [] : [causeOf(name, via, other.names)]));
}

/** Why a name that is reached by these groups comes to nothing of the kind by another catalogue. */
function causeOf(name: string, via: readonly string[], other: Names): NamedCause {
  const [word = name] = via;
  const itself = { kind: via.length === 0 ? "audience" : "group", name: word } as const;
  const members = other.expand(word);
  if (members === null) return itself;
  if (members.some(({ audience }) => audience.name === name)) return { kind: "audience", name };
  const way = [...via, name];
  const parted = via.find((group, step) => !holds(group, way[step + 1] ?? "", other));
  return parted === undefined ? itself : { kind: "group", name: parted };
}

function holds(group: string, member: string, { catalogue }: Names): boolean {
  return catalogue.groups.get(group)?.members.some(({ says }) => says === member) === true;
}
