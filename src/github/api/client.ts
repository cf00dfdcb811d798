import type { Clock } from "../../domain/ports.ts";
import { createLimiter } from "../../patience/limiter.ts";
import { type AskedGitHub, GitHubError, notUnderstood, type Permission } from "../run/github-error.ts";
import type { Repository } from "../run/model.ts";
import type { GoodAnswer } from "./attempt.ts";
import type { GitHubRequest } from "./exchange.ts";
import { pause } from "./pause.ts";
import { createSender, type GitHubAccess, type Sent } from "./sender.ts";
import { fieldsOf } from "./wire.ts";

/** What to ask for. `{owner}` and `{repo}` in the path are filled in; everything else comes from `values`. */
export type Ask = {
  readonly path: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly permission: Permission | null;
};

/** Makes something of ours out of an answer; null when the answer is not what GitHub documents. */
type Decode<T> = (value: unknown) => T | null;

/** GitHub's API for one repository. Whatever goes wrong is thrown as a `GitHubError`. */
export type Client = {
  readonly repository: Repository;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  read<T>(ask: Ask, decode: Decode<T>): Promise<T>;
  /** Page after page of a list, 100 entries each, for as long as the caller goes on. */
  readPages<T>(ask: Ask, decode: Decode<T>): AsyncGenerator<readonly T[]>;
  /** A file as it is; null for a folder or a submodule, which GitHub describes in JSON instead. */
  readText(ask: Ask): Promise<string | null>;
  /** Changes what is there (PATCH). Repeated when no answer came, since the outcome is the same. */
  change<T>(ask: Ask, decode: Decode<T>): Promise<T>;
  /** Creates something (POST), once: after an error with reason `uncertain` it may be there. See `createOnce`. */
  create<T>(ask: Ask, decode: Decode<T>): Promise<T>;
  /** Takes away what is there (DELETE). Repeated when no answer came: then it may be `not-found`, which is as well. */
  remove(ask: Ask): Promise<void>;
  /** A GraphQL query. An error with reason `refused` when GraphQL answers with errors. */
  query<T>(query: string, variables: Readonly<Record<string, unknown>>, decode: Decode<T>): Promise<T>;
};

const PAGE_SIZE = 100;
const READS_AT_A_TIME = 5;
/** GitHub asks for a second between writes. Source: "Best practices for using the REST API", GitHub docs. */
const WRITE_GAP_MS = 1_000;

/** Makes a client. Nothing is sent yet. */
export function createClient(access: GitHubAccess, repository: Repository): Client {
  const send = createSender(access);
  const reads = createLimiter(READS_AT_A_TIME);
  const inTurn = createWritePace(access);
  const request = (method: GitHubRequest["method"], ask: Ask): GitHubRequest => ({
    method,
    url: ask.path,
    values: { ...(ask.path.includes("{owner}") ? repository : {}), ...ask.values },
    body: "json",
  });
  const get = (ask: Ask): Promise<Sent> =>
    reads.run(() => send(request("GET", ask), ask.permission, "repeatable"));
  return {
    repository,
    clock: access.clock,
    signal: access.signal,
    read: async (ask, decode) => decoded(await get(ask), decode),
    readPages: (ask, decode) => readPages(get, ask, decode),
    async readText(ask) {
      const file = { ...request("GET", ask), body: "text" } as const;
      const sent = await reads.run(() => send(file, ask.permission, "repeatable"));
      return isJson(sent.answer) ? null : decoded(sent, asText);
    },
    change: (ask, decode) =>
      inTurn(async () => decoded(await send(request("PATCH", ask), ask.permission, "repeatable"), decode)),
    create: (ask, decode) =>
      inTurn(async () => decoded(await send(request("POST", ask), ask.permission, "once"), decode)),
    remove: (ask) =>
      inTurn(async () => void (await send(request("DELETE", ask), ask.permission, "repeatable"))),
    async query(query, variables, decode) {
      const ask: Ask = {
        path: graphqlUrl(access.apiUrl),
        values: { query, variables },
        permission: null,
      };
      const sent = await reads.run(() => send(request("POST", ask), null, "repeatable"));
      return decoded(sent, (value) => decode(dataOf(value, sent.asked)));
    },
  };
}

function decoded<T>({ answer, asked }: Sent, decode: Decode<T>): T {
  const value = decode(answer.data);
  if (value === null) throw notUnderstood(answer.status, asked);
  return value;
}

function isJson({ headers }: GoodAnswer): boolean {
  return /^application\/json\b/i.test(String(headers["content-type"]));
}

function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

async function* readPages<T>(
  get: (ask: Ask) => Promise<Sent>,
  ask: Ask,
  decode: Decode<T>,
): AsyncGenerator<readonly T[]> {
  let values: Ask["values"] | null = { per_page: PAGE_SIZE, ...ask.values };
  while (values !== null) {
    const sent = await get({ ...ask, values });
    yield decoded(sent, (list) => everyEntry(list, decode));
    const next = nextPage(sent.answer.headers.link);
    values = next === null ? null : { ...values, ...next };
  }
}

/** One entry that is not understood makes the page not understood: leaving it out could hide what we look for. */
function everyEntry<T>(list: unknown, decode: Decode<T>): readonly T[] | null {
  if (!Array.isArray(list)) return null;
  const entries = list.map((entry: unknown) => decode(entry));
  return entries.every((entry) => entry !== null) ? entries : null;
}

/** GitHub Enterprise Server has GraphQL beside its REST API, not below it. */
function graphqlUrl(apiUrl: string): string {
  return `${apiUrl.replace(/\/v3$/, "")}/graphql`;
}

function dataOf(value: unknown, asked: AskedGitHub): unknown {
  const { data, errors } = value as { readonly data?: unknown; readonly errors?: unknown };
  if (errors === undefined) return data;
  // A refusal has a type (FORBIDDEN, NOT_FOUND, ...) or extensions; "Something went wrong" has neither, and passes.
  const isRefusal =
    Array.isArray(errors) &&
    errors.every((error: unknown) => {
      const { type, extensions } = fieldsOf(error);
      return type !== undefined || extensions !== undefined;
    });
  throw new GitHubError(`${asked.label}: GraphQL answered with an error.`, {
    reason: isRefusal ? "refused" : "uncertain",
    status: 200,
    request: asked.label,
  });
}

/** One write at a time, and a pause before the next. */
function createWritePace({ clock, signal }: GitHubAccess): <T>(task: () => Promise<T>) => Promise<T> {
  const writes = createLimiter(1);
  let earliest = Number.NEGATIVE_INFINITY;
  return (task) =>
    writes.run(async () => {
      const wait = earliest - clock.monotonic();
      if (wait > 0) await pause(clock, wait, signal);
      try {
        return await task();
      } finally {
        earliest = clock.monotonic() + WRITE_GAP_MS;
      }
    });
}

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
