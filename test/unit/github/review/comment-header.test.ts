import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeHeader, encodeHeader, visiblePart } from "../../../../src/github/review/comment-header.ts";
import { changeDigest } from "../../../../src/github/review/reviewed.ts";
import type { CommentHeader } from "../../../../src/github/run/model.ts";
import { COMMIT, reviewedOf, unlikeUpdates } from "../../../support/samples/github.ts";
import { audience, binding, samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const plan = samplePlan([
  sampleUpdate(1, {
    before: binding([], [audience(3)]),
    after: binding([audience(1), audience(2, "audience")]),
  }),
  sampleUpdate(2),
]);

const header: CommentHeader = { target: "t-1", commit: COMMIT, state: "planned", reviewed: reviewedOf(plan) };

const digests = plan.changes
  .flatMap((change) => (change.action === "update" ? [changeDigest(change)] : []))
  .sort();

describe("a header", () => {
  test.each([
    ["changes", header],
    ["no changes", { ...header, reviewed: { kind: "changes", changes: [] } }],
    ["digests", { ...header, reviewed: { kind: "digests", digests } }],
    ["one digest", { ...header, reviewed: { kind: "digest", digest: plan.digest } }],
    ["digests with names", { ...header, reviewed: { kind: "digests", digests, named: [0, 127, 300_000] } }],
    ["one digest with names", { ...header, reviewed: { kind: "digest", digest: plan.digest, named: [5] } }],
    ["another state", { ...header, state: "refused" }],
    ["no digests", { ...header, reviewed: { kind: "digests", digests: [] } }],
    ["a commit of 64 digits", { ...header, commit: "f".repeat(64) }],
    ["labels", { ...header, labels: ["audience-widens", "audience-rules"] }],
    ["the API", { ...header, api: "Ab-_0123456789xy" }],
  ] as const)("reads back: %s", (_, any) => {
    expect(decodeHeader(`${encodeHeader(any)}\n### Plan`, "t-1")).toEqual(any);
    expect(decodeHeader(encodeHeader(any), "t-1")).toEqual(any);
  });

  test("survives the line ends of a web form", () => {
    expect(decodeHeader(`${encodeHeader(header)}\r\nText\r\n`, "t-1")).toEqual(header);
  });

  test("is one line that hides itself", () => {
    expect(encodeHeader(header)).toMatch(/^<!-- campaignctl:plan t-1 [\w-]+ -->$/);
    expect(visiblePart(`${encodeHeader(header)}\n### Plan\n`)).toBe("### Plan");
    expect(visiblePart(encodeHeader(header))).toBe("");
    expect(visiblePart("### Plan")).toBe("### Plan");
    const quoted = `Look:\n${encodeHeader(header)}\nText`;
    expect(visiblePart(quoted)).toBe(quoted);
  });

  test.each([
    ["after a blank", ` ${encodeHeader(header)}`],
    ["quoted", `> ${encodeHeader(header)}`],
    ["on a later line", `Look:\n${encodeHeader(header)}`],
    ["of another target", encodeHeader({ ...header, target: "t-2" })],
    ["of a target with the same beginning", encodeHeader({ ...header, target: "t-1-2" })],
    ["cut off", encodeHeader(header).slice(0, -20)],
    ["without its end", encodeHeader(header).replace(" -->", "")],
    ["with another end", encodeHeader(header).replace(" -->", "----")],
    ["with more on its line", `${encodeHeader(header)} and more`],
    ["with a blank before its data", encodeHeader(header).replace("t-1 ", "t-1  ")],
    ["with a blank after its data", encodeHeader(header).replace(" -->", "  -->")],
    ["without data", "<!-- campaignctl:plan t-1  -->"],
    ["not base64url", "<!-- campaignctl:plan t-1 a+b/= -->"],
    ["not deflated", "<!-- campaignctl:plan t-1 AAAA -->"],
    ["empty", ""],
  ])("is not found: %s", (_, body) => {
    expect(decodeHeader(body, "t-1")).toBeNull();
  });
});

describe("what a header says is checked", () => {
  const withData = (data: string) =>
    decodeHeader(`<!-- campaignctl:plan t-1 ${deflateRawSync(data).toString("base64url")} -->`, "t-1");
  const [one, two] = [`${"0".repeat(31)}1`, `${"0".repeat(31)}2`];
  const change = [one, `s${one}`, "", `s${one}s${two}`, ""];
  const whole = { v: 1, c: COMMIT, s: "planned", r: { k: "changes", l: [change] as unknown } };

  test("the one that the others differ from is valid", () => {
    expect(withData(JSON.stringify(whole))?.reviewed).toMatchObject({ kind: "changes", changes: [{}] });
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a number", 3],
    ["a list", []],
    ["an unknown version", { ...whole, v: 2 }],
    ["no version", { ...whole, v: undefined }],
    ["an unknown state", { ...whole, s: "approved" }],
    ["a short commit", { ...whole, c: COMMIT.slice(1) }],
    ["a commit that is no text", { ...whole, c: 7 }],
    ["a list of commits", { ...whole, c: [COMMIT] }],
    ["an API that is no text", { ...whole, a: 7 }],
    ["a list of APIs", { ...whole, a: ["a".repeat(16)] }],
    ["a short API", { ...whole, a: "a".repeat(15) }],
    ["a long API", { ...whole, a: "a".repeat(17) }],
    ["nothing reviewed", { ...whole, r: null }],
    ["an unknown kind", { ...whole, r: { k: "all", l: [] } }],
    ["changes that are no list", { ...whole, r: { k: "changes", l: "x" } }],
    ["a change that is no list", { ...whole, r: { k: "changes", l: [{}] } }],
    ["a change that is too short", { ...whole, r: { k: "changes", l: [change.slice(1)] } }],
    ["a change that is too long", { ...whole, r: { k: "changes", l: [[...change, ""]] } }],
    ["a change that is a text", { ...whole, r: { k: "changes", l: ["abcde"] } }],
    ["a change with another kind of part", { ...whole, r: { k: "changes", l: [[...change.slice(1), 1]] } }],
    [
      "a change with a list for its audiences",
      { ...whole, r: { k: "changes", l: [[one, [`s${one}`], "", `s${two}`, ""]] } },
    ],
    ["a change with a list for its id", { ...whole, r: { k: "changes", l: [[[one], ...change.slice(1)]] } }],
    ["a campaign twice", { ...whole, r: { k: "changes", l: [change, change] } }],
    ["campaigns out of order", { ...whole, r: { k: "changes", l: [[two, ...change.slice(1)], change] } }],
    ["an id that is none", { ...whole, r: { k: "changes", l: [["x", ...change.slice(1)]] } }],
    ["an id with more before it", { ...whole, r: { k: "changes", l: [[`0${one}`, ...change.slice(1)]] } }],
    ["an id with more behind it", { ...whole, r: { k: "changes", l: [[`${one}0`, ...change.slice(1)]] } }],
    [
      "audiences with more before them",
      { ...whole, r: { k: "changes", l: [[one, "", "", `xs${one}`, ""]] } },
    ],
    [
      "audiences with more behind them",
      { ...whole, r: { k: "changes", l: [[one, "", "", `s${one}x`, ""]] } },
    ],
    ["an unknown audience type", { ...whole, r: { k: "changes", l: [[one, `x${one}`, "", `s${one}`, ""]] } }],
    ["audiences out of order", { ...whole, r: { k: "changes", l: [[one, "", "", `s${two}s${one}`, ""]] } }],
    ["an audience twice", { ...whole, r: { k: "changes", l: [[one, "", "", `s${one}s${one}`, ""]] } }],
    [
      "live audiences out of order",
      { ...whole, r: { k: "changes", l: [[one, "", `s${two}s${one}`, `s${one}`, ""]] } },
    ],
    ["nobody included afterwards", { ...whole, r: { k: "changes", l: [[one, `s${one}`, "", "", ""]] } }],
    ["a change of nothing", { ...whole, r: { k: "changes", l: [[one, `s${one}`, "", `s${one}`, ""]] } }],
    ["digests that are no text", { ...whole, r: { k: "digests", l: ["a".repeat(16)] } }],
    ["part of a digest", { ...whole, r: { k: "digests", l: "a".repeat(17) } }],
    ["a digest twice", { ...whole, r: { k: "digests", l: "a".repeat(32) } }],
    ["a digest that is no text", { ...whole, r: { k: "digest", l: 1 } }],
    ["another digest than ours", { ...whole, r: { k: "digest", l: "md5:00" } }],
    ["a list of digests", { ...whole, r: { k: "digest", l: [plan.digest] } }],
    ["a digest with more before it", { ...whole, r: { k: "digest", l: ` ${plan.digest}` } }],
    ["a digest with more behind it", { ...whole, r: { k: "digest", l: `${plan.digest}0` } }],
  ])("refuses %s", (_, value) => {
    expect(withData(JSON.stringify(value))).toBeNull();
  });

  test("refuses text that is no JSON", () => {
    expect(withData("{")).toBeNull();
  });

  test("refuses what inflates to more than 4 MiB, though it is valid otherwise", () => {
    const padded = (length: number) => withData(`${JSON.stringify(whole)}${" ".repeat(length)}`);
    expect(padded(3 * 1024 * 1024)).not.toBeNull();
    expect(padded(4 * 1024 * 1024)).toBeNull();
  });

  test("reads the largest that there is", () => {
    const many = { ...header, reviewed: reviewedOf(samplePlan(unlikeUpdates(400))) };
    expect(decodeHeader(encodeHeader(many), "t-1")).toEqual(many);
  });
});
