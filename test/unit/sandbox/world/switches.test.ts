import { describe, expect, it } from "vitest";
import {
  AUDIENCES,
  BUYERS,
  CAMPAIGN,
  LIVE,
  OTHER,
  seedWith,
  start,
  UNSUBSCRIBED,
  VIPS,
  WANTED,
} from "../../../support/api/sandbox-under-test.ts";

const ID_HEADER = "x-correlation-id";
const COUNTED = "00000000-0000-4000-8000-000000000001";

describe("validationStatus", () => {
  it.each([
    [400, "CDP_ETL.VALIDATION.REQUEST_INVALID"],
    [422, "CDP_ETL.VALIDATION.REQUEST_SCHEMA"],
  ] as const)("%i comes with %s", async (wanted, code) => {
    const sandbox = await start(seedWith({}, { validationStatus: wanted }));
    const { status, body } = await sandbox.put({ include: [] });
    expect([status, body.error.code]).toEqual([wanted, code]);
  });
});

describe("malformedId", () => {
  it.each([
    [400, "CDP_ETL.VALIDATION.REQUEST_INVALID"],
    [404, "JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_FOUND"],
  ] as const)("%i comes with %s", async (wanted, code) => {
    const sandbox = await start(seedWith({}, { malformedId: wanted }));
    for (const [method, path, sent] of [
      ["GET", "/campaigns/cmp_1/summary", undefined],
      ["PUT", "/campaigns/cmp_1/audience", WANTED],
    ] as const) {
      const { status, body } = await sandbox.send(method, path, sent);
      expect([status, body.error.code]).toEqual([wanted, code]);
    }
  });
});

describe("correlationId", () => {
  it.each([
    ["header-and-body", COUNTED, COUNTED],
    ["header", COUNTED, undefined],
    ["body", null, COUNTED],
    ["none", null, undefined],
  ] as const)("%s", async (word, inHeader, inBody) => {
    for (const path of [`/campaigns/${CAMPAIGN}/summary`, `/campaigns/${OTHER}/summary`]) {
      const sandbox = await start(seedWith({}, { correlationId: word }));
      const { headers, body } = await sandbox.send("GET", path);
      expect([headers.get(ID_HEADER), body.correlationId]).toEqual([inHeader, inBody]);
    }
  });

  it("differs from answer to answer", async () => {
    const sandbox = await start();
    const id = async () => (await sandbox.put()).headers.get(ID_HEADER);
    expect(await id()).not.toBe(await id());
  });
});

describe("entryOrder", () => {
  it.each([
    ["kept", [VIPS, BUYERS]],
    ["reversed", [BUYERS, VIPS]],
  ] as const)("%s", async (word, order) => {
    const sandbox = await start(seedWith({}, { entryOrder: word }));
    const { body } = await sandbox.put();
    expect(body.data.audience.include.map((entry: { audienceId: string }) => entry.audienceId)).toEqual(
      order,
    );
    const { included } = (await sandbox.summary()).audience;
    expect(included.map(({ id }: { id: string }) => id)).toEqual(order);
  });
});

describe("idCase", () => {
  it.each([
    ["kept", (id: string) => id],
    ["upper", (id: string) => id.toUpperCase()],
  ] as const)("%s", async (word, shown) => {
    const sandbox = await start(seedWith({}, { idCase: word }));
    expect(await sandbox.summary()).toMatchObject({
      campaignId: shown(CAMPAIGN),
      audience: { included: [{ id: shown(VIPS) }], excluded: [{ id: shown(UNSUBSCRIBED) }] },
    });
    expect((await sandbox.put()).body.data.id).toBe(shown(CAMPAIGN));
  });
});

describe("fullObject", () => {
  it("as-put: include and exclude with audienceId", async () => {
    const sandbox = await start(seedWith({}, { fullObject: "as-put" }));
    const { audience: shown } = (await sandbox.send("GET", `/campaigns/${CAMPAIGN}`)).body.data;
    expect(shown).toMatchObject(LIVE);
    expect(Object.keys(shown)).toEqual(["include", "exclude", "reach"]);
  });

  it("as-summary: included and excluded with id", async () => {
    const sandbox = await start(seedWith({}, { fullObject: "as-summary" }));
    const { audience: shown } = (await sandbox.send("GET", `/campaigns/${CAMPAIGN}`)).body.data;
    expect(shown).toEqual((await sandbox.summary()).audience);
    expect(shown.included).toEqual([{ id: VIPS, name: null, type: "segment", memberCount: null }]);
  });
});

