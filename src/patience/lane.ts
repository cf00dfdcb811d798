/**
 * What a call burdens the API with. Rate classes are independent (API sheet, 4), and so may be what fails behind them:
 * each lane has a budget of failures and a stop of its own.
 */
export type Lane = "read" | "write" | "size" | "clone";

/** One of something for each lane. */
export function perLane<T>(make: () => T): Record<Lane, T> {
  return { read: make(), write: make(), size: make(), clone: make() };
}
