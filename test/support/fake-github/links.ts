/** What a seeded file must be to be a symbolic link to another path, from the root of the repository. */
export function linkTo(path: string): string {
  return `${LINK}${path}`;
}

/** Where such a file leads to; null for any other. */
export function linkOf(text: string): string | null {
  return text.startsWith(LINK) ? text.slice(LINK.length) : null;
}

const LINK = "\0link to ";
