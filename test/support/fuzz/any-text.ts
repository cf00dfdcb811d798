import fc from "fast-check";

const SURROGATES = { first: 0xd800, count: 0x800 };

/** Any character of Unicode's. The library's own unit makes a table of all 1.1 million before the first text. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
  .map(toCharacter, (value) => fromCharacter(String(value)));

function toCharacter(index: number): string {
  return String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count);
}

function fromCharacter(text: string): number {
  const code = text.codePointAt(0) ?? Number.NaN;
  const index = code < SURROGATES.first ? code : code - SURROGATES.count;
  if (toCharacter(index) !== text) throw new Error("This is not one character.");
  return index;
}

/** Texts of any characters, and words that are special in JavaScript. */
export const anyText = (lengths: { readonly minLength?: number; readonly maxLength?: number } = {}) =>
  fc.string({ ...lengths, unit: anyCharacter });
