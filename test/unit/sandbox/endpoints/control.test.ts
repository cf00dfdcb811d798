import { describe, expect, it } from "vitest";
import {
  CAMPAIGN,
  DELAY,
  LIVE,
  OTHER,
  START,
  seedWith,
  segment,
  start,
  VIPS,
  WANTED,
} from "../../../support/api/sandbox-under-test.ts";

const REQUESTS = "/__sandbox/requests";
const CONTROL = `/__sandbox/campaigns/${CAMPAIGN}`;

describe("GET /__sandbox/requests", () => {
  it("tells what was received, in order, without a token", async () => {
    const sandbox = await start();
    await sandbox.send("GET", "/campaigns?limit=1", undefined, { authorization: "Bearer very-secret" });
    sandbox.pass(1000);
    await sandbox.put();
    const response = await fetch(sandbox.origin + REQUESTS);
    const text = await response.text();
    expect(text).not.toContain("very-secret");
    expect(JSON.parse(text)).toMatchObject([
      {
        method: "GET",
        path: "/public/v1/campaigns?limit=1",
        headers: { authorization: "bearer" },
        body: null,
        status: 200,
        fault: null,
        at: new Date(START).toISOString(),
      },
      {
        method: "PUT",
        path: `/public/v1/campaigns/${CAMPAIGN}/audience`,
        headers: { authorization: "bearer", "content-type": "application/json" },
        body: WANTED,
        status: 200,
        at: new Date(START + 1000).toISOString(),
      },
    ]);
  });

  it("hides a client's secret, wherever it is", async () => {
    const sandbox = await start();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const form = "grant_type=client_credentials&client_id=ci&client_secret=very-secret";
    await fetch(`${sandbox.url}/oauth/token`, { method: "POST", headers, body: form });
    const authorization = `Basic ${Buffer.from("ci:very-secret").toString("base64")}`;
    await sandbox.send("POST", "/oauth/token", "grant_type=client_credentials", {
      ...headers,
      authorization,
    });
    const { text, body } = await sandbox.send("GET", REQUESTS);
    expect(text).not.toContain("very-secret");
    expect(text).not.toContain(authorization.slice(6));
    expect(body).toMatchObject([
      { headers: { authorization: "none" }, body: { client_id: "ci", client_secret: "(hidden)" } },
      { headers: { authorization: "basic" }, body: { grant_type: "client_credentials" } },
    ]);
  });

  it("names no other scheme, and keeps a body that is no JSON as text", async () => {
    const sandbox = await start();
    await sandbox.send("PUT", `/campaigns/${CAMPAIGN}/audience`, "{", { authorization: "very-secret" });
    const { body } = await sandbox.send("GET", REQUESTS);
    expect(body).toMatchObject([{ headers: { authorization: "other" }, body: "{", status: 401 }]);
  });

  it("can be cleared", async () => {
    const sandbox = await start();
    await sandbox.put();
    expect((await sandbox.send("DELETE", REQUESTS)).status).toBe(200);
    expect((await sandbox.send("GET", REQUESTS)).body).toEqual([]);
  });
});

describe("POST /__sandbox/campaigns/:id", () => {
  it("locks a campaign meanwhile", async () => {
    const sandbox = await start();
    expect((await sandbox.send("POST", CONTROL, { authoringStatus: "scheduled" })).status).toBe(200);
    expect((await sandbox.put()).status).toBe(409);
  });

  it("edits audiences as a person would: reach is evaluated again", async () => {
    const sandbox = await start();
    const { body } = await sandbox.send("POST", CONTROL, { audience: WANTED, name: "Renamed" });
    expect(body).toMatchObject({ name: "Renamed", audience: WANTED, history: [{ by: "person" }] });
    sandbox.pass(DELAY / 2);
    expect(await sandbox.reach()).toMatchObject({ status: "pending" });
    sandbox.pass(DELAY / 2);
    expect(await sandbox.summary()).toMatchObject({
      updatedAt: new Date(START).toISOString(),
      audience: { reach: { status: "ok", evaluatedCount: 760 } },
    });
  });

  it("leaves alone what it does not name", async () => {
    const sandbox = await start();
    await sandbox.send("POST", CONTROL, { audience: { exclude: [] } });
    expect(await sandbox.state()).toMatchObject({
      name: "Spring",
      authoringStatus: "draft",
      audience: { include: LIVE.include, exclude: [] },
    });
  });

  it("sets reach, switches and the next visitor", async () => {
    const sandbox = await start();
    await sandbox.send("POST", CONTROL, {
      reach: { status: "failed", evaluatedCount: 3, evaluatedAt: "2026-11-20T00:00:00Z" },
      switches: { idCase: "upper" },
      beforePut: "lock",
    });
    expect(await sandbox.summary()).toMatchObject({
      campaignId: CAMPAIGN.toUpperCase(),
      audience: { reach: { status: "failed", evaluatedCount: 3, evaluatedAt: "2026-11-20T00:00:00.000Z" } },
    });
    expect((await sandbox.put()).status).toBe(409);
  });

  it.each([
    [{ authoringstatus: "draft" }, "authoringstatus"],
    [{ audience: { include: [{ audienceId: VIPS }] } }, "/audience/include/0"],
    [{ audience: { include: [segment("aud_1")] } }, "/audience/include/0/audienceId"],
    [{ campaignId: OTHER }, "campaignId"],
    [{ switches: { validationStatus: 422 } }, "validationStatus"],
    [[], "JSON object"],
    ["{", "JSON object"],
  ])("refuses %j and says where", async (change, place) => {
    const sandbox = await start();
    const before = await sandbox.state();
    const { status, body } = await sandbox.send("POST", CONTROL, change);
    expect(status).toBe(400);
    expect(body.error).toContain(place);
    expect(await sandbox.state()).toEqual(before);
  });

  it.each([
    ["POST", `/__sandbox/campaigns/${OTHER}`],
    ["GET", `/__sandbox/campaigns/${OTHER}`],
    ["DELETE", CONTROL],
    ["GET", "/__sandbox/"],
  ])("%s %s is 404", async (method, path) => {
    const sandbox = await start();
    expect((await sandbox.send(method, path)).status).toBe(404);
  });
});

describe("GET /__sandbox/campaigns/:id", () => {
  it("shows the campaign past every switch, and is not logged", async () => {
    const sandbox = await start(seedWith({}, { idCase: "upper", evaluatedAtMissing: true }));
    expect(await sandbox.state()).toEqual({
      campaignId: CAMPAIGN,
      name: "Spring",
      authoringStatus: "draft",
      audience: LIVE,
      reach: { status: "ok", evaluatedCount: 460, evaluatedAt: "2026-04-25T10:30:00.000Z" },
      history: [],
    });
    expect((await sandbox.send("GET", REQUESTS)).body).toEqual([]);
  });
});
