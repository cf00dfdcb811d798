import { request } from "node:http";
import { describe, expect, it } from "vitest";
import {
  audience,
  CAMPAIGN,
  LIVE,
  OTHER,
  seedWith,
  segment,
  start,
  UNSUBSCRIBED,
  VIPS,
  WANTED,
} from "./sandbox-under-test.ts";

const CAMPAIGNS = "JOURNEY_API.PUBLIC.CAMPAIGNS";
const INVALID = "CDP_ETL.VALIDATION.REQUEST_INVALID";
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    segment(`00000000-0000-0000-0000-${String(index).padStart(12, "0")}`),
  );

describe("the body of the audience PUT", () => {
  it.each([
    ["no include", { exclude: [] }, "include"],
    ["include null", { include: null, exclude: [] }, "include"],
    ["include empty", { include: [] }, "include"],
    ["26 included", { include: many(26) }, "include"],
    ["26 excluded", { include: [segment(VIPS)], exclude: many(26) }, "exclude"],
    ["exclude null", { include: [segment(VIPS)], exclude: null }, "exclude"],
    ["an overlap", { include: [segment(VIPS)], exclude: [segment(VIPS)] }, "exclude[0].audienceId"],
    [
      "an overlap in another case and type",
      { include: [segment(VIPS)], exclude: [audience(VIPS.toUpperCase())] },
      "exclude[0].audienceId",
    ],
    ["an id twice", { include: [segment(VIPS), segment(VIPS)] }, "include[1].audienceId"],
    ["an id under two types", { include: [segment(VIPS), audience(VIPS)] }, "include[1].audienceId"],
    ["another type", { include: [{ audienceId: VIPS, type: "list" }] }, "include[0].type"],
    ["no type", { include: [{ audienceId: VIPS }] }, "include[0].type"],
    ["an id that is no UUID", { include: [segment("aud_01HXYZ")] }, "include[0].audienceId"],
    ["an id that is no text", { include: [{ audienceId: 7, type: "segment" }] }, "include[0].audienceId"],
    ["an entry that is text", { include: [VIPS] }, "include[0]"],
    ["an unknown field", { ...WANTED, dryRun: true }, "dryRun"],
    ["an unknown field of an entry", { include: [{ ...segment(VIPS), name: "VIPs" }] }, "include[0].name"],
    ["a list", [], "body"],
    ["broken JSON", "{", "body"],
    ["nothing", "", "content-type"],
  ])("is refused with %s", async (_, body, path) => {
    const sandbox = await start();
    const answer = await sandbox.send(
      "PUT",
      `/campaigns/${CAMPAIGN}/audience`,
      body === "" ? undefined : body,
    );
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ success: false, error: { code: INVALID, details: { path } } });
    expect((await sandbox.state()).audience).toEqual(LIVE);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded"])("is refused as %s", async (type) => {
    const sandbox = await start();
    const headers = { "content-type": type };
    const answer = await sandbox.send("PUT", `/campaigns/${CAMPAIGN}/audience`, WANTED, headers);
    expect(answer.body.error).toMatchObject({ code: INVALID, details: { path: "content-type" } });
  });

  it("may hold 25 of each, and say its charset", async () => {
    const sandbox = await start();
    const [include, exclude] = [many(50).slice(0, 25), many(50).slice(25)];
    const headers = { "content-type": "application/json; charset=utf-8" };
    const path = `/campaigns/${CAMPAIGN}/audience`;
    expect((await sandbox.send("PUT", path, { include, exclude }, headers)).status).toBe(200);
  });

  it("over 10 MB is refused with 413", async () => {
    const sandbox = await start();
    const { status, body } = await sandbox.put({ include: "x".repeat(10 * 1024 * 1024) });
    expect([status, body.error.code]).toEqual([413, INVALID]);
  });
});

describe("a campaign", () => {
  it.each([
    ["GET", "summary", undefined],
    ["PUT", "audience", WANTED],
    ["POST", "preflight", {}],
  ])("that does not exist is 404 for %s %s", async (method, endpoint, sent) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send(method, `/campaigns/${OTHER}/${endpoint}`, sent);
    expect([status, body.error.code]).toEqual([404, `${CAMPAIGNS}.NOT_FOUND`]);
  });

  it.each(["scheduled", "sent", "Draft", "a-new-word"])("that is %s cannot be written to", async (word) => {
    const sandbox = await start(seedWith({ authoringStatus: word }));
    const { status, body } = await sandbox.put();
    expect([status, body.error.code]).toEqual([409, `${CAMPAIGNS}.NOT_DRAFT`]);
    expect((await sandbox.state()).audience).toEqual(LIVE);
  });

  it.each([
    ["GET", "/summary", undefined],
    ["PUT", "/audience", WANTED],
    ["POST", "/preflight", {}],
  ])("that lacks stored state is 409 for %s %s", async (method, endpoint, sent) => {
    const sandbox = await start(seedWith({ missingState: true }));
    const { status, body } = await sandbox.send(method, `/campaigns/${CAMPAIGN}${endpoint}`, sent);
    expect([status, body.error.code]).toEqual([409, `${CAMPAIGNS}.SUMMARY_UNAVAILABLE`]);
  });

  it.each([
    ["GET", "/summary", undefined, "SUMMARY_TYPE_UNSUPPORTED"],
    ["GET", "", undefined, "SUMMARY_TYPE_UNSUPPORTED"],
    ["PUT", "/audience", WANTED, "TYPE_UNSUPPORTED"],
    ["POST", "/preflight", {}, "TYPE_UNSUPPORTED"],
  ])("that is a journey is 409 for %s %s", async (method, endpoint, sent, issue) => {
    const sandbox = await start(seedWith({ campaignType: "journey" }));
    const { status, body } = await sandbox.send(method, `/campaigns/${CAMPAIGN}${endpoint}`, sent);
    expect([status, body.error.code]).toEqual([409, `${CAMPAIGNS}.${issue}`]);
  });
});

describe("an endpoint", () => {
  it.each([
    ["GET", `/campaigns/${CAMPAIGN}/status`],
    ["POST", `/campaigns/${CAMPAIGN}/send-jobs`],
    ["POST", `/campaigns/${CAMPAIGN}/schedule-jobs`],
    ["PATCH", `/campaigns/${CAMPAIGN}`],
    ["DELETE", `/campaigns/${CAMPAIGN}`],
    ["GET", `/campaigns/${CAMPAIGN}/audience`],
    ["GET", "/oauth/token"],
    ["GET", "/lists"],
    ["GET", "/campaigns/"],
  ])("that is not here is 404: %s %s", async (method, path) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send(method, path);
    expect(status).toBe(404);
    expect(body).toMatchObject({ success: false, error: { code: "CDP_ETL.NOT_FOUND" } });
  });

  it("is not found outside of the base URL, not even by a path that is no URL", async () => {
    const sandbox = await start();
    const status = (path: string) =>
      new Promise((resolve, reject) => {
        request({ port: sandbox.port, path, headers: { authorization: "Bearer any" } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
    expect(await status("/campaigns")).toBe(404);
    expect(await status(`//%zz?${UNSUBSCRIBED}`)).toBe(404);
    expect(await status("/public/v1/campaigns")).toBe(200);
  });
});
