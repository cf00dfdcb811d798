import { describe, expect, it } from "vitest";
import { nearestKey } from "../../../src/declarations/nearest-key.ts";

const KEYS = ["campaignId", "name", "owner", "labels", "include", "exclude"];

describe("nearestKey", () => {
  it.each([
    ["exlude", "exclude"],
    ["excluded", "exclude"],
    ["INCLUDE", "include"],
    ["campaign-id", "campaignId"],
    ["id", "campaignId"],
    ["label", "labels"],
    ["оwner", "owner"],
    ["ｎａｍｅ", "name"],
  ])("takes %s for %s", (written, known) => {
    expect(nearestKey(written, KEYS)).toBe(known);
  });

  it.each(["budget", "e", "", "\u200b"])("takes %j for nothing", (written) => {
    expect(nearestKey(written, KEYS)).toBeNull();
  });

  it("takes a very long word for nothing", () => {
    expect(nearestKey("x".repeat(100_000), KEYS)).toBeNull();
  });

  it("has nothing to offer where nothing is known", () => {
    expect(nearestKey("name", [])).toBeNull();
  });

  it("prefers the nearer of two", () => {
    expect(nearestKey("includes", ["included", "include"])).toBe("included");
    expect(nearestKey("nam", ["named", "name"])).toBe("name");
  });
});
