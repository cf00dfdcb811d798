/**
 * The query of the next page, from a `Link` header; null on the last page. Only the query is taken from it, so that no
 * answer decides where the token goes. GitHub pages some lists by number and some by cursor.
 */
export function nextPage(link: unknown): Readonly<Record<string, string>> | null {
  if (typeof link !== "string") return null;
  const url = /<([^<>]+)>;\s*rel="next"/.exec(link)?.[1];
  if (url === undefined || !URL.canParse(url)) return null;
  return Object.fromEntries(new URL(url).searchParams);
}
