import { UsageError } from "../domain/errors.ts";

/**
 * The text of a result that was saved. Windows PowerShell writes UTF-16 with a byte order mark where one redirects with
 * `>`; everything else is UTF-8.
 *
 * @param name what it is called in a message, such as "saved plan".
 * @throws UsageError when the bytes are not text in that encoding.
 */
export function decodeSaved(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`The ${name} is not ${encoding.toUpperCase()} text. Nothing was sent.`);
  }
}
