import { ACTIONS_LOGIN } from "../review/login.ts";
import { GitHubError } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import { fieldsOf } from "./wire.ts";

const VIEWER = "query { viewer { login } }";

/**
 * Finds out, once, as whom the token writes: GraphQL, else `GET /user`, else the bot of GitHub Actions, whose token
 * may ask for neither on some servers. Trouble that passes is an error: a wrong guess would hide our own comments.
 */
export function createIdentity(client: Client): () => Promise<string> {
  let login: Promise<string> | null = null;
  return () => {
    login ??= findLogin(client);
    return login;
  };
}

async function findLogin(client: Client): Promise<string> {
  const viewer = await unlessDenied(client.query(VIEWER, {}, (data) => loginOf(fieldsOf(data).viewer)));
  if (viewer !== null) return viewer;
  const user = await unlessDenied(client.read({ path: "/user", permission: null }, loginOf));
  return user ?? ACTIONS_LOGIN;
}

async function unlessDenied(answer: Promise<string>): Promise<string | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitHubError && isDenied(error)) return null;
    throw error;
  }
}

/** GitHub does not answer this token that question, today or tomorrow. */
export function isDenied({ reason }: GitHubError): boolean {
  return reason === "forbidden" || reason === "not-found" || reason === "refused";
}

function loginOf(value: unknown): string | null {
  const { login } = fieldsOf(value);
  return typeof login === "string" && login !== "" ? login : null;
}
