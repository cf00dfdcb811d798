import { describe, expect, it } from "vitest";
import { AccessError, ApiError, NetworkError } from "../../../src/domain/errors.ts";
import { createLister } from "../../../src/experiture/lister.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const rows = (...numbers: readonly number[]) => numbers.map((n) => ({ id: campaignId(n).toUpperCase() }));
const facts = { status: 200, correlationId: null, serverTime: null };

/** Answers each query, without its limit, as a table says: data, a whole body or an error. */
function listing(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const counts: number[] = [];
  const lister = createLister(async ({ path, method, scope, lane }) => {
    expect([method, scope, lane]).toEqual(["GET", "campaigns:read", "read"]);
    const query = path.replace("/campaigns?limit=50", "");
    asked.push(query);
    const answer = answers[query];
    if (answer instanceof Error) throw answer;
    return { ...facts, body: { success: true, data: answer } };
  });
  return lister
    .listCampaigns((count) => counts.push(count))
    .then((listed) => ({
      ...listed,
      campaignIds: listed.campaignIds.map((id) => Number(id.slice(-2))),
      asked,
      counts,
    }));
}

const refusal = (status: number) =>
  new ApiError(`refused: ${status}.`, { method: "GET", path: "", correlationId: null, status, code: "X" });

describe("listing campaigns", () => {
  it("by page, until the total is reached", async () => {
    expect(
      await listing({ "": { items: rows(1, 2), total: 3 }, "&page=2": { items: rows(3), total: 3 } }),
    ).toEqual({
      campaignIds: [1, 2, 3],
      isWhole: true,
      missing: null,
      asked: ["", "&page=2"],
      counts: [2, 3],
    });
  });

  it.each([
    [{ nextCursor: "a b" }, { nextCursor: null }, "&cursor=a%20b"],
    [{ next_cursor: "x" }, { next_cursor: "" }, "&cursor=x"],
    [{ pagination: { nextPageToken: "x" } }, { pagination: { hasMore: false } }, "&pageToken=x"],
    [
      { meta: { next: "https://evil.example/list?limit=9&after=x#y" } },
      { meta: { next: null } },
      "&limit=9&after=x",
    ],
    [{ nextCursor: 7, total: 2 }, { nextCursor: null, total: 2 }, "&cursor=7"],
  ])("by cursor, %j and %j, until it ends", async (first, last, query) => {
    const listed = await listing({ "": { items: rows(1), ...first }, [query]: { items: rows(2), ...last } });
    expect(listed).toMatchObject({ campaignIds: [1, 2], isWhole: true, missing: null, asked: ["", query] });
  });

  it("of one page that is said to be the last", async () => {
    expect(await listing({ "": { campaigns: rows(1), hasMore: false } })).toMatchObject({
      isWhole: true,
      asked: [""],
    });
    expect(await listing({ "": { items: [], total: 0 } })).toMatchObject({ isWhole: true, campaignIds: [] });
  });

  it.each([
    ["an empty page", []],
    ["the same page again", rows(2, 1)],
  ])("stops at %s, and does not claim that these are all", async (_, items) => {
    const listed = await listing({ "": rows(1, 2), "&page=2": { items } });
    expect(listed).toMatchObject({ campaignIds: [1, 2], isWhole: false, missing: null });
    expect(listed.asked).toEqual(["", "&page=2"]);
  });

  it("stops where the same cursor comes again", async () => {
    const page = { items: rows(1), nextCursor: "x" };
    expect(await listing({ "": page, "&cursor=x": page })).toMatchObject({ isWhole: false, missing: null });
  });

  it("stops where a page is refused of which nothing was said", async () => {
    const listed = await listing({ "": { items: rows(1) }, "&page=2": refusal(400) });
    expect(listed).toMatchObject({ campaignIds: [1], isWhole: false, missing: null });
  });

  it.each([
    [{ total: 3 }, refusal(400), "&page=2"],
    [{}, refusal(500), "&page=2"],
    [{ nextCursor: "x" }, refusal(404), "&cursor=x"],
    [{}, new NetworkError("no answer."), "&page=2"],
  ])("tells a later page that could not be read: %j", async (first, error, query) => {
    const listed = await listing({ "": { items: rows(1), ...first }, [query]: error });
    expect(listed).toMatchObject({ campaignIds: [1], isWhole: false });
    expect(listed.missing).toBe(`A page of the list could not be read: ${error.message}`);
  });

  it("tells fewer rows than the total, and rows without an id", async () => {
    const short = await listing({ "": { items: rows(1), total: 3 }, "&page=2": { items: [], total: 3 } });
    expect(short).toMatchObject({ isWhole: false, missing: "The API says that there are 3, and listed 1." });
    const odd = await listing({ "": { items: [...rows(1), { id: "x" }, null], hasMore: false } });
    expect(odd).toMatchObject({
      isWhole: false,
      missing: "2 rows of the list had no id that could be read.",
    });
  });

  it("throws what the first page comes to, and refused credentials on any", async () => {
    await expect(listing({ "": refusal(500) })).rejects.toThrow("refused: 500.");
    await expect(listing({ "": {} })).rejects.toThrow("expected a list of campaigns");
    const access = new AccessError("no.", refusal(401));
    await expect(listing({ "": rows(1), "&page=2": access })).rejects.toBe(access);
  });
});
