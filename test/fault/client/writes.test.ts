import { describe, expect, it } from "vitest";
import { AccessError, ApiError, ApiResponseError } from "../../../src/domain/errors.ts";
import { answering, errorOf, refusal, TOKEN, useServers } from "../../support/api/raw-client.ts";
import { guardReading, OPEN } from "../../support/api/write-guard.ts";
import { answerJson, answerText, type Behaviour } from "../../support/network/raw-server.ts";
import {
  AUDIENCE_ID,
  CAMPAIGN_ID,
  SEGMENT_ID,
  sampleSummary,
} from "../../support/samples/documented-summary.ts";

const BINDING = {
  include: [{ audienceId: SEGMENT_ID, type: "segment" as const }],
  exclude: [{ audienceId: AUDIENCE_ID, type: "audience" as const }],
};

const { openBoth } = useServers();

describe("a write", () => {
  it("is one PUT with both lists, and its receipt the server's time", async () => {
    const headers = { date: "Mon, 23 Nov 2026 10:00:07 GMT" };
    const { server, client } = await openBoth(
      answering(answerJson({ success: true, data: { id: CAMPAIGN_ID } }, { headers })),
    );
    const receipt = await client.openWriter().replaceAudience(CAMPAIGN_ID, { ...BINDING, exclude: [] }, OPEN);
    expect(receipt).toEqual({
      serverTime: Date.UTC(2026, 10, 23, 10, 0, 7),
      status: 200,
      correlationId: null,
    });
    const [request] = server.requests;
    expect(request).toMatchObject({
      method: "PUT",
      path: `/public/v1/campaigns/${CAMPAIGN_ID}/audience`,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    });
    expect(JSON.parse(request?.body ?? "")).toEqual({ include: BINDING.include, exclude: [] });
  });

  it("looks again before it is repeated after a refusal for rate, and is not when that throws", async () => {
    const { server, client } = await openBoth(
      answering(answerJson({}, { status: 429, headers: { "retry-after": "60" } })),
    );
    const writing = client.openWriter().replaceAudience(
      CAMPAIGN_ID,
      BINDING,
      guardReading(async () => {
        expect(client.clock.slept).toHaveLength(1);
        throw new Error("moved");
      }),
    );
    await expect(writing).rejects.toThrow("moved");
    expect(server.requests).toHaveLength(1);
  });

  it("case 57: NOT_DRAFT is an answer: the write is sent once", async () => {
    const { server, client } = await openBoth(
      answering(refusal(409, "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT")),
    );
    const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
    expect(error).toMatchObject({
      status: 409,
      code: "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT",
      method: "PUT",
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, string]>([
    ["500", answerText({ status: 500 })],
    ["503", answerText({ status: 503 })],
    ["503 with Retry-After", answerText({ status: 503, headers: { "retry-after": "1" } })],
    ["202", answerJson({ success: true, data: {} }, { status: 202 })],
    ["204", answerText({ status: 204 })],
    ["302", answerText({ status: 302, headers: { location: "/" } })],
    ["HTML", answerText({ headers: { "content-type": "text/html" }, body: "<html>" })],
    ["success false", answerJson({ success: false, error: { code: "X.Y" } })],
    ["an empty 200", answerText({})],
  ])(
    "case 52: a write is sent once whatever the answer, also a 503 with Retry-After (%s)",
    async (_what, text) => {
      const { server, client } = await openBoth(answering(text));
      const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
      expect(error instanceof ApiResponseError || (error instanceof ApiError && error.status >= 500)).toBe(
        true,
      );
      expect(server.requests).toHaveLength(1);
      expect(client.clock.slept).toEqual([]);
    },
  );
});

describe("secrets", () => {
  it("case 79: what the server echoes of a token reaches no message, stack or cause", async () => {
    const echoes: Behaviour = (request, socket, index) => {
      const said = request.headers.authorization ?? "";
      const texts = [
        answerJson(
          { success: false, error: { code: TOKEN, message: said }, correlationId: said },
          { status: 404 },
        ),
        answerText({ status: 500, headers: { "content-type": "text/plain" }, body: said }),
        answerText({ headers: { "content-type": said }, body: `<p>${said}` }),
        answerText({ status: 302, headers: { location: `/?t=${TOKEN}` } }),
        answerJson(sampleSummary({ data: { campaignId: said } }), { headers: { "x-correlation-id": said } }),
        answerJson(sampleSummary({ audience: { included: [{ id: TOKEN, type: said }] } })),
        answerJson(sampleSummary({ data: { name: said } })),
        answerJson({ error: { code: said, message: said } }, { status: 403 }),
      ];
      socket.write(texts[index] ?? texts[0] ?? "");
    };
    const { server, client } = await openBoth(echoes);
    const writer = client.openWriter();
    const calls = Array.from(
      { length: 8 },
      (_, index) => () =>
        index === 1
          ? writer.replaceAudience(CAMPAIGN_ID, BINDING, OPEN)
          : client.reader.readCampaign(CAMPAIGN_ID),
    );
    const seen: unknown[] = [];
    for (const call of calls) seen.push(await call().catch((error: unknown) => error));
    expect(server.requests).toHaveLength(8);
    expect(seen.filter((each) => each instanceof Error)).toHaveLength(7);
    expect(seen.at(-1)).toBeInstanceOf(AccessError);
    for (const each of seen) expect(everythingIn(each)).not.toContain(TOKEN);
    expect(everythingIn(seen[0])).toContain("[secret]");
  });
});

/** All text that can be got out of a value, stacks and causes included. */
function everythingIn(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value);
  return [value.message, value.stack, JSON.stringify(value), everythingIn(value.cause ?? null)].join("\n");
}
