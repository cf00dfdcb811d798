import fc from "fast-check";
import type { Http, HttpAnswer } from "../../../src/http/http.ts";
import { binding, campaignId } from "../samples/bindings.ts";
import { summaryOf } from "../samples/summary.ts";
import { anyText } from "./any-text.ts";
import { mutatedJson, mutatedText } from "./mutations.ts";

type Request = Parameters<Http["send"]>[0];

/** A summary with everything in it that the program reads, live as `binding([1], [9])`. */
export function goodSummary(id: string): unknown {
  return summaryOf(id, binding([1], [9]));
}

const RECEIPT = { success: true, data: { id: campaignId(1) }, correlationId: "c-1" };
const REFUSAL = { success: false, error: { code: "X.Y", message: "No.", details: {}, remediation: "Do." } };

const answerText = fc.oneof(
  anyText({ maxLength: 40 }),
  fc.constantFrom(
    "",
    "{",
    "<html>\u001b[2J\u202e",
    "null",
    "[]",
    '"',
    "\ufeff{}",
    "1e999",
    '{"__proto__":{"polluted":1}}',
  ),
);

/** Any body: of one of the documented forms with something changed, any JSON, or any text. Null is bytes, not text. */
const anyBody: fc.Arbitrary<string | null> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom<unknown>(goodSummary(campaignId(1)), RECEIPT, REFUSAL)
      .chain(mutatedJson)
      .map((value) => JSON.stringify(value) ?? ""),
  },
  {
    weight: 2,
    arbitrary: mutatedText(JSON.stringify(goodSummary(campaignId(1)))).map((bytes) => bytes.toString("utf8")),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: answerText },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** As the client's parser lets them through: Latin-1 without control characters below 128. */
const headerText = fc.oneof(
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    maxLength: 20,
  }),
  fc.constantFrom("", "text/html", "application/json", "https://user:word@elsewhere.example.test/"),
);

const anyHeaders = fc.record(
  {
    date: fc.oneof(fc.constant("Tue, 24 Nov 2026 10:00:00 GMT"), headerText),
    "retry-after": fc.oneof(
      fc.constantFrom("0", "1", "-1", "86400", "Tue, 24 Nov 2026 10:00:05 GMT"),
      headerText,
    ),
    "x-correlation-id": headerText,
    "content-type": headerText,
    location: headerText,
  },
  { requiredKeys: [] },
);

/** Any answer of anybody who might sit at the other end. */
export const anyAnswer: fc.Arbitrary<HttpAnswer> = fc.record({
  kind: fc.constant("answer" as const),
  status: fc.oneof(
    { weight: 5, arbitrary: fc.constant(200) },
    { weight: 2, arbitrary: fc.constantFrom(401, 403, 404, 409, 429, 500, 503) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 999 }) },
  ),
  headers: anyHeaders,
  body: anyBody,
});

/** An answer of the token endpoint with something changed in it. */
export function changedToken(token: unknown): fc.Arbitrary<HttpAnswer> {
  return mutatedJson(token).map((value) => answerOf(value));
}

/** An answer that nothing is wrong with. */
export function answerOf(body: unknown): HttpAnswer {
  const headers = { date: "Tue, 24 Nov 2026 10:00:00 GMT", "content-type": "application/json" };
  return { kind: "answer", status: 200, headers, body: JSON.stringify(body) ?? null };
}

/** A server that answers each request as told. `sent` has what it was sent. */
export function answering(reply: (request: Request) => HttpAnswer): {
  readonly http: Http;
  readonly sent: readonly Request[];
} {
  const sent: Request[] = [];
  const send = async (request: Request): Promise<HttpAnswer> => {
    sent.push(request);
    return reply(request);
  };
  return { http: { send, close: async () => undefined }, sent };
}
