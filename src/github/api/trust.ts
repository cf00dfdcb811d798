import { isOurs } from "../review/login.ts";
import { GitHubError } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import { isDenied } from "./identity.ts";
import { decodeAuthor, fieldsOf } from "./wire.ts";

const LAST_EDIT = `query ($id: ID!) {
  node(id: $id) { ... on IssueComment { lastEditedAt editor { __typename login } } }
}`;

/**
 * Whether a comment of ours still says what we wrote: people with write access may edit it, and the REST API does not
 * show who did. Where GraphQL does not answer at all, nobody can tell, and that is told through `notice`.
 *
 * @param nodeId the comment's id in GraphQL.
 */
export async function isUntouched(
  client: Client,
  comment: { readonly nodeId: string; readonly url: string },
  ownLogin: string,
  notice: (text: string) => void,
): Promise<boolean> {
  try {
    const { isEdited, editor } = await client.query(LAST_EDIT, { id: comment.nodeId }, decodeLastEdit);
    // Edited by nobody: the account is gone.
    return !isEdited || isOurs(editor, ownLogin);
  } catch (error) {
    if (!(error instanceof GitHubError) || !isDenied(error)) throw error;
    notice(`Nobody can tell who edited ${comment.url} last, since GraphQL does not answer; it is trusted.`);
    return true;
  }
}

type LastEdit = { readonly isEdited: boolean; readonly editor: ReturnType<typeof decodeAuthor> };

function decodeLastEdit(data: unknown): LastEdit | null {
  const node = fieldsOf(fieldsOf(data).node);
  if (!("editor" in node && "lastEditedAt" in node)) return null;
  return { isEdited: node.lastEditedAt !== null || node.editor !== null, editor: decodeAuthor(node.editor) };
}
