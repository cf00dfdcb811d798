import { describe, expect, it } from "vitest";
import { BUYERS, seedWith, start, VIPS } from "../../../support/api/sandbox-under-test.ts";

describe("POST /audiences/:id/preview", () => {
  it.each([BUYERS, BUYERS.toUpperCase()])("counts the audience %s", async (id) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", `/audiences/${id}/preview`, { limit: 2 });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ audienceId: id, matchCount: 300, isExact: true });
    expect(body.data.sampleRecords).toHaveLength(2);
  });

  it("takes the preview id too, and shows 100 rows unless told otherwise", async () => {
    const sandbox = await start();
    const { body } = await sandbox.send("POST", "/audiences/aud_01HXYZ/preview");
    expect(body.data).toMatchObject({ audienceId: "aud_01HXYZ", matchCount: 500 });
    expect(body.data.sampleRecords).toHaveLength(100);
  });

  it.each([
    ["own", 404],
    ["shared", 200],
  ] as const)(
    "previewIds: %s answers %i to the own id of an audience that has another",
    async (previewIds, wanted) => {
      const sandbox = await start(seedWith({}, { previewIds }));
      expect((await sandbox.send("POST", `/audiences/${VIPS}/preview`)).status).toBe(wanted);
      expect((await sandbox.send("POST", "/audiences/aud_01HXYZ/preview")).status).toBe(200);
    },
  );

  it("previewSegments: not-found knows no segment", async () => {
    const sandbox = await start(seedWith({}, { previewSegments: "not-found" }));
    expect((await sandbox.send("POST", "/audiences/aud_01HXYZ/preview")).status).toBe(404);
    expect((await sandbox.send("POST", `/audiences/${BUYERS}/preview`)).status).toBe(200);
  });

  it.each([
    ["exact", { matchCount: 300, isExact: true }],
    ["about", { matchCount: 270, isExact: false }],
    ["unsaid", { matchCount: 270, isExact: undefined }],
  ] as const)("previewCount: %s", async (previewCount, wanted) => {
    const sandbox = await start(seedWith({}, { previewCount }));
    const { matchCount, isExact } = (await sandbox.send("POST", `/audiences/${BUYERS}/preview`)).body.data;
    expect({ matchCount, isExact }).toEqual(wanted);
  });

  it("previewScope: missing refuses every token", async () => {
    const sandbox = await start(seedWith({}, { previewScope: "missing" }));
    const { status, body } = await sandbox.send("POST", `/audiences/${BUYERS}/preview`);
    expect([status, body.error.code]).toEqual([403, "CDP_ETL.AUTH.FORBIDDEN"]);
    expect((await sandbox.summary()).audience).toBeDefined();
  });

  it("previewDelayMs keeps a preview waiting, and nothing else", async () => {
    const sandbox = await start(seedWith({}, { previewDelayMs: 600_000 }));
    const cutOff = sandbox.send("POST", `/audiences/${BUYERS}/preview`).catch(() => "cut off");
    await sandbox.summary();
    await sandbox.close();
    expect(await cutOff).toBe("cut off");
  });

  it("knows every audience when the seed lists none", async () => {
    const sandbox = await start({ campaigns: [] });
    expect((await sandbox.send("POST", "/audiences/aud_x/preview", {})).body.data.matchCount).toBe(1000);
  });

  it("answers 404 for an audience that does not exist", async () => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", "/audiences/aud_none/preview", {});
    expect([status, body.error.code]).toEqual([404, "CDP_ETL.NOT_FOUND"]);
  });

  it.each([
    [{ limit: 0 }],
    [{ limit: 1001 }],
    [{ limit: 1.5 }],
    [{ limit: "5" }],
    [{ offset: 1 }],
    [[]],
    ["{"],
  ])("refuses the body %j", async (sent) => {
    const sandbox = await start();
    const { status, body } = await sandbox.send("POST", `/audiences/${VIPS}/preview`, sent);
    expect([status, body.error.code]).toEqual([400, "CDP_ETL.VALIDATION.REQUEST_INVALID"]);
  });
});
