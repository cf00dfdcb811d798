import { describe, expect, it } from "vitest";
import {
  audience,
  CAMPAIGN,
  LIVE,
  segment,
  start,
  VIPS,
  WANTED,
} from "../../../support/api/sandbox-under-test.ts";

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
