import { request } from "node:http";
import { describe, expect, it } from "vitest";
import {
  CAMPAIGN,
  LIVE,
  OTHER,
  seedWith,
  start,
  UNSUBSCRIBED,
  WANTED,
} from "../../support/api/sandbox-under-test.ts";

const CAMPAIGNS = "JOURNEY_API.PUBLIC.CAMPAIGNS";

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
