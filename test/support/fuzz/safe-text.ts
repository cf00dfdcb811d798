import { expect } from "vitest";

/**
 * What could act on a terminal or pass one text off as another: control characters but for the line end, and every
 * character that changes the direction of writing. Named here once more, so that a fault in the program's own list
 * does not hide itself.
 */
const UNSAFE = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** The text may be shown on a terminal. */
export function expectSafe(text: string): void {
  expect(UNSAFE.exec(text)).toBeNull();
}
