import { expect, onTestFinished, test } from "vitest";
import { makeWorldHere } from "../support/program/world.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

const CAMPAIGNS = Array.from({ length: 40 }, (_, index) => {
  const [less, more] = [binding([1]), binding([1, 2])];
  const [live, desired] = index % 2 === 0 ? [less, more] : [more, less];
  return { id: campaignId(index), live, desired };
});
const NARROWING = new Set(CAMPAIGNS.filter((_, index) => index % 2 === 1).map(({ id }) => id));

test.each([
  ["at the API's full speed", {}],
  ["under a rate limit that has to be learned", { rate: 60, burst: 20 }],
])(
  "%s no more accepted writes are unread than campaigns may be begun, and those that narrow come first",
  async (_, limit) => {
    const world = await makeWorldHere(CAMPAIGNS, { latencyMs: 15, ...limit });
    onTestFinished(world.end);
    const ran = await world.run(["apply", "--yes", "--parallelism", "4"]);
    expect({ code: ran.code, stderr: ran.code === 0 ? "" : ran.stderr }).toEqual({ code: 0, stderr: "" });
    const requests = (await world.sandbox.requests()).filter(({ status }) => status === 200);
    const unread = new Set<string>();
    const written: string[] = [];
    let most = 0;
    for (const { method, path } of requests) {
      const id = path.split("/")[4] ?? "";
      if (method === "PUT") {
        unread.add(id);
        written.push(id);
      } else unread.delete(id);
      most = Math.max(most, unread.size);
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(4);
    expect(written).toHaveLength(40);
    expect(written.slice(0, 20).every((id) => NARROWING.has(id))).toBe(true);
  },
);
