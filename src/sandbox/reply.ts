import type { ServerSwitches } from "./world/switches.ts";

/** What a handler answers. `plain` has no envelope: the token endpoint speaks OAuth. */
export type Reply =
  | {
      readonly kind: "data";
      readonly data: unknown;
      /** Milliseconds before it is sent. */
      readonly delayMs?: number;
    }
  | {
      readonly kind: "refusal";
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly path?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "plain";
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A reply that says no, in the envelope of the API. */
export type ApiRefusal = Extract<Reply, { kind: "refusal" }>;

/** A whole answer, ready to be sent. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** Wraps a reply in the envelope of the API (sheet, section 2); where the correlation id goes is a switch. */
export function answerOf(reply: Reply, correlationId: string, switches: ServerSwitches): Answer {
  if (reply.kind === "plain") return jsonAnswer(reply.status, reply.body, reply.headers);
  const place = switches.correlationId;
  const inHeader = place === "header" || place === "header-and-body";
  const inBody = place === "body" || place === "header-and-body";
  const id = inBody ? { correlationId } : {};
  const header = inHeader ? { "x-correlation-id": correlationId } : {};
  if (reply.kind === "data") return jsonAnswer(200, { success: true, data: reply.data, ...id }, header);
  const { status, code, message, path, headers } = reply;
  const details = path === undefined ? {} : { details: { path } };
  return jsonAnswer(
    status,
    { success: false, ...id, error: { code, message, ...details } },
    { ...header, ...headers },
  );
}

/** An answer whose body is JSON. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    text: JSON.stringify(body),
  };
}

/** A body, query or id that breaks the rules: 400 REQUEST_INVALID or 422 REQUEST_SCHEMA, as switched. */
export function invalid(switches: ServerSwitches, path: string, problem: string): ApiRefusal {
  return {
    kind: "refusal",
    status: switches.validationStatus,
    code: `CDP_ETL.VALIDATION.${switches.validationStatus === 400 ? "REQUEST_INVALID" : "REQUEST_SCHEMA"}`,
    message: `${path}: ${problem}`,
    path,
  };
}

/** A refusal that the Campaigns pages document. */
export function campaignRefusal(
  issue: "NOT_FOUND" | "NOT_DRAFT" | "SUMMARY_UNAVAILABLE" | "TYPE_UNSUPPORTED" | "SUMMARY_TYPE_UNSUPPORTED",
): ApiRefusal {
  const [status, message] = CAMPAIGN_REFUSALS[issue];
  return { kind: "refusal", status, code: `JOURNEY_API.PUBLIC.CAMPAIGNS.${issue}`, message };
}

const CAMPAIGN_REFUSALS = {
  NOT_FOUND: [404, "Campaign not found in this tenant."],
  NOT_DRAFT: [409, "Campaign is not in draft status; binding is locked."],
  SUMMARY_UNAVAILABLE: [409, "Campaign is missing required persisted state."],
  TYPE_UNSUPPORTED: [409, "Only broadcast campaigns are supported."],
  SUMMARY_TYPE_UNSUPPORTED: [409, "Only broadcast campaigns can be read."],
} as const;
