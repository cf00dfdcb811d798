import { isSha } from "../run/event-payload.ts";
import type { Client } from "./client.ts";
import { fieldsOf } from "./wire.ts";

/**
 * The newest commit that two have in common, as GitHub tells it. Nothing else of the comparison is looked at: it names
 * 300 files at most.
 *
 * @param base a branch, or the full SHA of a commit.
 * @param head full SHA of a commit.
 */
export function readMergeBase(client: Client, base: string, head: string): Promise<string> {
  const path = "/repos/{owner}/{repo}/compare/{basehead}";
  const values = { basehead: `${base}...${head}`, per_page: 1 };
  return client.read({ path, values, permission: "contents: read" }, (value) => {
    const { sha } = fieldsOf(fieldsOf(value).merge_base_commit);
    return typeof sha === "string" && isSha(sha) ? sha : null;
  });
}
