import { escapeText, withoutOpenEnd } from "../../text/invisible.ts";
import type { OwnIssue } from "../run/model.ts";

/** Title and body of an issue. The body begins with the hidden marker that it is found by. */
export type IssueText = { readonly title: string; readonly body: string };

/** GitHub takes titles of up to 256 characters. */
const MAX_TITLE = 200;

/** A title on one line, cut where GitHub would refuse it. It is plain text there: no Markdown, no mention. */
export function issueTitle(text: string): string {
  const title = escapeText(text);
  return title.length > MAX_TITLE ? `${withoutOpenEnd(title.slice(0, MAX_TITLE))}…` : title;
}

/** What to do with one issue. A note is a comment that says why. `leave` needs no request. */
export type IssueOperation =
  | ({ readonly kind: "open" } & IssueText)
  | ({ readonly kind: "reopen"; readonly number: number; readonly note: string } & IssueText)
  | ({ readonly kind: "update"; readonly number: number } & IssueText)
  | { readonly kind: "close"; readonly number: number; readonly note: string }
  | { readonly kind: "leave"; readonly number: number };

/**
 * Sees to it that there is one open issue with this text. The oldest open one is kept, else the newest closed one is
 * opened again; every other open one is closed.
 *
 * @param issues ours, with the same marker.
 */
export function planOpenIssue(
  text: IssueText,
  issues: readonly OwnIssue[],
  reopenNote: string,
): readonly IssueOperation[] {
  const ordered = [...issues].sort((a, b) => a.number - b.number);
  const kept = ordered.find(({ isOpen }) => isOpen) ?? ordered.at(-1);
  if (kept === undefined) return [{ kind: "open", ...text }];
  const others = ordered.filter((issue) => issue.number !== kept.number);
  return [
    keep(kept, text, reopenNote),
    ...planCloseIssues(others, `Issue #${kept.number} is about the same and is kept.`),
  ];
}

function keep(issue: OwnIssue, text: IssueText, note: string): IssueOperation {
  const { number } = issue;
  if (!issue.isOpen) return { kind: "reopen", number, note, ...text };
  return saysSame(issue, text) ? { kind: "leave", number } : { kind: "update", number, ...text };
}

/** Whether an issue or a pull request has this text already. */
export function saysSame(there: IssueText, text: IssueText): boolean {
  return there.title === text.title && plain(there.body) === plain(text.body);
}

/** A form gives back other line ends than it got, and may drop the last one. */
function plain(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}

/** Closes whatever is open. */
export function planCloseIssues(issues: readonly OwnIssue[], note: string): readonly IssueOperation[] {
  return issues.flatMap(({ isOpen, number }) => (isOpen ? [{ kind: "close", number, note } as const] : []));
}
