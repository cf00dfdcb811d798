import { describe, expect, it } from "vitest";
import type { SandboxSeed } from "../../../src/sandbox/world/model.ts";
import { BUYERS, CAMPAIGN, seedWith, start, WANTED } from "../../support/api/sandbox-under-test.ts";

const SUMMARY = `/campaigns/${CAMPAIGN}/summary`;
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const GRANT = "grant_type=client_credentials";
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`,
});
const withSeed = (extra: Partial<SandboxSeed>) => start({ ...seedWith(), ...extra });

describe("the bearer token", () => {
  it.each(["", "Bearer", "Bearer ", "Basic YTpi", "any"])("is missing in %j: 401", async (authorization) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("GET", SUMMARY, undefined, { authorization });
    expect([status, body.error.code]).toEqual([401, "CDP_ETL.AUTH.UNAUTHORIZED"]);
  });

  it("may be any when the seed lists none", async () => {
    const sandbox = await start();
    expect((await sandbox.send("GET", SUMMARY)).status).toBe(200);
  });

  it.each([{ tokens: [{ token: "good" }] }, { clients: [{ clientId: "ci", clientSecret: "s" }] }])(
    "must be known when the seed lists tokens or clients (%#)",
    async (extra) => {
      const sandbox = await withSeed(extra);
      const { status, body } = await sandbox.send("GET", SUMMARY);
      expect([status, body.error.code]).toEqual([401, "CDP_ETL.AUTH.TOKEN_INVALID"]);
    },
  );

  it("that is listed may do everything unless it has scopes", async () => {
    const sandbox = await withSeed({ tokens: [{ token: "good" }] });
    const headers = { authorization: "Bearer good" };
    expect((await sandbox.send("PUT", `/campaigns/${CAMPAIGN}/audience`, WANTED, headers)).status).toBe(200);
  });

  it.each([
    ["GET", SUMMARY, undefined, "campaigns:read", "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE"],
    ["GET", `/campaigns/${CAMPAIGN}`, undefined, "campaigns:read", "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE"],
    ["GET", "/campaigns", undefined, "campaigns:read", "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE"],
    ["POST", `/campaigns/${CAMPAIGN}/preflight`, {}, "campaigns:read", "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE"],
    [
      "PUT",
      `/campaigns/${CAMPAIGN}/audience`,
      WANTED,
      "campaigns:update",
      "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE",
    ],
    ["POST", `/audiences/${BUYERS}/preview`, {}, "cdp:audiences:preview", "CDP_ETL.AUTH.FORBIDDEN"],
  ])("needs for %s %s its scope, and only that", async (method, path, sent, scope, code) => {
    const others = ["campaigns:read", "campaigns:update", "cdp:audiences:preview"].filter((s) => s !== scope);
    const sandbox = await withSeed({
      tokens: [
        { token: "has", scopes: [scope] },
        { token: "lacks", scopes: others },
      ],
    });
    const answer = (token: string) => sandbox.send(method, path, sent, { authorization: `Bearer ${token}` });
    expect((await answer("has")).status).toBe(200);
    const { status, body } = await answer("lacks");
    expect([status, body.error.code]).toEqual([403, code]);
    expect(body.error.message).toContain(scope);
  });

  it("unauthorizedCode replaces the code of every 401", async () => {
    const code = "JOURNEY_API.AUTH.UNAUTHORIZED";
    const sandbox = await start({ ...seedWith({}, { unauthorizedCode: code }), tokens: [{ token: "good" }] });
    for (const authorization of ["", "Bearer bad"]) {
      const { status, body } = await sandbox.send("GET", SUMMARY, undefined, { authorization });
      expect([status, body.error.code]).toEqual([401, code]);
    }
  });
});

describe("the token endpoint", () => {
  const clients = [{ clientId: "ci", clientSecret: "s:1&+ü%", scopes: ["campaigns:read"] }];
  const secret = encodeURIComponent("s:1&+ü%");

  it("gives a client, by Basic header or in the form, a token with its scopes", async () => {
    const sandbox = await withSeed({ clients });
    const inHeader = await sandbox.send("POST", "/oauth/token", GRANT, {
      ...FORM,
      ...basic("ci", "s:1&+ü%"),
    });
    const fetched = await fetch(`${sandbox.url}/oauth/token`, {
      method: "POST",
      headers: FORM,
      body: `${GRANT}&client_id=ci&client_secret=${secret}`,
    });
    const inForm = (await fetched.json()) as { access_token: string };
    for (const body of [inHeader.body, inForm]) {
      expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600, scope: "campaigns:read" });
      const headers = { authorization: `Bearer ${body.access_token}` };
      expect((await sandbox.send("GET", SUMMARY, undefined, headers)).status).toBe(200);
      expect((await sandbox.send("POST", `/audiences/${BUYERS}/preview`, {}, headers)).status).toBe(403);
    }
    expect(inForm.access_token).not.toBe(inHeader.body.access_token);
    expect(inHeader.headers.get("cache-control")).toBe("no-store");
  });

  it("takes an id and a secret in the Basic header that were not encoded", async () => {
    const sandbox = await withSeed({ clients: [{ clientId: "c&i", clientSecret: "s&1:2" }] });
    const authorization = `Basic ${Buffer.from("c&i:s&1:2").toString("base64")}`;
    expect((await sandbox.send("POST", "/oauth/token", GRANT, { ...FORM, authorization })).status).toBe(200);
  });

  it("gives any client a token when the seed lists none", async () => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", "/oauth/token", GRANT, {
      ...FORM,
      ...basic("a", "b"),
    });
    expect(status).toBe(200);
    expect(body.scope.split(" ")).toContain("campaigns:update");
  });

  it("gives only the scopes that are asked for", async () => {
    const sandbox = await start();
    const body = `${GRANT}&scope=campaigns%3Aread`;
    const answer = await sandbox.send("POST", "/oauth/token", body, { ...FORM, ...basic("a", "b") });
    const headers = { authorization: `Bearer ${answer.body.access_token}` };
    expect((await sandbox.send("PUT", `/campaigns/${CAMPAIGN}/audience`, WANTED, headers)).status).toBe(403);
  });

  it.each([
    ["another content type", GRANT, { "content-type": "application/json" }, 400, "invalid_request"],
    ["another grant", "grant_type=password", FORM, 400, "unsupported_grant_type"],
    ["a scope the client lacks", `${GRANT}&scope=campaigns:update`, FORM, 400, "invalid_scope"],
    ["a wrong secret", GRANT, { ...FORM, ...basic("ci", "wrong") }, 401, "invalid_client"],
    ["no secret", GRANT, { ...FORM, ...basic("ci", "") }, 401, "invalid_client"],
    ["a bearer token", GRANT, { ...FORM, authorization: "Bearer x" }, 401, "invalid_client"],
  ])("refuses %s", async (_, body, headers, status, error) => {
    const sandbox = await withSeed({ clients });
    const answer = await sandbox.send("POST", "/oauth/token", body, {
      ...basic("ci", "s:1&+ü%"),
      ...headers,
    });
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.headers.has("www-authenticate")).toBe(status === 401);
  });

  it.each([
    ["basic", 200, 401],
    ["body", 401, 200],
    ["either", 200, 200],
  ] as const)("clientAuthentication: %s", async (word, header, form) => {
    const sandbox = await start(seedWith({}, { clientAuthentication: word }));
    const ask = async (body: string, headers: Record<string, string>) =>
      (await fetch(`${sandbox.url}/oauth/token`, { method: "POST", body, headers: { ...FORM, ...headers } }))
        .status;
    expect(await ask(GRANT, basic("a", "b"))).toBe(header);
    expect(await ask(`${GRANT}&client_id=a&client_secret=b`, {})).toBe(form);
    expect(await ask(`${GRANT}&client_id=a`, {})).toBe(401);
  });

  it.each([
    ["told", 60],
    ["missing", undefined],
    ["overstated", 600],
  ] as const)("expiresIn: %s; after tokenLifetime the token is refused", async (word, said) => {
    const sandbox = await start(seedWith({}, { expiresIn: word, tokenLifetime: 60 }));
    const { body } = await sandbox.send("POST", "/oauth/token", GRANT, { ...FORM, ...basic("a", "b") });
    expect(body.expires_in).toBe(said);
    const status = async () =>
      (await sandbox.send("GET", SUMMARY, undefined, { authorization: `Bearer ${body.access_token}` })).body;
    sandbox.pass(59_999);
    expect((await status()).success).toBe(true);
    sandbox.pass(1);
    expect((await status()).error.code).toBe("CDP_ETL.AUTH.TOKEN_EXPIRED");
  });

  it("writes the true end of the token into it, as a JWT does", async () => {
    const sandbox = await start(seedWith({}, { expiresIn: "missing", tokenLifetime: 60 }));
    const { body } = await sandbox.send("POST", "/oauth/token", GRANT, { ...FORM, ...basic("a", "b") });
    const claims = JSON.parse(Buffer.from(body.access_token.split(".")[1], "base64url").toString());
    expect(claims.exp).toBe(Date.parse("2026-11-24T10:01:00Z") / 1000);
  });

  it("can have its tokens revoked", async () => {
    const sandbox = await start();
    const { body } = await sandbox.send("POST", "/oauth/token", GRANT, { ...FORM, ...basic("a", "b") });
    await sandbox.send("DELETE", "/__sandbox/tokens");
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await sandbox.send("GET", SUMMARY, undefined, headers)).status).toBe(401);
  });
});
