import type { Plan } from "../../domain/model.ts";
import type { RecentPlan } from "../../github/api/comments/recent-plans.ts";
import type { GitHub } from "../../github/api/github.ts";
import { type PlanNote, withNote, withoutNote } from "../../github/page/shown/plan-note.ts";
import { alsoNamed } from "../../github/review/also-named.ts";
import { apiDigest } from "../../github/review/reviewed.ts";
import { isOfTarget } from "../../github/run/target.ts";
import { updatesOf } from "../../plan/updates.ts";
import { onGitHub } from "../on-github.ts";
import type { ActionRun } from "../run.ts";

/** Other pull requests that are looked at: each costs a request, and four more where its comment is to be changed. */
const MOST_LOOKED_AT = 20;

/** What other open pull requests mean for a plan. */
export type Beside = {
  readonly notes: readonly PlanNote[];
  /** Writes into their comments that this one plans the same, or that it does so no more. */
  tell(): Promise<void>;
};

/** Nobody else is known to plan the same. */
const NOBODY: Beside = { notes: [], tell: async () => undefined };

/**
 * Looks for open pull requests whose plan waits for a campaign that this one changes too. It is an extra: what goes wrong
 * is a notice, and an apply refuses what differs whatever was told.
 */
export async function plansBeside(run: ActionRun, plan: Plan): Promise<Beside> {
  const { inputs, context, github, runner, signal } = run;
  const { trigger } = context;
  if (trigger.kind !== "pull-request" || github === null || inputs.comment === "never" || signal.aborted) {
    return NOBODY;
  }
  const quietly = async <T>(work: () => Promise<T>): Promise<T | null> => {
    const troubles: string[] = [];
    const done = await onGitHub(troubles, work);
    for (const trouble of troubles) runner.notice(`${NOT_LOOKED} ${trouble}`);
    return done;
  };
  const { number, baseRef } = trigger;
  const found = (await quietly(() => look(run, github, { plan, number, baseRef }))) ?? [];
  return {
    notes: found.flatMap(({ plan: { issueNumber }, names }) => noteOf(issueNumber, names)),
    async tell() {
      if (signal.aborted) return;
      await quietly(async () => {
        for (const { plan: other, names } of found) {
          await github.notePlan(other, baseRef, (body) => rewritten(body, number, names));
        }
      });
    },
  };
}

const NOT_LOOKED = "Not all other pull requests that plan the same campaigns may be named.";

/** A plan of another pull request, and the campaigns that both change; none where it says so and that is over. */
type Found = { readonly plan: RecentPlan; readonly names: readonly string[] };

async function look(
  run: ActionRun,
  github: GitHub,
  { plan, number, baseRef }: { readonly plan: Plan; readonly number: number; readonly baseRef: string },
): Promise<readonly Found[]> {
  const updates = updatesOf(plan.changes);
  const api = apiDigest(plan.apiUrl);
  const others = (await github.recentPlans())
    .filter(({ issueNumber, header }) => issueNumber !== number && isOfTarget(header.target, run.target))
    .filter(({ header }) => header.api === api && header.state !== "applied")
    .map((other) => ({ plan: other, names: namesOf(alsoNamed(updates, other.header.reviewed)) }))
    .filter(({ plan: { beside }, names }) => names.length > 0 || beside.has(`#${number}`));
  const waiting: Found[] = [];
  for (const each of others.slice(0, MOST_LOOKED_AT)) {
    if (await github.isWaiting(each.plan, baseRef)) waiting.push(each);
  }
  if (others.length > MOST_LOOKED_AT) {
    run.runner.notice(`${NOT_LOOKED} Only the ${MOST_LOOKED_AT} newest were looked at.`);
  }
  return waiting;
}

function namesOf(updates: readonly { readonly campaignId: string; readonly name: string | null }[]) {
  return updates.map(({ name, campaignId }) => name ?? campaignId);
}

function noteOf(number: number, names: readonly string[]): readonly PlanNote[] {
  return names.length === 0 ? [] : [{ kind: "beside", of: `#${number}`, names }];
}

function rewritten(body: string, number: number, names: readonly string[]): string | null {
  const [note] = noteOf(number, names);
  return note === undefined ? withoutNote(body, { kind: "beside", of: `#${number}` }) : withNote(body, note);
}
