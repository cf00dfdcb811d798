import { describe, expect, it } from "vitest";
import { CAMPAIGN, OTHER, start } from "../../../support/api/sandbox-under-test.ts";
import { campaignId } from "../../../support/samples/bindings.ts";

const seed = (listPaging: "none" | "page" | "cursor" | "repeating" | "short") => ({
  switches: { listPaging },
  campaigns: [1, 2, 3].map((n) => ({ campaignId: campaignId(n), createdAt: `2026-01-0${4 - n}T00:00:00Z` })),
});

describe("GET /campaigns goes on", () => {
  const ask = async (paging: Parameters<typeof seed>[0], query: string) => {
    const { status, body } = await (await start(seed(paging))).send("GET", `/campaigns?limit=2${query}`);
    if (status !== 200) return status;
    const { items, ...rest } = body.data;
    return [items.map(({ id }: { id: string }) => Number(id.slice(-1))), rest];
  };

  it("by page, with a total", async () => {
    expect(await ask("page", "")).toEqual([[1, 2], { page: 1, total: 3 }]);
    expect(await ask("page", "&page=2")).toEqual([[3], { page: 2, total: 3 }]);
    expect(await ask("page", "&page=3")).toEqual([[], { page: 3, total: 3 }]);
    expect(await ask("page", "&page=x")).toBe(400);
  });

  it("by cursor, until it is null", async () => {
    expect(await ask("cursor", "")).toEqual([[1, 2], { nextCursor: "2" }]);
    expect(await ask("cursor", "&cursor=2")).toEqual([[3], { nextCursor: null }]);
    expect(await ask("cursor", "&page=2")).toBe(400);
  });

  it("not at all", async () => {
    expect(await ask("none", "")).toEqual([[1, 2], {}]);
    expect(await ask("none", "&page=2")).toBe(400);
  });

  it("with the first page again", async () =>
    expect(await ask("repeating", "&page=2")).toEqual([[1, 2], {}]));

  it("with fewer than the total", async () => {
    expect(await ask("short", "")).toEqual([[1], { page: 1, total: 3 }]);
    expect(await ask("short", "&page=2")).toEqual([[3], { page: 2, total: 3 }]);
  });
});

describe("GET /campaigns", () => {
  const seed = {
    campaigns: [
      { campaignId: CAMPAIGN, channel: "email", createdAt: "2026-01-01T00:00:00Z" },
      { campaignId: OTHER, channel: "sms", createdAt: "2026-02-01T00:00:00Z", authoringStatus: "published" },
    ],
  };
  const list = async (query: string) => {
    const { body } = await (await start(seed)).send("GET", `/campaigns${query}`);
    return body.data.items.map(({ id }: { id: string }) => id);
  };

  it("lists the newest first", async () => expect(await list("")).toEqual([OTHER, CAMPAIGN]));
  it("filters by status", async () => expect(await list("?status=published")).toEqual([OTHER]));
  it("filters by channel", async () => expect(await list("?channel=email")).toEqual([CAMPAIGN]));
  it("ends at the limit", async () => expect(await list("?limit=1")).toEqual([OTHER]));
  it.each(["limit=0", "limit=201", "limit=x", "page=2"])("refuses ?%s", async (query) => {
    const sandbox = await start(seed);
    const { status, body } = await sandbox.send("GET", `/campaigns?${query}`);
    expect([status, body.error.code]).toEqual([400, "CDP_ETL.VALIDATION.REQUEST_INVALID"]);
  });
});
