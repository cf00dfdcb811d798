/** Every bound of the API client. Times in milliseconds; tests shorten them, users cannot. */
export type Limits = {
  /** To open a connection, TLS included. */
  readonly connectMs: number;
  /** From the request's last byte to the answer's headers. */
  readonly headersMs: number;
  /** Longest silence inside an answer's body. */
  readonly bodyMs: number;
  /** One request and its whole answer, however steadily it trickles. */
  readonly callMs: number;
  /** Largest answer that is read. A summary has about 1 KiB. */
  readonly maxBodyBytes: number;
  /** Longest `Retry-After` that is slept; a longer one is reported with the time to come back. */
  readonly retryAfterCapMs: number;
  /** How long one call goes on while the API refuses it for rate. */
  readonly throttleDeadlineMs: number;
  /** How long nothing is asked after the run's budget of failures is used up. */
  readonly coolDownMs: number;
  /** How long calls wait for a token that the token endpoint fails to renew. */
  readonly tokenPatienceMs: number;
};

/** What a run uses. */
export const DEFAULT_LIMITS: Limits = {
  connectMs: 5_000,
  headersMs: 30_000,
  bodyMs: 15_000,
  callMs: 60_000,
  maxBodyBytes: 4 * 1024 * 1024,
  retryAfterCapMs: 120_000,
  throttleDeadlineMs: 300_000,
  coolDownMs: 5_000,
  tokenPatienceMs: 120_000,
};
