import { createHash } from "node:crypto";

/** How long a blob id is in hex digits: 40 in most repositories, 64 in one with SHA-256. */
export type BlobIdLength = 40 | 64;

const LF = 0x0a;
const CR = 0x0d;

/**
 * The ids that git may know the bytes of a file by: as they are, and with the line ends that it stores where it writes
 * others into the checkout, as on Windows.
 */
export function blobIdsOf(bytes: Uint8Array, length: BlobIdLength): readonly string[] {
  const asIs = blobId(bytes, length);
  return bytes.includes(CR) ? [asIs, blobId(withoutReturns(bytes), length)] : [asIs];
}

/** Whether git may know some bytes by a full blob id. */
export function isBlob(bytes: Uint8Array, id: string): boolean {
  return blobIdsOf(bytes, id.length as BlobIdLength).includes(id);
}

function blobId(bytes: Uint8Array, length: BlobIdLength): string {
  const hash = createHash(length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== CR || bytes[index + 1] !== LF);
}
