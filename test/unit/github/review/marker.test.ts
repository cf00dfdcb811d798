import { describe, expect, test } from "vitest";
import { issueMarkerOf, planKeyOf, planMarker, planMarkerOf } from "../../../../src/github/review/marker.ts";

const PLAN = `${planMarker("prod-1")}eNqLjgUAARUAuQ -->\n### Plan\n`;
const ISSUE = "<!-- campaignctl:drift prod-1 -->\nLive differs.\n";

test("a plan comment is found again by its target, whatever its header holds", () => {
  expect(planKeyOf(PLAN)).toBe("prod-1");
  expect(planMarkerOf(PLAN)).toBe("<!-- campaignctl:plan prod-1 ");
});

test.each([
  ["a text", "### Plan"],
  ["a quoted plan comment", `> ${PLAN}`],
  ["one of another kind", ISSUE],
  ["one without a key", "<!-- campaignctl:plan  -->"],
  ["one with a key that is none of ours", "<!-- campaignctl:plan PROD_1 -->"],
])("no plan comment: %s", (_, body) => {
  expect(planKeyOf(body)).toBeNull();
});

test("an issue is found again by the whole comment that it begins with", () => {
  expect(issueMarkerOf(ISSUE)).toBe("<!-- campaignctl:drift prod-1 -->");
});

describe("a body without its marker is never written, since it could not be found again", () => {
  const lost = "A body for GitHub does not begin with its marker.";
  test.each(["", "### Plan", ` ${PLAN}`, "<!-- campaignctl:plan > -->"])("no plan comment: %j", (body) => {
    expect(() => planMarkerOf(body)).toThrow(lost);
  });
  test.each(["", "Live differs.", `\n${ISSUE}`, "<!-- campaignctl:\n -->"])("no issue: %j", (body) => {
    expect(() => issueMarkerOf(body)).toThrow(lost);
  });
});
