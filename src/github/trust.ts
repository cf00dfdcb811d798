import type { Client } from "./client.ts";
import { GitHubError } from "./github-error.ts";
import { isDenied } from "./identity.ts";
import { isOurs } from "./login.ts";
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
    const { editor } = await client.query(LAST_EDIT, { id: comment.nodeId }, decodeLastEdit);
    return editor === null || isOurs(editor, ownLogin);
  } catch (error) {
    if (!(error instanceof GitHubError) || !isDenied(error)) throw error;
    notice(`Nobody can tell who edited ${comment.url} last, since GraphQL does not answer; it is trusted.`);
    return true;
  }
}

function decodeLastEdit(data: unknown): { readonly editor: ReturnType<typeof decodeAuthor> } | null {
  const { node } = fieldsOf(data);
  return "editor" in fieldsOf(node) ? { editor: decodeAuthor(fieldsOf(node).editor) } : null;
}
