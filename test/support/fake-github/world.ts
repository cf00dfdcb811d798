import type { FakeUser, World } from "./model.ts";
import { storeCommit } from "./seed.ts";

/** Who the token belongs to and where the fake pretends to be. */
export type WorldOptions = {
  readonly owner: string;
  readonly repo: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly login: string;
  readonly now: () => number;
};

/** The real id of github-actions[bot]. */
const ACTIONS_BOT_ID = 41_898_282;

/** A repository with an empty branch `main` of one commit. */
export function createWorld(options: WorldOptions): World {
  let ids = 1000;
  let numbers = 0;
  const users = new Map<string, FakeUser>();
  const world: World = {
    ...options,
    issues: new Map(),
    pullRequests: new Map(),
    comments: new Map(),
    commits: new Map(),
    branches: new Map(),
    labels: new Set(),
    forbidden: new Set(isBot(options.login) ? ["users/get-authenticated"] : []),
    limits: { treeEntries: 100_000, textBytes: 512_000 },
    merge: null,
    nextId: () => {
      ids += 1;
      return ids;
    },
    nextNumber: () => {
      numbers += 1;
      return numbers;
    },
    userOf: (login) => {
      const known = users.get(login);
      if (known !== undefined) return known;
      const id = login === "github-actions[bot]" ? ACTIONS_BOT_ID : 500 + users.size;
      const user: FakeUser = { login, id, type: isBot(login) ? "Bot" : "User" };
      users.set(login, user);
      return user;
    },
  };
  const first = storeCommit(world, { message: "Begin" }, []);
  world.branches.set("main", first);
  return world;
}

/** Whether a login is that of an app. Apps have `[bot]` in REST, and in GraphQL only as `viewer`. */
export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}
