import { posix } from "node:path";

/** What a seeded file must be to be a symbolic link to another path, from the root of the repository. */
export function linkTo(path: string): string {
  return `${LINK}${path}`;
}

/** Where such a file leads to; null for any other. */
export function linkOf(text: string): string | null {
  return text.startsWith(LINK) ? text.slice(LINK.length) : null;
}

/** What Git keeps of a seeded file: of a link the way from its own folder. */
export function storedOf(path: string, text: string): { readonly content: string; readonly isLink: boolean } {
  const target = linkOf(text);
  if (target === null) return { content: text, isLink: false };
  return { content: posix.relative(posix.dirname(path), target), isLink: true };
}

const LINK = "\0link to ";
