import { expect, test } from "vitest";
import { targetLine } from "../../../../src/github/page/target-line.ts";
import { targetOf } from "../../../../src/github/run/target.ts";

test("a target is told by all that sets it apart", () => {
  const target = targetOf({
    workflow: "Apply <eu>",
    environment: "eu*",
    config: "eu/campaignctl.yaml",
    paths: ["b", "a"],
    shard: "2/3",
  });
  expect(targetLine(target, { apiUrl: "https://api.example.test" })).toBe(
    "Workflow Apply &#60;eu&#62;, environment <b>eu&#42;</b>, project file `eu/campaignctl.yaml`, paths `a` `b`, shard <b>2/3</b>, API `https://api.example.test`",
  );
});

test("and by no more than that", () => {
  expect(targetLine(targetOf({ workflow: "Apply", environment: null, config: null }), null)).toBe(
    "Workflow Apply",
  );
});
