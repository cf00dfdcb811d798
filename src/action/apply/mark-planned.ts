import type { Update } from "../../domain/model.ts";
import type { GitHub } from "../../github/api/github.ts";
import { type PlanNote, withNote, withoutNote } from "../../github/page/shown/plan-note.ts";
import { alsoNamed } from "../../github/review/also-named.ts";
import { apiDigest } from "../../github/review/reviewed.ts";
import { shortSha } from "../../github/run/event-payload.ts";
import { isOfTarget } from "../../github/run/target.ts";
import { updatesOf } from "../../plan/updates.ts";
import { onGitHub } from "../on-github.ts";
import { type ActionRun, branchOfRun, commitOf } from "../run.ts";
import type { Authorising } from "./reviewed.ts";
import type { Done } from "./tell-applied.ts";

/** Comments of open pull requests that one apply marks: each costs four requests. */
const MOST_MARKED = 20;

/**
 * Says in the open pull requests that plan a campaign which this run has written that they were planned before it. It is
 * an extra: what goes wrong is a sentence for the run, and an apply refuses what differs whatever was told.
 */
export async function markPlannedBefore(
  run: ActionRun,
  reviewed: Authorising,
  done: Done,
): Promise<readonly string[]> {
  const { github, signal } = run;
  const branch = branchOfRun(run);
  if (github === null || branch === null || signal.aborted) return [];
  const applied = appliedIn(done);
  if (applied.length === 0) return [];
  const sentences: string[] = [];
  await onGitHub(sentences, async () => {
    const marks = await marksFor(run, github, reviewed, { applied, apiUrl: done.plan.apiUrl });
    for (const { plan, notes } of marks.slice(0, MOST_MARKED)) {
      await github.notePlan(plan, branch, (body) => withNotes(body, notes));
    }
    if (marks.length > MOST_MARKED) sentences.push(NOT_ALL);
  });
  return sentences;
}

const NOT_ALL = `More than ${MOST_MARKED} plans were made before this apply; only the ${MOST_MARKED} newest say so.`;

function appliedIn({ plan, report }: Done): readonly Update[] {
  const ids = new Set(
    report.results.flatMap(({ outcome, campaignId }) => (outcome === "applied" ? [campaignId] : [])),
  );
  return updatesOf(plan.changes).filter(({ campaignId }) => ids.has(campaignId));
}

async function marksFor(
  run: ActionRun,
  github: GitHub,
  { pulls }: Authorising,
  { applied, apiUrl }: { readonly applied: readonly Update[]; readonly apiUrl: string },
) {
  const api = apiDigest(apiUrl);
  const own = new Set(pulls.map(({ number }) => number));
  const sources = sourcesOf(pulls, applied);
  const plans = (await github.recentPlans())
    .filter(({ issueNumber, header }) => !own.has(issueNumber) && isOfTarget(header.target, run.target))
    .filter(({ header }) => header.api === api && header.state === "planned");
  return plans
    .map((plan) => ({ plan, notes: notesOf(run, sources, alsoNamed(applied, plan.header.reviewed)) }))
    .filter(({ notes }) => notes.length > 0);
}

/** The pull request whose plan each campaign was written by: of several the newest merge, which comes first. */
function sourcesOf(pulls: Authorising["pulls"], applied: readonly Update[]): ReadonlyMap<string, string> {
  const found = pulls.flatMap(({ number, comment }) =>
    alsoNamed(applied, comment.header.reviewed).map(({ campaignId }) => [campaignId, `#${number}`] as const),
  );
  return new Map(found.reverse());
}

/** One note for each pull request whose plan was carried out. */
function notesOf(
  run: ActionRun,
  sources: ReadonlyMap<string, string>,
  updates: readonly Update[],
): readonly PlanNote[] {
  const names = new Map<string, string[]>();
  for (const update of updates) {
    const of = sources.get(update.campaignId) ?? `commit ${shortSha(commitOf(run))}`;
    names.set(of, [...(names.get(of) ?? []), update.name ?? update.campaignId]);
  }
  return [...names].map(([of, campaigns]) => ({ kind: "before", of, names: campaigns }));
}

function withNotes(body: string, notes: readonly PlanNote[]): string | null {
  return notes.reduce<string | null>(
    // What is applied is no longer planned.
    (text, note) => (text === null ? null : withNote(withoutNote(text, { ...note, kind: "beside" }), note)),
    body,
  );
}
