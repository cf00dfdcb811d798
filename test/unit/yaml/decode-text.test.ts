import { describe, expect, it } from "vitest";
import { decodeText } from "../../../src/yaml/decode-text.ts";

const decode = (bytes: readonly number[]) => decodeText({ file: "a.yaml", bytes: Uint8Array.from(bytes) });
const letters = (text: string) => [...new TextEncoder().encode(text)];
const BOM = [0xef, 0xbb, 0xbf];

/** What is said of a file that is no UTF-8. */
function complaint(bytes: readonly number[]) {
  const read = decode(bytes);
  if (!("code" in read)) throw new Error("It was decoded.");
  return read;
}

describe("a file in another encoding", () => {
  it.each([
    ["UTF-16 (little endian)", [0xff, 0xfe, 0x61, 0]],
    ["UTF-16 (little endian)", [0xff, 0xfe, 0, 0x61]],
    ["UTF-16 (little endian)", [0x61, 0, 0x62, 0]],
    ["UTF-16 (big endian)", [0xfe, 0xff, 0, 0x61]],
    ["UTF-16 (big endian)", [0, 0x61, 0, 0x62]],
    ["UTF-32 (little endian)", [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]],
  ])("is called %s: %j", (name, bytes) => {
    expect(complaint(bytes)).toMatchObject({
      code: "invalid-encoding",
      detail: `The file is ${name}, as its bytes show from byte offset 0 on. Save it as UTF-8 and try again.`,
      range: null,
    });
  });

  it.each([
    [0, "FF", [0xff, 0x61]],
    [0, "FE", [0xfe, 0x61]],
    [1, "FE", [0x61, 0xfe]],
    [1, "FF", [0x61, 0xff]],
    [3, "FC", [...letters("a: "), 0xfc, 0x0a]],
    [6, "FC", [...BOM, ...letters("a: "), 0xfc]],
  ])("has a wrong byte at offset %i: 0x%s", (offset, byte, bytes) => {
    expect(complaint(bytes).detail).toBe(
      `The byte 0x${byte} at byte offset ${offset} is not valid UTF-8; the file may have been saved as Latin-1 or ` +
        "Windows-1252, or cut off. Save it as UTF-8 and try again.",
    );
  });

  it("has the place of the wrong byte marked, one column wide", () => {
    expect(complaint([...letters("a: 1\nb: "), 0xfc, 0x0a]).range).toEqual({
      start: { line: 2, column: 4 },
      end: { line: 2, column: 5 },
    });
  });
});

describe("UTF-8", () => {
  it("comes without its byte order mark", () => {
    expect(decode([...BOM, ...letters("ü\n")])).toMatchObject({ file: "a.yaml", text: "ü\n" });
  });

  it.each([
    ["in front", [0, 0x61, 0x62, 0x63]],
    ["in second place", [0x61, 0, 0x62, 0x63]],
    ["in third place", [0x61, 0x62, 0, 0x63]],
    ["in fourth place", [0x61, 0x62, 0x63, 0]],
    ["everywhere", [0, 0, 0, 0]],
  ])("with a NUL %s is no UTF-16: the NUL is told by itself", (_, bytes) => {
    expect(decode(bytes)).toMatchObject({ text: String.fromCharCode(...bytes) });
  });
});
