import { makeDiagnostic } from "../domain/diagnostics.ts";
import type { Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { diagnosticAt, indexText, type SourceText } from "./source-text.ts";

/** One for all files: making one takes longer than it takes to read a file. */
const STRICT = new TextDecoder("utf-8", { fatal: true });

/** Decodes UTF-8, strictly: a byte that does not fit is told with its offset and never becomes another character. */
export function decodeText(source: SourceFile): SourceText | Diagnostic {
  const utf16 = describeUtf16(source.bytes);
  if (utf16 !== null) {
    const detail = `The file is ${utf16}, as its bytes show from byte offset 0 on. Save it as UTF-8 and try again.`;
    return makeDiagnostic("invalid-encoding", { detail, file: source.file });
  }
  try {
    // A byte order mark at the very start is dropped here.
    const text = STRICT.decode(source.bytes);
    return indexText(source.file, text, source.secrets);
  } catch {
    return badByte(source);
  }
}

function describeUtf16(bytes: Uint8Array): string | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) {
    return third === 0 && fourth === 0 ? "UTF-32 (little endian)" : "UTF-16 (little endian)";
  }
  if (first === 0xfe && second === 0xff) return "UTF-16 (big endian)";
  // Without a mark: the other half of an ASCII letter is a NUL.
  if (first === 0 && third === 0 && second !== 0) return "UTF-16 (big endian)";
  if (second === 0 && fourth === 0 && first !== 0) return "UTF-16 (little endian)";
  return null;
}

function badByte(source: SourceFile): Diagnostic {
  const offset = firstBadByte(source.bytes);
  const before = new TextDecoder("utf-8").decode(source.bytes.subarray(0, offset));
  const lossy = new TextDecoder("utf-8").decode(source.bytes);
  const byte = source.bytes[offset]?.toString(16).toUpperCase();
  const detail =
    `The byte 0x${byte} at byte offset ${offset} is not valid UTF-8; the file may have been saved as Latin-1 or ` +
    `Windows-1252, or cut off. Save it as UTF-8 and try again.`;
  const text = indexText(source.file, lossy, source.secrets);
  return diagnosticAt(text, "invalid-encoding", [before.length, before.length + 1], detail);
}

/** Offset of the first byte that starts no valid sequence: where a forgiving decoder first puts U+FFFD by itself. */
function firstBadByte(bytes: Uint8Array): number {
  const repaired = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  const difference = repaired.findIndex((byte, index) => byte !== bytes[index]);
  // A sequence that is cut short may begin like U+FFFD itself: go back to its first byte.
  return repaired.subarray(0, difference + 1).findLastIndex((byte) => (byte & 0b1100_0000) !== 0b1000_0000);
}
