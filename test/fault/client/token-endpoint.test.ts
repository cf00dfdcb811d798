import { describe, expect, it } from "vitest";
import { AccessError, ApiError, ApiResponseError, NetworkError } from "../../../src/domain/errors.ts";
import { campaignIds, errorOf, summaryOf, TOKEN, useServers } from "../../support/api/raw-client.ts";
import { issue, SECRET, useTokenServers } from "../../support/api/token-server.ts";
import { answerJson, answerText, closedPort } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const openTokenServer = useTokenServers();
const { serve, open } = useServers();

describe("a token endpoint", () => {
  it("case 30: a token endpoint that refuses the client: one error, nothing sent to the API", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (request) =>
        answerJson(
          {
            error: "invalid_client",
            error_description: `bad ${request.headers.authorization} ${request.body} ${SECRET}`,
          },
          { status: 401, headers: { "x-correlation-id": "c-9" } },
        ),
      api: summaryOf,
    });
    const errors = await Promise.all(campaignIds(20).map((id) => errorOf(client.reader.readCampaign(id))));
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toBeInstanceOf(AccessError);
    expect(errors[0]).toMatchObject({ status: 401, code: "invalid_client", correlationId: "c-9" });
    expect(errors[0]?.message).toContain("EXPERITURE_CLIENT_SECRET");
    expect(requestsTo("token")).toHaveLength(2);
    expect(requestsTo("api")).toEqual([]);
    const said = `${errors[0]?.message} ${errors[0]?.stack} ${errors[0]?.cause}`;
    // Their beginning, since a long text is cut.
    for (const secret of [SECRET, encodeURIComponent(SECRET)])
      expect(said).not.toContain(secret.slice(0, 12));
  });

  it("that does not grant the scope is not tried in another style", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: ({ headers }) =>
        answerJson({ error: "invalid_scope", error_description: headers.authorization }, { status: 400 }),
      api: summaryOf,
      scope: "campaigns:everything",
    });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(AccessError);
    expect(error.message).toContain("EXPERITURE_SCOPE");
    const [request, ...more] = requestsTo("token");
    expect(more).toEqual([]);
    const basic = request?.headers.authorization?.replace("Basic ", "") ?? "none was sent";
    expect(error.message).not.toContain(basic.slice(0, 24));
    expect(error.message).toContain("Basic [secret]");
  });

  it("that does not know the audience is not tried in another style", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: () => answerJson({ error: "invalid_target" }, { status: 400 }),
      api: summaryOf,
      audience: "https://nobody.example.test",
    });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(AccessError);
    expect(error.message).toContain("EXPERITURE_AUDIENCE");
    expect(requestsTo("token")).toHaveLength(1);
  });

  it.each<[string, string]>([
    ["HTML", answerText({ headers: { "content-type": "text/html" }, body: `<p>${TOKEN}` })],
    ["no token", answerJson({ token_type: "Bearer", id: TOKEN })],
    ["no token type", answerJson({ access_token: TOKEN })],
    ["another token type", answerJson({ access_token: TOKEN, token_type: "mac" })],
    ["a token with a line end", answerJson({ access_token: `${TOKEN}\n`, token_type: "bearer" })],
    ["a token with half a character", answerJson({ access_token: `${TOKEN}\ud83d`, token_type: "bearer" })],
    ["a redirect", answerText({ status: 302, headers: { location: "http://evil.example/" } })],
  ])("answering with %s is an error that tells no token", async (_what, text) => {
    const { client, requestsTo } = await openTokenServer({ token: () => text, api: summaryOf });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error.message).toMatch(/token endpoint http:\/\/127\.0\.0\.1:\d+/);
    expect(error.message).toMatch(
      /EXPERITURE_TOKEN_URL( right, and no login page or proxy in between\?|\.)$/,
    );
    expect(error.message).not.toContain("API URL");
    expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain(TOKEN);
    expect(requestsTo("api")).toEqual([]);
    expect(requestsTo("token")).toHaveLength(1);
  });

  it("that fails for a moment is asked again", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: (_request, count) => (count === 1 ? answerText({ status: 503 }) : issue("second-token")),
      api: summaryOf,
    });
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect(requestsTo("token")).toHaveLength(2);
  });

  it("that fails for good is given up for everybody at once", async () => {
    const { client, requestsTo } = await openTokenServer({
      token: () => answerText({ status: 500 }),
      api: summaryOf,
    });
    const errors = await Promise.all(campaignIds(50).map((id) => errorOf(client.reader.readCampaign(id))));
    expect(errors[0]).toBeInstanceOf(ApiError);
    expect(errors[0]).toMatchObject({ status: 500, method: "POST", path: "/token" });
    expect(new Set(errors).size).toBe(1);
    expect(requestsTo("token")).toHaveLength(7);
  });

  it.each([429, 502])("that answers %i to the end is named, with its server", async (status) => {
    const text = answerText({ status, headers: { "retry-after": "9999" } });
    const { client } = await openTokenServer({ token: () => text, api: summaryOf });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toMatchObject({ name: "ApiError", status });
    expect(error.message).toMatch(
      new RegExp(
        `^The token endpoint http://127\\.0\\.0\\.1:\\d+ gave no token\\. POST /token was refused: ${status}`,
      ),
    );
  });

  it("that gives no answer is a network error", async () => {
    const server = await serve(() => {});
    const tokenUrl = `http://127.0.0.1:${await closedPort()}/token`;
    const client = open(server, {
      credentials: {
        kind: "client",
        clientId: "a",
        clientSecret: SECRET,
        tokenUrl,
        scope: null,
        audience: null,
      },
    });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("POST /token");
    expect(server.requests).toEqual([]);
  });

  it("that hangs does not hold up the end of the connection", async () => {
    const server = await serve(() => {});
    const client = open(server, {
      credentials: {
        kind: "client",
        clientId: "a",
        clientSecret: SECRET,
        tokenUrl: `${server.url}/token`,
        scope: null,
        audience: null,
      },
    });
    const error = errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.close();
    expect((await error).message).toContain("closed");
  });
});
