import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInShard, shardText } from "../../../src/domain/shard.ts";

const shardsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));

const countedId = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

describe("isInShard", () => {
  test("puts each campaign into exactly one of the shards", () => {
    const anyCount = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(fc.uuid(), anyCount, (id, count) => {
        expect(shardsOf(count).filter((shard) => isInShard(id, shard))).toHaveLength(1);
      }),
    );
  });

  test("is fixed: a job of another machine or of next year has the same part", () => {
    const ids = Array.from({ length: 12 }, (_, at) => countedId(at));
    const shardIn = (count: number) => (id: string) =>
      shardsOf(count).find((shard) => isInShard(id, shard))?.index;
    expect(ids.map(shardIn(3))).toEqual([2, 2, 3, 3, 1, 2, 2, 3, 3, 3, 1, 2]);
    expect(ids.map(shardIn(1))).toEqual(ids.map(() => 1));
  });

  test.each([2, 3, 7])("makes %d parts of about the same size, also of ids that only count up", (count) => {
    const ids = Array.from({ length: 2_000 }, (_, at) => countedId(at));
    for (const shard of shardsOf(count)) {
      const size = ids.filter((id) => isInShard(id, shard)).length;
      expect(Math.abs(size - 2_000 / count)).toBeLessThan(4 * Math.sqrt(2_000 / count));
    }
  });
});

test("a shard is written as it was asked for", () => {
  expect(shardText({ index: 2, count: 3 })).toBe("2/3");
});
