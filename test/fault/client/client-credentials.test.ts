import { describe, expect, it } from "vitest";
import { BINDING, campaignIds, errorOf, refusal, summaryOf } from "../../support/api/raw-client.ts";
import { issue, SECRET, useTokenServers } from "../../support/api/token-server.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { answerJson, answerText } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const openTokenServer = useTokenServers();

describe("client credentials", () => {
  it("get one token for all, by HTTP Basic", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: () => issue("first-token"),
      api: summaryOf,
      scope: "campaigns:read",
    });
    await Promise.all(campaignIds(30).map((id) => client.reader.readCampaign(id)));
    const [request, ...more] = requestsTo("token");
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      method: "POST",
      body: "scope=campaigns%3Aread&grant_type=client_credentials",
    });
    const basic = Buffer.from(
      (request?.headers.authorization ?? "").replace("Basic ", ""),
      "base64",
    ).toString();
    expect(new URLSearchParams(`v=${basic.split(":")[1]}`).get("v")).toBe(SECRET);
    // Many servers take the header undecoded: what need not be escaped is not.
    expect(basic).toMatch(/^client%3A1:canary-secret_/);
    expect(new Set(requestsTo("api").map((each) => each.headers.authorization))).toEqual(
      new Set(["Bearer first-token"]),
    );
  });

  it.each([
    ["https://api.example.test/v1?a=b", true],
    ["urn:experiture:api", true],
    ["crm", false],
    ["https://api.example.test/#part", false],
    ["the api: v1", false],
  ])(
    "send the audience %j, and as a resource only where it is an absolute URI",
    async (audience, isResource) => {
      const { client, requestsTo } = await openTokenServer({
        token: () => issue("first-token"),
        api: summaryOf,
        audience,
      });
      await client.reader.readCampaign(CAMPAIGN_ID);
      const form = new URLSearchParams(requestsTo("token")[0]?.body);
      expect(Object.fromEntries(form)).toEqual({
        grant_type: "client_credentials",
        audience,
        ...(isResource ? { resource: audience } : {}),
      });
    },
  );

  it("fall back to the form once, and stay with it", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (request, count) =>
        request.headers.authorization === undefined && request.body.includes("client_secret=")
          ? issue(`token-number-${count}`, { expires_in: 100 })
          : answerJson(
              { error: "invalid_client" },
              { status: 401, headers: { "www-authenticate": "Basic" } },
            ),
      api: summaryOf,
    });
    await client.reader.readCampaign(CAMPAIGN_ID);
    client.clock.advance(89_000);
    await client.reader.readCampaign(CAMPAIGN_ID);
    client.clock.advance(11_000);
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect(requestsTo("token").map((each) => each.headers.authorization !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
    expect(requestsTo("api").map((each) => each.headers.authorization)).toEqual([
      "Bearer token-number-2",
      "Bearer token-number-2",
      "Bearer token-number-3",
    ]);
  });

  it("are not called wrong by a page of something in between", async () => {
    const { client } = await openTokenServer({
      token: () => answerText({ status: 403, body: "<html>\n<title>Blocked</title>" }),
      api: summaryOf,
    });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toMatch(
      /^The token endpoint \S+ gave no token\. POST \/token was refused: 403, "<html> <title>Blocked<\/title>"\. /,
    );
    expect(error.message).toContain("a firewall or proxy in between");
  });

  it("that were taken once are not tried in another style when they are refused later", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) =>
        count === 1
          ? issue("first-token", { expires_in: 100 })
          : answerJson({ error: "invalid_client" }, { status: 401 }),
      api: summaryOf,
    });
    await client.reader.readCampaign(CAMPAIGN_ID);
    client.clock.advance(100_000);
    expect(await errorOf(client.reader.readCampaign(CAMPAIGN_ID))).toMatchObject({ code: "invalid_client" });
    expect(requestsTo("token")).toHaveLength(2);
  });

  it("case 31: the token is not renewed again and again for one campaign that always answers 401", async () => {
    const [odd = "", ...others] = campaignIds(60);
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) => issue(`token-number-${count}`),
      api: (request) => (request.path.includes(odd) ? refusal(401, "X.ODD") : summaryOf(request)),
      parallelism: 2,
    });
    const all = [odd, ...others].map((id) => client.reader.readCampaign(id).catch((error: unknown) => error));
    expect((await Promise.all(all))[0]).toMatchObject({ name: "ApiError", code: "X.ODD" });
    expect((await Promise.all(all)).filter((each) => each instanceof Error)).toHaveLength(1);
    expect(requestsTo("token").length).toBeLessThanOrEqual(2);
    expect(requestsTo("api").filter((request) => request.path.includes(odd)).length).toBeLessThanOrEqual(2);
  });

  it("case 31: a token endpoint that is down at renewal costs nothing while the API takes the old token", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) =>
        count === 1 ? issue("first-token", { expires_in: 3_600 }) : answerJson({}, { status: 503 }),
      api: summaryOf,
    });
    await client.reader.readCampaign(CAMPAIGN_ID);
    client.clock.advance(3_541_000);
    for (const ids of [campaignIds(20), campaignIds(20)]) {
      const read = await Promise.all(ids.map((id) => client.reader.readCampaign(id)));
      expect(read).toHaveLength(20);
    }
    expect(requestsTo("token").length).toBeGreaterThan(1);
  });

  it("case 31: with client credentials one new token is fetched for everybody, and all are read", async () => {
    let valid = "token-number-1";
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) => {
        valid = `token-number-${count}`;
        return issue(valid);
      },
      api: (request, token) =>
        token === valid ? summaryOf(request) : refusal(401, "CDP_ETL.AUTH.TOKEN_EXPIRED"),
    });
    await Promise.all(campaignIds(10).map((id) => client.reader.readCampaign(id)));
    valid = "revoked all";
    const read = await Promise.all(campaignIds(50).map((id) => client.reader.readCampaign(id)));
    expect(read).toHaveLength(50);
    expect(requestsTo("token")).toHaveLength(2);
    expect(requestsTo("api").length).toBeLessThanOrEqual(10 + 10 + 50);
  });

  it("case 31: with a new token a write that was refused with 401 is sent again", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) => issue(`token-number-${count}`),
      api: (request, token) => {
        if (request.method === "GET") return summaryOf(request);
        return token === "token-number-2"
          ? answerJson({ success: true, data: {} })
          : refusal(401, "X.TOKEN_EXPIRED");
      },
    });
    await client.reader.readCampaign(CAMPAIGN_ID);
    await client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN);
    expect(requestsTo("api").map((each) => each.method)).toEqual(["GET", "PUT", "PUT"]);
  });

  it("case 30: with client credentials the run stops after what is in flight when the first token is refused", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) => issue(`token-number-${count}`),
      api: () => refusal(401, "X.UNAUTHORIZED"),
      parallelism: 4,
    });
    const errors = await Promise.all(campaignIds(100).map((id) => errorOf(client.reader.readCampaign(id))));
    expect(requestsTo("api")).toHaveLength(4);
    expect(requestsTo("token")).toHaveLength(1);
    // What was answered has its own error, and its own id; what was never sent shares the first.
    expect(new Set(errors).size).toBeLessThanOrEqual(4);
    expect(errors[0]?.message).toContain("EXPERITURE_TOKEN_URL");
  });

  it("case 30: client credentials without the scope stop the run after what is in flight", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: () => issue("first-token"),
      api: () => refusal(403, "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE"),
      parallelism: 4,
    });
    const errors = await Promise.all(campaignIds(100).map((id) => errorOf(client.reader.readCampaign(id))));
    expect(requestsTo("api")).toHaveLength(4);
    expect(new Set(errors).size).toBeLessThanOrEqual(4);
  });
});
