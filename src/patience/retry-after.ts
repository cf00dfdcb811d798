/**
 * Milliseconds to wait, or null when the header is missing, not understood, zero or in the past: then our own backoff
 * decides. Seconds are documented (API sheet, 4); the date form of RFC 9110 is read too, against the server's clock.
 *
 * @param reference the server's time, milliseconds since the epoch.
 */
export function parseRetryAfter(header: string | null, reference: number): number | null {
  const text = header?.trim() ?? "";
  // A fraction is not standard; rounded up it is still never too early.
  const waitMs = /^\d+(\.\d+)?$/.test(text)
    ? Math.ceil(Number(text)) * 1_000
    : (parseHttpDate(text) ?? 0) - reference;
  return waitMs > 0 ? waitMs : null;
}

const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
];

/** An HTTP date (RFC 9110, 5.6.7) in milliseconds since the epoch; null when it is not one. */
export function parseHttpDate(text: string | null): number | null {
  if (text === null || !HTTP_DATES.some((form) => form.test(text))) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
