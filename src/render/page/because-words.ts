import { groupBy } from "../../domain/group-by.ts";
import type { Cause, Change } from "../../domain/model.ts";
import { countText } from "../../text/figures.ts";

/** How the fact is called that says what changed a campaign which its own file did not change. */
export const BECAUSE = "because of";

/** Of one file more are counted. */
const NAMED = 3;

/** What in other files changed a campaign, a part for each file: `audiences.yaml: group baseline`. Nothing is escaped yet. */
export function becauseWords({
  because = [],
  causes = [],
}: Pick<Change, "because" | "causes">): readonly string[] {
  const byFile = new Map(groupBy(causes, ({ file }) => file));
  return because.map((file) => {
    const words = (byFile.get(file) ?? []).flatMap(causeWords);
    const named = words.length > NAMED + 1 ? words.slice(0, NAMED) : words;
    const more = words.length - named.length;
    const listed = named.join(", ") + (more === 0 ? "" : ` and ${countText(more)} more`);
    return listed === "" ? file : `${file}: ${listed}`;
  });
}

function causeWords({ kind, name }: Cause): readonly string[] {
  switch (kind) {
    case "group":
    case "audience":
    case "environment":
      return [`${kind} ${name}`];
    case "setting":
      return [name];
    case "unreadable":
      return ["could not be read before"];
    case "declared-too":
      return ["declared it too"];
    case "file":
      return [];
  }
}
