import { afterEach } from "vitest";
import type { Credentials } from "../../../src/experiture/connection.ts";
import {
  answerJson,
  type Behaviour,
  type RawRequest,
  type RawServer,
  startRawServer,
} from "../network/raw-server.ts";
import { type Client, openClient } from "./raw-client.ts";

/** A secret with every character that some encoding changes. */
export const SECRET = "canary-secret_ /+%&=9";

/** Answers after a while, so that all that may be in flight is. */
export function slowly(text: (request: RawRequest, index: number) => string): Behaviour {
  return async (request, socket, index) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    socket.write(text(request, index));
  };
}

/** The token endpoint's answer with a token in it. */
export function issue(value: string, more: Record<string, unknown> = { expires_in: 3_600 }): string {
  return answerJson({ access_token: value, token_type: "Bearer", ...more });
}

/** A server with the token endpoint at /token and the API elsewhere, and a client of both. */
export type TokenServer = {
  readonly client: Client;
  readonly server: RawServer;
  requestsTo(what: "token" | "api"): RawRequest[];
};

/** How the two halves answer. `token` of `api` is the bearer token that came. */
export type Answers = {
  readonly token: (request: RawRequest, count: number) => string;
  readonly api: (request: RawRequest, token: string) => string;
  readonly parallelism?: number;
  readonly scope?: string;
  readonly audience?: string;
};

/** Starts such servers for the tests of one file and closes them after each test. */
export function useTokenServers(): (answers: Answers) => Promise<TokenServer> {
  const opened: TokenServer[] = [];
  afterEach(async () => {
    for (const { client, server } of opened.splice(0)) {
      await client.close();
      await server.close();
    }
  });
  return async (answers) => {
    const made = await openTokenServer(answers);
    opened.push(made);
    return made;
  };
}

async function openTokenServer({
  token,
  api,
  parallelism = 10,
  scope,
  audience,
}: Answers): Promise<TokenServer> {
  let count = 0;
  const server = await startRawServer(
    slowly((request) => {
      if (request.path !== "/token") return api(request, (request.headers.authorization ?? "").slice(7));
      count += 1;
      return token(request, count);
    }),
  );
  const credentials: Credentials = {
    kind: "client",
    clientId: "client:1",
    clientSecret: SECRET,
    tokenUrl: `${server.url}/token`,
    scope: scope ?? null,
    audience: audience ?? null,
  };
  return {
    server,
    client: openClient(server, { credentials, parallelism }),
    requestsTo: (what) =>
      server.requests.filter((request) => (request.path === "/token") === (what === "token")),
  };
}
