import { expect, test } from "vitest";
import { perLane } from "../../../src/patience/lane.ts";

test("each lane has one of its own", () => {
  const lists = perLane(() => [] as string[]);
  lists.write.push("PUT");
  expect(lists).toEqual({ read: [], write: ["PUT"], size: [], clone: [] });
});
