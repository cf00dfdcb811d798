/** What the fake GitHub remembers. Times are milliseconds since the epoch; GitHub tells them in whole seconds. */

export type FakeUser = { readonly login: string; readonly id: number; readonly type: "Bot" | "User" };

export type FakeComment = {
  readonly id: number;
  readonly nodeId: string;
  /** Number of the issue or pull request that it is on. */
  readonly issue: number;
  /** Null: the account is deleted. */
  readonly author: string | null;
  readonly createdAt: number;
  body: string;
  updatedAt: number;
  /** Who edited it last, and when; null when nobody ever did. */
  editor: string | null;
  lastEditedAt: number | null;
};

/** An issue; a pull request is one too, with a record of its own under the same number. */
export type FakeIssue = {
  readonly number: number;
  readonly id: number;
  readonly author: string | null;
  readonly createdAt: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  labels: readonly string[];
  updatedAt: number;
  closedAt: number | null;
};

/** Where the head of a pull request is: here, in a fork, or in a fork that was deleted since. */
export type HeadRepository = "same" | "fork" | "deleted";

export type FakePullRequest = {
  readonly number: number;
  readonly base: string;
  /** The base branch's tip when it was opened. */
  readonly baseSha: string;
  readonly branch: string;
  readonly headRepository: HeadRepository;
  /** Oldest first; the last one is the head. */
  commits: readonly string[];
  merged: { readonly at: number; readonly by: string; readonly sha: string } | null;
  /** What the merge put on the base branch. */
  landed: readonly string[];
};

export type FakeCommit = {
  readonly sha: string;
  /** The first one is the history that files are looked up in. */
  readonly parents: readonly string[];
  readonly message: string;
  /** Of who made it; another one for each commit, so that no two are the same. */
  readonly email: string;
  readonly at: number;
  /** What it changes, by path; null removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
};

/** One request as it came in, and what it was answered; the status is null when the connection was dropped. */
export type Received = {
  readonly method: string;
  /** Decoded, from the root of the API. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number | null;
};

export type World = {
  readonly owner: string;
  readonly repo: string;
  /** Where people look: no slash at the end. */
  readonly serverUrl: string;
  /** Where programs ask: no slash at the end. */
  readonly apiUrl: string;
  /** Whose token it is. */
  readonly login: string;
  readonly issues: Map<number, FakeIssue>;
  readonly pullRequests: Map<number, FakePullRequest>;
  readonly comments: Map<number, FakeComment>;
  readonly commits: Map<string, FakeCommit>;
  /** Tip of each branch. */
  readonly branches: Map<string, string>;
  /** Names of the repository's labels, in lower case. */
  readonly labels: Set<string>;
  /** Operations that the token may not do. */
  readonly forbidden: Set<string>;
  /** What GitHub shows at most: entries of one tree, bytes of one text in GraphQL. */
  readonly limits: { treeEntries: number; textBytes: number };
  /**
   * What a merge of the second commit into the first changes there; it is null where they conflict. Where there is no such
   * function, a merge changes all that the commits of a pull request change, whatever the branch has become.
   */
  merge: ((ours: string, theirs: string) => FakeCommit["files"] | null) | null;
  now(): number;
  nextId(): number;
  nextNumber(): number;
  userOf(login: string): FakeUser;
};