describe("campaignIdField", () => {
  it.each([
    ["id", CAMPAIGN, undefined],
    ["campaignId", undefined, CAMPAIGN],
    ["both", CAMPAIGN, CAMPAIGN],
  ] as const)("%s", async (word, id, campaignId) => {
    const sandbox = await start(seedWith({}, { campaignIdField: word }));
    const full = (await sandbox.send("GET", `/campaigns/${CAMPAIGN}`)).body.data;
    const [item] = (await sandbox.send("GET", "/campaigns")).body.data.items;
    for (const shape of [full, item]) expect([shape.id, shape.campaignId]).toEqual([id, campaignId]);
    expect((await sandbox.summary()).campaignId).toBe(CAMPAIGN);
  });
});

describe("summaryNulls", () => {
  it("null-values", async () => {
    const sandbox = await start(seedWith({}, { summaryNulls: "null-values" }));
    expect(await sandbox.summary()).toMatchObject({ schedule: null, content: null });
  });

  it("missing", async () => {
    const sandbox = await start(seedWith({}, { summaryNulls: "missing" }));
    const summary = await sandbox.summary();
    expect(summary).not.toHaveProperty("schedule");
    expect(summary).not.toHaveProperty("content");
  });

  it("filled: as in the sample, whatever the channel", async () => {
    const sandbox = await start(seedWith({ channel: "direct_mail" }, { summaryNulls: "filled" }));
    expect(await sandbox.summary()).toMatchObject({
      schedule: { kind: "digital_send", mode: "at", scheduled: true },
      content: { template: { status: "published", channel: "direct_mail" }, proofStatus: "unavailable" },
    });
  });
});

it.each(["null-values", "missing", "filled"] as const)(
  "a seeded sendAt is told, with %s",
  async (summaryNulls) => {
    const sendAt = "2026-12-01T09:00:00";
    const sandbox = await start(seedWith({ sendAt }, { summaryNulls }));
    expect(await sandbox.summary()).toMatchObject({ schedule: { mode: "at", sendAt } });
  },
);

describe("extraFields", () => {
  it.each([true, false])("%s", async (extraFields) => {
    const sandbox = await start(seedWith({}, { extraFields }));
    const summary = await sandbox.summary();
    expect(Object.hasOwn(summary, "revision")).toBe(extraFields);
    expect(Object.hasOwn(summary.audience.reach, "engine")).toBe(extraFields);
  });
});

describe("namesNull", () => {
  it.each([
    [true, { name: null, memberCount: null }],
    [false, { name: "VIPs", memberCount: 500 }],
  ] as const)("%s", async (namesNull, shown) => {
    const sandbox = await start(seedWith({}, { namesNull }));
    expect((await sandbox.summary()).audience.included).toEqual([{ id: VIPS, type: "segment", ...shown }]);
  });
});

describe("lockedPreflight", () => {
  it.each([
    ["answered", 200],
    ["refused", 409],
  ] as const)("%s", async (word, wanted) => {
    const sandbox = await start(seedWith({ authoringStatus: "scheduled" }, { lockedPreflight: word }));
    const { status, body } = await sandbox.send("POST", `/campaigns/${CAMPAIGN}/preflight`, {});
    expect(status).toBe(wanted);
    if (wanted === 409) expect(body.error.code).toBe("JOURNEY_API.PUBLIC.CAMPAIGNS.NOT_DRAFT");
  });
});

describe("switches of a campaign", () => {
  it("go before those of the sandbox, for that campaign only", async () => {
    const sandbox = await start({
      audiences: AUDIENCES,
      switches: { idCase: "upper" },
      campaigns: [{ campaignId: CAMPAIGN, switches: { idCase: "kept" } }, { campaignId: OTHER }],
    });
    const id = async (campaign: string) =>
      (await sandbox.send("GET", `/campaigns/${campaign}/summary`)).body.data.campaignId;
    expect([await id(CAMPAIGN), await id(OTHER)]).toEqual([CAMPAIGN, OTHER.toUpperCase()]);
  });
});
