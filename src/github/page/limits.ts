/**
 * Bytes of UTF-8 that a comment or an issue may take. GitHub refuses a body of more than 65,536 characters; counted in
 * bytes there is room to spare, whatever a character is.
 */
export const COMMENT_LIMIT = 65_000;

/** Bytes of a plan's comment that readers get whatever its header needs. */
export const VISIBLE_MIN = 14_000;

/** Bytes of UTF-8 that a job summary may take. GitHub drops the whole summary of a step beyond 1,024 KiB. */
export const SUMMARY_LIMIT = 1_000_000;

/** Length of a text in bytes of UTF-8. */
export function utf8Length(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
