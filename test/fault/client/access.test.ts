import { describe, expect, it } from "vitest";
import { AccessError, UsageError } from "../../../src/domain/errors.ts";
import type { Credentials } from "../../../src/experiture/connection.ts";
import {
  answering,
  BINDING,
  campaignIds,
  errorOf,
  openClient,
  refusal,
  summaryOf,
  TOKEN,
  useServers,
} from "../../support/api/raw-client.ts";
import { SECRET, slowly } from "../../support/api/token-server.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { answerJson } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const { openBoth } = useServers();

describe("a ready token", () => {
  it.each([401, 403])(
    "case 30: the run stops after what is in flight, with one message (%i)",
    async (status) => {
      const { server, client } = await openBoth(
        slowly(() => refusal(status, "JOURNEY_API.AUTH.X")),
        { parallelism: 4 },
      );
      const errors = await Promise.all(campaignIds(100).map((id) => errorOf(client.reader.readCampaign(id))));
      expect(server.requests).toHaveLength(4);
      // What was answered has its own error, and its own id; what was never sent shares the first.
      expect(new Set(errors).size).toBeLessThanOrEqual(server.requests.length);
      expect(errors[0]).toBeInstanceOf(AccessError);
      const late = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
      expect(late).toBe(errors[0]);
      expect(server.requests).toHaveLength(4);
    },
  );

  it("case 30: the message says what may be wrong with the token and how to mend it", async () => {
    const { client } = await openBoth(answering(refusal(401, "CDP_ETL.AUTH.TOKEN_EXPIRED")));
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toMatch(
      /401 CDP_ETL\.AUTH\.TOKEN_EXPIRED.*missing, expired or revoked.*EXPERITURE_TOKEN/,
    );
    expect(error.message).not.toContain(TOKEN);
  });

  it("case 30: the message names the scope that is missing, for reading and for writing", async () => {
    const { client } = await openBoth((request, socket) => {
      socket.write(
        request.method === "GET" ? summaryOf(request) : refusal(403, "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE"),
      );
    });
    await client.reader.readCampaign(CAMPAIGN_ID);
    const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
    expect(error).toMatchObject({ name: "AccessError", status: 403 });
    expect(error.message).toContain("campaigns:update");
    expect(await errorOf(client.reader.readCampaign(CAMPAIGN_ID))).toBe(error);
  });

  it("names campaigns:read when a read is refused", async () => {
    const { client } = await openBoth(answering(refusal(403, "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE")));
    expect((await errorOf(client.reader.readCampaign(CAMPAIGN_ID))).message).toContain("campaigns:read");
  });

  it("wakes those who sleep when the run stops", async () => {
    const [limited = "", refused = ""] = campaignIds(2);
    const error = { code: "CDP_ETL.RATE.LIMITED" };
    const { client } = await openBoth(
      slowly((request) =>
        request.path.includes(limited)
          ? answerJson({ success: false, error }, { status: 429, headers: { "retry-after": "60" } })
          : refusal(403, "X"),
      ),
      { parallelism: 1 },
    );
    const sleeper = errorOf(client.reader.readCampaign(limited));
    const stopper = await errorOf(client.reader.readCampaign(refused));
    expect(await sleeper).toBe(stopper);
  });

  it.each(["two words", "line\n", "", "ü", '"quoted"'])(
    "%j is refused before anything is sent",
    async (token) => {
      const { server } = await openBoth(() => {});
      const credentials: Credentials = { kind: "token", token };
      expect(() => openClient(server, { credentials })).toThrow(UsageError);
    },
  );

  it.each(["clientId", "clientSecret", "scope", "audience"])(
    "a %s with a line end is refused before anything is sent, and not shown",
    async (key) => {
      const { server } = await openBoth(() => {});
      const good = { clientId: "id", clientSecret: "secret", scope: null, audience: null };
      const bad = { ...good, [key]: "canary\n", kind: "client" as const, tokenUrl: `${server.url}/token` };
      const opening = () => openClient(server, { credentials: bad });
      expect(opening).toThrow(/^EXPERITURE_[A-Z_]+ has a line end/);
      expect(opening).toThrow(expect.objectContaining({ message: expect.not.stringContaining("canary") }));
      expect(server.requests).toEqual([]);
    },
  );
});

describe("addresses", () => {
  it("that would betray the credentials are refused before anything is sent", async () => {
    const { server } = await openBoth(() => {});
    expect(() => openClient(server, { apiUrl: "http://api.example/public/v1" })).toThrow(UsageError);
    const credentials: Credentials = {
      kind: "client",
      clientId: "id",
      clientSecret: SECRET,
      tokenUrl: "http://auth.example/token",
      scope: null,
      audience: null,
    };
    expect(() => openClient(server, { credentials })).toThrow(/EXPERITURE_TOKEN_URL/);
    const variables = { HTTPS_PROXY: "nonsense" };
    expect(() => openClient(server, { apiUrl: "https://api.example", variables })).toThrow(UsageError);
  });
});
