import { describe, expect, it } from "vitest";
import { ApiError, ApiResponseError } from "../../../src/domain/errors.ts";
import { answering, campaignIds, errorOf, refusal, TOKEN, useServers } from "../../support/api/raw-client.ts";
import { answerJson, answerText, startRawServer } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID, SEGMENT_ID, sampleSummary } from "../../support/samples/documented-summary.ts";

const { serve, openBoth } = useServers();

describe("a read", () => {
  it("is one GET of the summary with the token, and takes the server's time from its Date", async () => {
    const { server, client } = await openBoth(
      answering(answerJson(sampleSummary(), { headers: { date: "Mon, 23 Nov 2026 10:00:07 GMT" } })),
    );
    const campaign = await client.reader.readCampaign(CAMPAIGN_ID);
    expect(campaign.audience.include).toEqual([{ audienceId: SEGMENT_ID, type: "segment" }]);
    expect(campaign.serverTime).toBe(Date.UTC(2026, 10, 23, 10, 0, 7));
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: "GET",
      path: `/public/v1/campaigns/${CAMPAIGN_ID}/summary`,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "user-agent": "campaignctl/test",
        accept: "application/json",
      },
    });
  });

  it("keeps connections and uses no more of them than may be in flight", async () => {
    const { server, client } = await openBoth(
      async (request, socket) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        const campaignId = request.path.split("/")[4];
        socket.write(answerJson(sampleSummary({ data: { campaignId } })));
      },
      { parallelism: 3 },
    );
    await Promise.all(campaignIds(30).map((id) => client.reader.readCampaign(id)));
    expect(server.requests).toHaveLength(30);
    expect(server.connections()).toBe(3);
    expect(server.mostInFlight()).toBe(3);
  });

  it.each([
    [404, "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND"],
    [409, "JOURNEY_API.PUBLIC.CAMPAIGNS.SUMMARY_TYPE_UNSUPPORTED"],
    [409, "JOURNEY_API.PUBLIC.CAMPAIGNS.SUMMARY_UNAVAILABLE"],
    [400, "CDP_ETL.VALIDATION.REQUEST_INVALID"],
  ])(
    "case 29: a refusal is an answer: asked once, told with its code and request id (%i, %s)",
    async (status, code) => {
      const { server, client } = await openBoth(
        answering(refusal(status, code, { "x-correlation-id": "from-header" })),
      );
      const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({
        status,
        code,
        method: "GET",
        path: `/campaigns/${CAMPAIGN_ID}/summary`,
        correlationId: "from-header",
      });
      expect(error.message).toContain(code);
      expect(server.requests).toHaveLength(1);
    },
  );

  it("takes the correlation id from the body when the header has none, and does without both", async () => {
    let text = refusal(404, "A.NOT_FOUND");
    const { client } = await openBoth((_request, socket) => void socket.write(text));
    expect(await errorOf(client.reader.readCampaign(CAMPAIGN_ID))).toMatchObject({
      correlationId: "from-body",
    });
    text = answerText({ status: 404, headers: { "content-type": "text/plain" }, body: "gone\u001b[2J" });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toMatchObject({ correlationId: null, code: "http-404" });
    expect(error.message).toContain('"gone\\u{1B}[2J"');
  });

  it("case 32: an error with the content type and the first 80 characters, nothing invisible in them", async () => {
    const body = `<!doctype html>\n<title>Sign in</title>${"x".repeat(5_000)}`;
    const { server, client } = await openBoth(
      answering(answerText({ headers: { "content-type": "text/html" }, body })),
    );
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error.message).toContain('content type "text/html"');
    const shown = body.slice(0, 80).replace("\n", "\\u{A}");
    expect(error.message).toContain(`${shown}…`);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["cut JSON", '{"success":true,"data":{"campaignId"'],
    ["an empty body", ""],
    ["bytes that are not UTF-8", null],
  ])("case 33: an answer that is not JSON is an error (%s)", async (_what, body) => {
    const { client } = await openBoth((_request, socket) => {
      if (body !== null) socket.write(answerText({ body }));
      else
        socket.write(
          Buffer.concat([
            Buffer.from(answerText({ headers: { "content-length": "2" } })),
            Buffer.from([0xc3, 0x28]),
          ]),
        );
    });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error.message).toContain("not JSON");
  });

  it("case 33: another campaign's answer is an error", async () => {
    const { client } = await openBoth(
      answering(answerJson(sampleSummary({ data: { campaignId: SEGMENT_ID } }))),
    );
    expect(await errorOf(client.reader.readCampaign(CAMPAIGN_ID))).toMatchObject({
      pointer: "/data/campaignId",
    });
  });

  it("reads JSON behind a byte order mark and whatever its content type", async () => {
    const body = `\ufeff${JSON.stringify(sampleSummary())}`;
    const { client } = await openBoth(answering(answerText({ headers: { "content-type": null }, body })));
    expect((await client.reader.readCampaign(CAMPAIGN_ID)).authoringStatus).toBe("draft");
  });

  it.each([201, 202, 204, 206, 304])(
    "case 44: an error that names the unexpected status, asked once (%i)",
    async (status) => {
      const body = status === 204 || status === 304 ? "" : JSON.stringify(sampleSummary());
      const { server, client } = await openBoth(answering(answerText({ status, body })));
      const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
      expect(error).toBeInstanceOf(ApiResponseError);
      expect(error).toMatchObject({ status });
      expect(error.message).toContain(`unexpected status ${status}`);
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each([100, 101])(
    "case 44: an interim answer that was not asked for is an error (%i)",
    async (status) => {
      const { client } = await openBoth((_request, socket) => {
        socket.write(`HTTP/1.1 ${status} Odd\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n`);
      });
      const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
      expect(error).toBeInstanceOf(ApiResponseError);
      expect(error.message).toContain(`unexpected status ${status}`);
    },
  );

  it("case 44: behind an early hint the real answer is waited for", async () => {
    const { client } = await openBoth(
      answering(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${answerJson(sampleSummary())}`),
    );
    expect((await client.reader.readCampaign(CAMPAIGN_ID)).authoringStatus).toBe("draft");
  });

  it.each([301, 302, 303, 307, 308])(
    "case 43: not followed, the error tells where it points (%i)",
    async (status) => {
      const location = "http://evil.example/steal\u202e";
      const other = await startRawServer(answering(answerJson(sampleSummary())));
      const { server, client } = await openBoth((_request, socket) => {
        socket.write(
          Buffer.from(answerText({ status, headers: { location: `${location} ${other.url}` } }), "utf8"),
        );
      });
      const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
      await other.close();
      expect(error).toBeInstanceOf(ApiResponseError);
      expect(error.message).toContain("http://evil.example/steal");
      expect(error.message).not.toMatch(/\p{Cf}/u);
      expect(other.requests).toHaveLength(0);
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each([301, 302, 307])(
    "case 43: nothing is sent to where it points, least of all the token (%i)",
    async (status) => {
      const other = await serve(answering(answerJson(sampleSummary())));
      const location = `${other.url}/public/v1/campaigns/${CAMPAIGN_ID}/summary`;
      const { server, client } = await openBoth(answering(answerText({ status, headers: { location } })));
      const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
      expect(error).toBeInstanceOf(ApiResponseError);
      expect(error.message).toContain(other.url);
      expect(other.connections()).toBe(0);
      expect(server.requests).toHaveLength(1);
    },
  );
});
