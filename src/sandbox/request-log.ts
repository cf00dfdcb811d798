import type { IncomingHttpHeaders } from "node:http";

const MAX_ENTRIES = 100_000;
const SECRET_FIELDS = ["client_secret", "client_assertion"];

/** One request below /public/v1, as `GET /__sandbox/requests` tells it. */
export type LoggedRequest = {
  readonly method: string;
  /** With the query, as it came. */
  readonly path: string;
  /** `authorization` says only `bearer`, `basic`, `other` or `none`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON or a form; else the text; null when there was none. */
  body: unknown;
  /** Null while there is no answer, and for ever when the client got none. */
  status: number | null;
  /** The fault that struck it. */
  fault: string | null;
  /** ISO 8601. */
  readonly at: string;
};

/** What came in, in order of arrival: the last 100,000. */
export type RequestLog = {
  add(method: string, path: string, headers: IncomingHttpHeaders): LoggedRequest;
  list(): readonly LoggedRequest[];
  clear(): void;
};

/** Starts an empty log. */
export function createRequestLog(now: () => number): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    add(method, path, headers) {
      const entry: LoggedRequest = {
        method,
        path,
        headers: withoutSecrets(headers),
        body: null,
        status: null,
        fault: null,
        at: new Date(now()).toISOString(),
      };
      entries.push(entry);
      if (entries.length > MAX_ENTRIES) entries = entries.slice(MAX_ENTRIES / 10);
      return entry;
    },
    list: () => entries,
    clear: () => {
      entries = [];
    },
  };
}

function withoutSecrets(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) shown[name] = String(value);
  const scheme = headers.authorization?.split(" ")[0]?.toLowerCase() ?? "none";
  return { ...shown, authorization: ["bearer", "basic", "none"].includes(scheme) ? scheme : "other" };
}

/** A body as the log shows it: without a client's secret. */
export function loggedBody(text: string, contentType: string | undefined): unknown {
  if (text === "") return null;
  if (contentType?.includes("x-www-form-urlencoded")) {
    const fields = [...new URLSearchParams(text)];
    return Object.fromEntries(
      fields.map(([name, value]) => [name, SECRET_FIELDS.includes(name) ? "(hidden)" : value]),
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
