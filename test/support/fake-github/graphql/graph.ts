import { answerJson, field, type Handler, time } from "../answer.ts";
import { blobSha } from "../git-objects.ts";
import { storedOf } from "../links.ts";
import type { FakeComment, FakeCommit, World } from "../model.ts";
import { isBot } from "../world.ts";
import { parseQuery, type Selection, type Variables } from "./parse-query.ts";

/** An object of the graph: its type, and how each field of it is had. */
type Node = { readonly type: string; readonly fields: Readonly<Record<string, Resolver>> };
type Resolver = (given: Readonly<Record<string, unknown>>) => unknown;

type Problem = { readonly message: string; readonly type?: string; readonly path?: readonly string[] };

/**
 * `viewer`, `node` and `nodes`, the latter for issue comments only, and `repository` with its blobs. Every other field
 * is refused, as GitHub does.
 */
export const askGraph: Handler = (call, world) => {
  const query = field(call.body, "query");
  const variables = field(call.body, "variables") ?? {};
  const problems: Problem[] = [];
  try {
    const selections = parseQuery(String(query), variables as Variables);
    const data = select(queryNode(world, problems), selections);
    return answerJson(200, problems.length === 0 ? { data } : { data, errors: problems });
  } catch (error) {
    // A query that cannot be run at all has no data: GitHub answers 200 all the same.
    return answerJson(200, { errors: [{ message: error instanceof Error ? error.message : String(error) }] });
  }
};

/** The selected fields of an object, of a list of them, or a plain value. */
function select(value: unknown, selections: readonly Selection[]): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => select(item, selections));
  if (!isNode(value)) {
    if (selections.length > 0) throw new Error("Selections can't be made on scalars");
    return value;
  }
  if (selections.length === 0) throw new Error(`Field must have selections (field returns ${value.type})`);
  const chosen: Record<string, unknown> = {};
  for (const selection of selections) Object.assign(chosen, selectOne(value, selection));
  return chosen;
}

function selectOne(node: Node, selection: Selection): unknown {
  if (selection.kind === "on") {
    return selection.type === node.type ? select(node, selection.selections) : {};
  }
  const resolve = Object.hasOwn(node.fields, selection.name) ? node.fields[selection.name] : undefined;
  if (selection.name === "__typename") return { [selection.key]: node.type };
  if (resolve === undefined) {
    throw new Error(`Field '${selection.name}' doesn't exist on type '${node.type}'`);
  }
  return { [selection.key]: select(resolve(selection.arguments), selection.selections) };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "fields" in value;
}

function queryNode(world: World, problems: Problem[]): Node {
  const nodeOf = (id: unknown, name: string) => {
    const comment = [...world.comments.values()].find(({ nodeId }) => nodeId === id);
    if (comment !== undefined) return commentNode(world, comment);
    const message = `Could not resolve to a node with the global id of '${id}'`;
    problems.push({ type: "NOT_FOUND", path: [name], message });
    return null;
  };
  return {
    type: "Query",
    fields: {
      // As viewer an app has its `[bot]`; as author or editor it has not.
      viewer: () => ({ type: "User", fields: { login: () => world.login } }),
      node: ({ id }) => nodeOf(id, "node"),
      nodes: ({ ids }) => (Array.isArray(ids) ? ids.map((id) => nodeOf(id, "nodes")) : []),
      repository: ({ owner, name }) => {
        if (owner === world.owner && name === world.repo) return repositoryNode(world);
        const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
        problems.push({ type: "NOT_FOUND", path: ["repository"], message });
        return null;
      },
    },
  };
}

function repositoryNode(world: World): Node {
  return {
    type: "Repository",
    fields: {
      // An object that is not there is null, without an error.
      object: ({ oid }) => {
        for (const commit of world.commits.values()) {
          const text = blobsOf(commit).get(String(oid));
          if (text !== undefined) return blobNode(world, text);
        }
        return null;
      },
    },
  };
}

const blobs = new WeakMap<FakeCommit, ReadonlyMap<string, string>>();

/** What a commit brought in, by blob id: made once, since a query asks for a hundred. */
function blobsOf(commit: FakeCommit): ReadonlyMap<string, string> {
  const known = blobs.get(commit);
  if (known !== undefined) return known;
  const texts = Object.entries(commit.files).flatMap(([path, text]) =>
    text === null ? [] : [storedOf(path, text).content],
  );
  const made = new Map(texts.map((text) => [blobSha(text), text]));
  blobs.set(commit, made);
  return made;
}

/** GitHub shows no text of what it takes for binary, and only the beginning of a long one. */
function blobNode({ limits: { textBytes } }: World, text: string): Node {
  const isBinary = text.includes("\0");
  const bytes = Buffer.from(text);
  return {
    type: "Blob",
    fields: {
      oid: () => blobSha(text),
      byteSize: () => bytes.length,
      isBinary: () => isBinary,
      isTruncated: () => bytes.length > textBytes,
      text: () => (isBinary ? null : bytes.subarray(0, textBytes).toString()),
    },
  };
}

function commentNode(world: World, comment: FakeComment): Node {
  const { author, editor, lastEditedAt } = comment;
  return {
    type: "IssueComment",
    fields: {
      id: () => comment.nodeId,
      databaseId: () => comment.id,
      fullDatabaseId: () => String(comment.id),
      body: () => comment.body,
      createdAt: () => time(comment.createdAt),
      updatedAt: () => time(comment.updatedAt),
      lastEditedAt: () => (lastEditedAt === null ? null : time(lastEditedAt)),
      author: () => actorNode(author),
      editor: () => actorNode(editor),
      viewerDidAuthor: () => author === world.login,
    },
  };
}

function actorNode(login: string | null): Node | null {
  if (login === null) return null;
  const name = login.replace(/\[bot\]$/, "");
  return { type: isBot(login) ? "Bot" : "User", fields: { login: () => name } };
}
