/** Somebody as GitHub shows them. A bot's login ends with `[bot]` in the REST API, and not in GraphQL. */
export type Author = { readonly login: string; readonly isBot: boolean };

/** The login of the token that GitHub gives every job. */
export const ACTIONS_LOGIN = "github-actions[bot]";

/** Whether two logins name the same account: without case, and without `[bot]` at the end. */
export function sameLogin(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

/**
 * Whether something was written by us. A person may have the name that a bot has without its `[bot]`, so that part is
 * ignored only for those whom GitHub calls a bot.
 */
export function isOurs(author: Author | null, ownLogin: string): boolean {
  if (author === null) return false;
  return author.isBot
    ? sameLogin(author.login, ownLogin)
    : author.login.toLowerCase() === ownLogin.toLowerCase();
}

function bare(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, "");
}
