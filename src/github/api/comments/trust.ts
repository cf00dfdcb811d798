import { isOurs } from "../../review/login.ts";
import { GitHubError } from "../../run/github-error.ts";
import type { OwnComment } from "../../run/model.ts";
import type { Client } from "../client.ts";
import { isDenied } from "../identity.ts";
import { decodeAuthor, fieldsOf } from "../wire.ts";

/** Who wrote what a comment of ours says now: we, somebody else, or nobody can tell, and why. */
export type LastWriter =
  | { readonly kind: "us" | "another" }
  | { readonly kind: "unknown"; readonly why: string };

const LAST_EDIT = `query ($id: ID!) {
  node(id: $id) { ... on IssueComment { lastEditedAt editor { __typename login } } }
}`;

/**
 * Who wrote what a comment of ours says now: people with write access may edit it, and the REST API does not show who
 * did. Where GraphQL refuses to say, that is known only of a comment that nobody ever edited.
 */
export async function lastWriter(
  client: Client,
  comment: Pick<OwnComment, "nodeId" | "url" | "isUnedited">,
  ownLogin: string,
): Promise<LastWriter> {
  try {
    const { isEdited, editor } = await client.query(LAST_EDIT, { id: comment.nodeId }, decodeLastEdit);
    // Edited by nobody: the account is gone.
    return { kind: !isEdited || isOurs(editor, ownLogin) ? "us" : "another" };
  } catch (error) {
    if (!(error instanceof GitHubError) || !isDenied(error)) throw error;
    if (comment.isUnedited) return { kind: "us" };
    return {
      kind: "unknown",
      why: `Nobody can tell who edited ${comment.url} last. ${error.message} ${MEND}`,
    };
  }
}

const MEND =
  'The runner must reach GraphQL, and the token needs "pull-requests: read" for it: check the proxy, and permissions of the job.';

type LastEdit = { readonly isEdited: boolean; readonly editor: ReturnType<typeof decodeAuthor> };

function decodeLastEdit(data: unknown): LastEdit | null {
  const node = fieldsOf(fieldsOf(data).node);
  if (!("editor" in node && "lastEditedAt" in node)) return null;
  return { isEdited: node.lastEditedAt !== null || node.editor !== null, editor: decodeAuthor(node.editor) };
}
