import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { blobIdsOf, isBlob } from "../../../src/declarations/blob-id.ts";

const idByGit = (text: string): string =>
  execFileSync("git", ["hash-object", "--stdin"], { input: text, encoding: "utf8" }).trim();

test("is the one that git gives", () => {
  for (const text of ["", "campaignId: ä\n", "\0\n"])
    expect(blobIdsOf(Buffer.from(text), 40)).toEqual([idByGit(text)]);
});

test("also as git stores a text with the line ends of Windows, and only such ends", () => {
  const written = "a: 1\r\nb: \r 2\r\n\r";
  expect(blobIdsOf(Buffer.from(written), 40)).toEqual([idByGit(written), idByGit("a: 1\nb: \r 2\n\r")]);
});

test("is of SHA-256 where the repository is", () => {
  expect(blobIdsOf(Buffer.from(""), 64)).toEqual([
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
  ]);
});

test("a text is what any of its ids names, and nothing else", () => {
  const bytes = Buffer.from("a: 1\r\n");
  for (const text of ["a: 1\r\n", "a: 1\n"]) expect(isBlob(bytes, idByGit(text))).toBe(true);
  expect(isBlob(bytes, idByGit("a: 2\n"))).toBe(false);
  expect(isBlob(Buffer.from(""), "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")).toBe(
    true,
  );
});
