import { type Names, NO_NAMES } from "../../catalogue/names.ts";
import { loadCampaigns } from "../../declarations/load.ts";
import type { Plan, Skip, Update } from "../../domain/model.ts";
import type { Origins } from "../../github/page/plan-table.ts";
import { originOf } from "../../github/review/origin.ts";
import { repositoryPath } from "../../github/run/annotations.ts";
import type { Origin } from "../../github/run/model.ts";
import { createLimiter } from "../../patience/limiter.ts";
import { type NamesAt, namesAt, type ReadAt } from "../names-at.ts";
import type { ActionRun } from "../run.ts";

/** Files of the base commit that GitHub is asked for at most: a job's token has a thousand requests an hour. */
const MOST_ASKED = 50;

/** Reads at a time; each is two processes. */
const READS_AT_A_TIME = 8;

/** Of each campaign that differs: does the pull request cause it, or was it there before? `why` says why nobody can tell. */
export type FoundOrigins = { readonly origins: Origins; readonly why: string | null };

/** As far as the checkout tells, which costs no request; null when it does not have the base commit. */
export async function originsHere(run: ActionRun, plan: Plan, commit: string): Promise<Origins> {
  const limiter = createLimiter(READS_AT_A_TIME);
  const paths = pathsOf(run, differing(plan));
  if (differing(plan).length === 0) return new Map();
  const read: ReadAt = async (path) => {
    const file = await limiter.run(() => run.checkout.read(path, commit));
    if (file.kind === "unknown") return undefined;
    return file.kind === "file" ? file.text : null;
  };
  const files = await textsOf(paths, read);
  const names = await namesFor(run, files, read);
  return files.size < paths.length || names === undefined ? null : originsBy(run, plan, files, names);
}

/** As GitHub tells it, unless that takes too many requests. Throws a `GitHubError`. */
export async function originsAsked(run: ActionRun, plan: Plan, commit: string): Promise<FoundOrigins> {
  const { github } = run;
  // What is skipped is asked for as far as there is room.
  const updates = pathsOf(
    run,
    differing(plan).filter(({ action }) => action === "update"),
  );
  const all = pathsOf(run, differing(plan));
  const paths = all.length > MOST_ASKED ? updates : all;
  if (github === null) return { origins: null, why: null };
  if (paths.length > MOST_ASKED) {
    const why = `the base commit is not checked out, and to ask for ${paths.length} of its files takes too many requests. Check out with fetch-depth: 0.`;
    return { origins: null, why };
  }
  const read = (path: string) => github.baseFile(path, commit);
  const files = await textsOf(paths, read);
  const names = (await namesFor(run, files, read)) ?? null;
  return { origins: originsBy(run, plan, files, names), why: null };
}

type Texts = ReadonlyMap<string, string | null>;

/** What names stood for in the base commit; nobody needs to know where no file of it uses one. */
async function namesFor({ inputs }: ActionRun, texts: Texts, read: ReadAt): Promise<NamesAt["names"]> {
  const sources = [...texts].flatMap(([file, text]) =>
    text === null ? [] : [{ file, bytes: bytesOf(text) }],
  );
  const { usedNames } = loadCampaigns(sources, { environment: null, needsEnvironment: false, names: null });
  return usedNames.size === 0 ? NO_NAMES : (await namesAt(inputs, read)).names;
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}

type Differing = Update | Skip;

function differing({ changes }: Plan): readonly Differing[] {
  return changes.flatMap((change) =>
    change.action === "update" || change.action === "skip" ? [change] : [],
  );
}

/** The files that declare these, each once, from the root of the repository. */
function pathsOf({ inputs }: ActionRun, changes: readonly Differing[]): readonly string[] {
  const paths = changes.map(({ source }) => repositoryPath(inputs.workingDirectory, source.file));
  return [...new Set(paths.filter((path) => path !== null))];
}

async function textsOf(paths: readonly string[], read: ReadAt): Promise<Texts> {
  const read_ = await Promise.all(paths.map(async (path) => [path, await read(path)] as const));
  return new Map(read_.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

/** A campaign whose file was not asked for has none. */
function originsBy(
  run: ActionRun,
  plan: Plan,
  texts: Texts,
  names: Names | null,
): ReadonlyMap<string, Origin> {
  return new Map(
    differing(plan).flatMap((change) => {
      const path = repositoryPath(run.inputs.workingDirectory, change.source.file);
      const isUnasked = change.action === "skip" && path !== null && !texts.has(path);
      return isUnasked
        ? []
        : [[change.campaignId, originOf(change, baseAudience(run, change, texts, names))]];
    }),
  );
}

/** The audiences that the base commit declared for the campaign in the same file; null when it did not. */
function baseAudience(
  { inputs }: ActionRun,
  { campaignId, source }: Differing,
  texts: Texts,
  names: Names | null,
) {
  const path = repositoryPath(inputs.workingDirectory, source.file);
  const text = path === null ? null : texts.get(path);
  if (text === null || text === undefined) return null;
  const sources = [{ file: source.file, bytes: bytesOf(text) }];
  const { environment } = inputs;
  const { specs } = loadCampaigns(sources, { environment, needsEnvironment: true, names });
  return specs.find((spec) => spec.campaignId === campaignId)?.audience ?? null;
}
