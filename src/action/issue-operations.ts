import type { GitHub } from "../github/api/github.ts";
import type { IssueOperation } from "../github/review/issue-operation.ts";
import type { OwnIssue } from "../github/run/model.ts";

/**
 * Our issues with a marker: the open ones, and the closed ones as well where what follows from the open ones is that one
 * has to be opened, since a closed one is opened again then.
 *
 * @param operationsFor what is to be done where these are all.
 */
export async function issuesFor(
  github: GitHub,
  marker: string,
  operationsFor: (issues: readonly OwnIssue[]) => readonly IssueOperation[],
): Promise<readonly OwnIssue[]> {
  const open = await github.findIssues(marker, "open");
  const isOpening = operationsFor(open).some(({ kind }) => kind === "open");
  return isOpening ? [...open, ...(await github.findIssues(marker, "closed"))] : open;
}

/** Carries out one operation on an issue; the issue as it is then, null when nothing was asked for. */
export async function carryOut(github: GitHub, operation: IssueOperation): Promise<OwnIssue | null> {
  switch (operation.kind) {
    case "open":
      return github.createIssue({ title: operation.title, body: operation.body });
    case "reopen": {
      const { number, note, title, body } = operation;
      const issue = await github.updateIssue(number, { title, body, state: "open" });
      await github.commentOnIssue(number, note);
      return issue;
    }
    case "update":
      return github.updateIssue(operation.number, { title: operation.title, body: operation.body });
    case "close": {
      const issue = await github.updateIssue(operation.number, { state: "closed" });
      await github.commentOnIssue(operation.number, operation.note);
      return issue;
    }
    case "leave":
      return null;
  }
}
