/** Whether a text can stand as a token in a header: visible ASCII alone, without blanks and line ends, and not empty. */
export function isHeaderToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
