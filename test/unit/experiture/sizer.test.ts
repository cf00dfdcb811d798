import { afterEach, describe, expect, test } from "vitest";
import { AccessError, ApiError, ApiResponseError } from "../../../src/domain/errors.ts";
import type { Exchange } from "../../../src/experiture/observed.ts";
import { errorOf, fine, useServers } from "../../support/api/raw-client.ts";
import { answerJson, answerText, type Behaviour } from "../../support/network/raw-server.ts";

const ID = "a1b2c3d4-0000-4000-8000-000000000001";
const CAMPAIGN = "4130bada-0000-4000-8000-000000000001";

const { openBoth } = useServers();
const exchanges: Exchange[] = [];
afterEach(() => void exchanges.splice(0));

const counted = answerJson({
  success: true,
  data: { matchCount: 12_004, isExact: true, sampleRecords: [{ email: "canary@example.com" }] },
});

/** Answers a preview in this way, and every read well. */
const previewing =
  (behave: Behaviour): Behaviour =>
  (request, socket, index) =>
    request.path.endsWith("/preview") ? behave(request, socket, index) : fine(request, socket, index);

const saying = (text: string) => previewing((_request, socket) => void socket.write(text));

function openSizer(behave: Behaviour) {
  return openBoth(behave, { onExchange: (exchange) => exchanges.push(exchange) });
}

test("one request, with the documented body", async () => {
  const { server, client } = await openSizer(saying(counted));
  expect(await client.openSizer().sizeAudience(ID)).toEqual({ count: 12_004, isExact: true });
  expect(server.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["POST", `/public/v1/audiences/${ID}/preview`, '{"limit":1}'],
  ]);
});

test.each([
  ["aud_01HXYZ", "aud_01HXYZ"],
  ["a/b?c#d", "a%2Fb%3Fc%23d"],
  ["..", "..-"],
  [".", ".-"],
])("the id %j stays one part of the path", async (id, part) => {
  const { server, client } = await openSizer(saying(counted));
  await client.openSizer().sizeAudience(id);
  expect(server.requests[0]?.path).toBe(`/public/v1/audiences/${part}/preview`);
});

test("a lost answer is asked for again", async () => {
  const { server, client } = await openSizer(
    previewing((_request, socket, index) =>
      index === 0 ? void socket.resetAndDestroy() : void socket.write(counted),
    ),
  );
  expect(await client.openSizer().sizeAudience(ID)).toEqual({ count: 12_004, isExact: true });
  expect(server.requests).toHaveLength(2);
});

test("a missing scope ends the counting and nothing else", async () => {
  const { server, client } = await openSizer(saying(answerText({ status: 403, body: "canary" })));
  const sizer = client.openSizer();
  const first = await errorOf(sizer.sizeAudience(ID));
  expect(first).toBeInstanceOf(AccessError);
  expect(await errorOf(sizer.sizeAudience(CAMPAIGN))).toBe(first);
  await client.reader.readCampaign(CAMPAIGN);
  expect(server.requests).toHaveLength(2);
});

/** One word that stands for a person, wherever an answer can have one. */
const CANARY = "canary";
const EVERYWHERE = {
  success: true,
  data: { audienceId: CANARY, matchCount: CANARY, isExact: CANARY, sampleRecords: [{ [CANARY]: CANARY }] },
  error: { code: CANARY, message: CANARY, details: CANARY },
  error_description: CANARY,
  message: CANARY,
  title: CANARY,
  correlationId: CANARY,
};
const HEADERS = { "x-correlation-id": CANARY, "content-type": CANARY, location: `https://${CANARY}/` };

describe("nothing of an answer is in an error, nor in what is told of the request", () => {
  const bodies = [JSON.stringify(EVERYWHERE), JSON.stringify(EVERYWHERE).slice(0, -9), `<p>${CANARY}</p>`];
  const statuses = [200, 201, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503];
  test.each(statuses.flatMap((status) => bodies.map((body) => [status, body] as const)))(
    "%i %s",
    async (status, body) => {
      const retryAfter = { "retry-after": status === 429 || status === 503 ? "999" : CANARY };
      const text = answerText({ status, headers: { ...HEADERS, ...retryAfter }, body });
      const { client } = await openSizer(saying(text));
      const error = await errorOf(client.openSizer().sizeAudience(ID));
      const isOurs = [ApiError, ApiResponseError, Error].some((kind) => error instanceof kind);
      expect(isOurs).toBe(true);
      const said = [error.message, error.stack, JSON.stringify(error), String(error.cause), exchanges];
      expect(JSON.stringify(said)).not.toContain(CANARY);
      expect(exchanges.map(({ outcome }) => outcome)).toContain(status);
    },
  );

  test.each([
    ["not HTTP", `${CANARY}\r\n\r\n`],
    ["a header that is none", `HTTP/1.1 200 ${CANARY}\r\n${CANARY}\r\n\r\n`],
    ["more than is read", answerText({ headers: HEADERS, body: CANARY.repeat(1_000_000) })],
    ["cut short", answerText({ headers: { ...HEADERS, "content-length": "9999" }, body: CANARY })],
  ])("%s", async (_, text) => {
    const { client } = await openSizer(
      previewing((_request, socket) => {
        socket.end(text);
      }),
    );
    const error = await errorOf(client.openSizer().sizeAudience(ID));
    expect(JSON.stringify([error.message, error.stack, error, String(error.cause), exchanges])).not.toContain(
      CANARY,
    );
  });
});
