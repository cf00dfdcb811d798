import { expect, it } from "vitest";
import { fileNamesFor } from "../../../src/adopt/file-names.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const fileOf = (name: string | null, taken: readonly string[] = []) =>
  fileNamesFor([{ campaignId: campaignId(1), name }], new Set(taken)).get(campaignId(1));

it.each([
  ["Spring", "spring.yaml"],
  ["CON", "con-c0000000.yaml"],
  ["lpt1", "lpt1-c0000000.yaml"],
  ["COM0", "com0-c0000000.yaml"],
  ["Console", "console.yaml"],
  [null, "campaign-c0000000.yaml"],
  ["🎉", "campaign-c0000000.yaml"],
  [`${"long ".repeat(40)}`, `${"long-".repeat(12).slice(0, -1)}.yaml`],
])("the file of %j is %s", (name, file) => expect(fileOf(name)).toBe(file));

it("gets a part of the id where a file of that name is there, in whatever case", () => {
  expect(fileOf("Spring", ["spring.yaml"])).toBe("spring-c0000000.yaml");
});
