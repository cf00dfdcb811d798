import { alertBlock, namingLine } from "../alert.ts";
import { utf8Length } from "../limits.ts";
import { atHeadline } from "./headline.ts";

/** What another pull request means for a plan, and the names of the campaigns that it is about. */
export type PlanNote = {
  /** `beside`: an open one plans them too. `before`: they were planned before it was applied. */
  readonly kind: "beside" | "before";
  /** The pull request as GitHub links it, `#7`; or the commit that was applied without one. */
  readonly of: string;
  readonly names: readonly string[];
};

type Kind = PlanNote["kind"];

const ALERTS = { beside: "NOTE", before: "WARNING" } as const satisfies Record<Kind, string>;

const STARTS = { beside: "Also planned in ", before: "Planned before " } as const satisfies Record<
  Kind,
  string
>;

const ENDS = { beside: "", before: " was applied" } as const satisfies Record<Kind, string>;

const MEANS = {
  beside: "Whichever is merged second needs a new plan, or is refused.",
  before: "Run the plan again, or what differs by now is refused.",
} as const satisfies Record<Kind, string>;

/** Bytes that the names of one note may take. */
const NAMES_MAX = 300;

/** Bytes that a comment with notes may take: a plan may fill all the room that it was given. */
const BODY_MAX = 65_500;

/** The notes of a plan as alerts, one of a kind. */
export function noteAlerts(notes: readonly PlanNote[]): readonly string[] {
  return (["before", "beside"] as const).flatMap((kind) => {
    const lines = notes.filter((note) => note.kind === kind).map(lineOf);
    return lines.length === 0 ? [] : [blockOf(kind, lines)];
  });
}

/** A plan comment with one more note, in place of the one of the same pull request; null where it has no room for it. */
export function withNote(body: string, note: PlanNote): string | null {
  const noted = edited(body, note.kind, (lines) => {
    const index = lines.findIndex((line) => isOf(line, note));
    return index < 0 ? [...lines, lineOf(note)] : lines.with(index, lineOf(note));
  });
  return utf8Length(noted) > BODY_MAX ? null : noted;
}

/** A plan comment without the note of one pull request. */
export function withoutNote(body: string, note: Pick<PlanNote, "kind" | "of">): string {
  return edited(body, note.kind, (lines) => lines.filter((line) => !isOf(line, note)));
}

/** Which pull requests a plan comment has notes of. */
export function notedIn(body: string, kind: Kind): ReadonlySet<string> {
  return new Set(
    linesOf(noteBlock(body, kind)).map((line) =>
      titleOf(line).slice(STARTS[kind].length, -ENDS[kind].length || undefined),
    ),
  );
}

/** The notes of a kind as they stand in a plan comment; empty where there are none. */
export function noteBlock(body: string, kind: Kind): string {
  return body.split("\n\n").find((each) => isBlock(each, kind)) ?? "";
}

function lineOf({ kind, of, names }: PlanNote): string {
  return namingLine({ title: `${STARTS[kind]}${of}${ENDS[kind]}`, names, means: MEANS[kind] }, NAMES_MAX);
}

function isOf(line: string, { kind, of }: Pick<PlanNote, "kind" | "of">): boolean {
  return titleOf(line) === `${STARTS[kind]}${of}${ENDS[kind]}`;
}

function titleOf(line: string): string {
  return /^\*\*([^*]*)\*\*: /.exec(line)?.[1] ?? "";
}

function blockOf(kind: Kind, lines: readonly string[]): string {
  return alertBlock(ALERTS[kind], lines.join("\\\n> "));
}

function isBlock(block: string, kind: Kind): boolean {
  return block.startsWith(`${alertBlock(ALERTS[kind], `**${STARTS[kind]}`)}`);
}

function linesOf(block: string): readonly string[] {
  return block
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^> /, "").replace(/\\$/, ""));
}

/** Notes stand below the headline, which comes first in what people see. */
function edited(body: string, kind: Kind, change: (lines: readonly string[]) => readonly string[]): string {
  const { head, rest } = atHeadline(body);
  const index = rest.findIndex((block) => isBlock(block, kind));
  const lines = change(index < 0 ? [] : linesOf(rest[index] ?? ""));
  const block = lines.length === 0 ? [] : [blockOf(kind, lines)];
  return [...head, ...rest.toSpliced(Math.max(0, index), index < 0 ? 0 : 1, ...block)].join("\n\n");
}
