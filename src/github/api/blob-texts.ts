import { isSha } from "../run/event-payload.ts";
import type { Client } from "./client.ts";
import { fieldsOf } from "./wire.ts";

/** Texts that one query asks for: far below what GitHub takes, and one request in place of a hundred. */
const BLOBS_A_QUERY = 100;

/**
 * Texts of blobs, a hundred a request. Null for one that GitHub does not show as text: binary, or too large.
 *
 * @param ids full blob ids.
 * @throws GitHubError, also for a blob that is not there.
 */
export async function readBlobTexts(
  client: Client,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const wanted = [...new Set(ids)];
  if (!wanted.every(isSha)) throw new Error("A blob id is none.");
  const batches = Array.from({ length: Math.ceil(wanted.length / BLOBS_A_QUERY) }, (_, index) =>
    wanted.slice(index * BLOBS_A_QUERY, (index + 1) * BLOBS_A_QUERY),
  );
  const read = await Promise.all(batches.map((batch) => readBatch(client, batch)));
  return new Map(read.flat());
}

type Text = readonly [id: string, text: string | null];

function readBatch(client: Client, ids: readonly string[]): Promise<readonly Text[]> {
  const { owner, repo } = client.repository;
  const blobs = ids.map(
    (id, index) => `b${index}: object(oid: "${id}") { ... on Blob { text isBinary isTruncated } }`,
  );
  const query = `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${blobs.join(" ")} } }`;
  return client.query(query, { owner, name: repo }, (data) => decodeBatch(data, ids));
}

function decodeBatch(data: unknown, ids: readonly string[]): readonly Text[] | null {
  const blobs = fieldsOf(fieldsOf(data).repository);
  const texts = ids.map((id, index) => decodeBlob(id, blobs[`b${index}`]));
  return texts.every((text) => text !== null) ? texts : null;
}

function decodeBlob(id: string, value: unknown): Text | null {
  const { text, isBinary, isTruncated } = fieldsOf(value);
  if (typeof isTruncated !== "boolean") return null;
  // Of what it cannot tell, GitHub says null.
  if (isTruncated || isBinary === true || text === null) return [id, null];
  return typeof text === "string" ? [id, text] : null;
}
