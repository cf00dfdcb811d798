/** The open questions of the API (sheet, section 18), each answered one way or the other. See docs/sandbox.md. */

/** Questions with one answer for the whole server. */
export type ServerSwitches = {
  /** HTTP status of a body or query that breaks the rules. */
  readonly validationStatus: 400 | 422;
  /** HTTP status for a campaign id that is no UUID. */
  readonly malformedId: 400 | 404;
  readonly correlationId: "header-and-body" | "header" | "body" | "none";
  /** One code for every 401; null: `CDP_ETL.AUTH.…` by cause, as the error guide lists them. */
  readonly unauthorizedCode: string | null;
  readonly rateLimitCode: string;
  readonly retryAfter: "seconds" | "date" | "missing";
  /** Where the token endpoint takes the client's secret from. */
  readonly clientAuthentication: "either" | "basic" | "body";
  /** Seconds after which an issued token is refused. */
  readonly tokenLifetime: number;
  /** What the token endpoint says of it; `overstated` says ten times as long. */
  readonly expiresIn: "told" | "missing" | "overstated";
  readonly previewScope: "granted" | "missing";
  readonly previewIds: "own" | "shared";
  readonly previewSegments: "counted" | "not-found";
  readonly previewCount: "exact" | "about" | "unsaid";
  /** Milliseconds before each answer to a preview. */
  readonly previewDelayMs: number;
  /** How the list of campaigns goes on after its first answer. */
  readonly listPaging: "none" | "page" | "cursor" | "repeating" | "short";
};

/** Questions that a campaign may answer otherwise than the rest. */
export type CampaignSwitches = {
  readonly reachAfterPut: "idle" | "pending" | "old-ok";
  readonly evaluation: "automatic" | "lazy" | "never" | "failed";
  readonly openEvaluation: "dropped" | "finishes";
  readonly isStale: "accurate" | "always-false" | "always-true" | "missing";
  readonly countWhilePending: "none" | "old";
  readonly evaluatedAtMissing: boolean;
  /** Milliseconds by which the evaluator's clock is ahead of the API's. */
  readonly evaluatorClockMs: number;
  readonly timestamps: "milliseconds" | "seconds";
  readonly updatedAtBumped: boolean;
  /** Milliseconds for which reads do not show a change. */
  readonly readLagMs: number;
  readonly unknownAudience: "refused" | "accepted" | "reach-failed";
  readonly entryOrder: "kept" | "reversed";
  readonly idCase: "kept" | "upper";
  readonly fullObject: "as-summary" | "as-put";
  readonly campaignIdField: "campaignId" | "id" | "both";
  readonly identicalPut: "resets" | "no-op";
  readonly omittedExclude: "clears" | "keeps";
  readonly storeSomethingElse: "never" | "keeps-old" | "drops-exclude";
  readonly summaryNulls: "filled" | "null-values" | "missing";
  readonly extraFields: boolean;
  readonly namesNull: boolean;
  readonly lockedPreflight: "answered" | "refused";
};

/** Every question. */
export type Switches = ServerSwitches & CampaignSwitches;

/** How each question is answered unless the seed says otherwise: the less kind of the plausible answers. */
export const SERVER_DEFAULTS: ServerSwitches = {
  validationStatus: 400,
  malformedId: 400,
  correlationId: "header",
  unauthorizedCode: null,
  rateLimitCode: "CDP_ETL.RATE.LIMITED",
  retryAfter: "seconds",
  clientAuthentication: "either",
  tokenLifetime: 3600,
  expiresIn: "told",
  previewScope: "granted",
  previewIds: "own",
  previewSegments: "counted",
  previewCount: "exact",
  previewDelayMs: 0,
  listPaging: "none",
};

/** The same for the questions that a campaign may answer by itself; docs/sandbox.md names the kind answers. */
export const CAMPAIGN_DEFAULTS: CampaignSwitches = {
  reachAfterPut: "old-ok",
  evaluation: "automatic",
  openEvaluation: "dropped",
  isStale: "always-false",
  countWhilePending: "old",
  evaluatedAtMissing: false,
  evaluatorClockMs: 0,
  timestamps: "milliseconds",
  updatedAtBumped: true,
  readLagMs: 0,
  unknownAudience: "reach-failed",
  entryOrder: "reversed",
  idCase: "kept",
  fullObject: "as-put",
  campaignIdField: "id",
  identicalPut: "resets",
  omittedExclude: "clears",
  storeSomethingElse: "never",
  summaryNulls: "null-values",
  extraFields: true,
  namesNull: true,
  lockedPreflight: "refused",
};
