import { expect, test } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { TOOL, USER_AGENT } from "../../../src/domain/tool.ts";

test("the program gives its name and version, in results and to servers", () => {
  expect(TOOL).toEqual({ name: "campaignctl", version: packageJson.version });
  expect(USER_AGENT).toBe(`campaignctl/${packageJson.version}`);
});
