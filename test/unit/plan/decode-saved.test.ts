import { expect, test } from "vitest";
import { decodeSaved } from "../../../src/plan/decode-saved.ts";

test.each([
  [0xff, 0x7b],
  [0x7b, 0xfe],
  [0xfe, 0x7b],
  [0x7b, 0xff],
])("half a byte order mark is none: %d %d", (...bytes) => {
  expect(() => decodeSaved(Uint8Array.from(bytes), "report")).toThrow(
    "The report is not UTF-8 text. Nothing was sent.",
  );
});
