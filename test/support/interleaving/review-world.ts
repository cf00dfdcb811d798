import { parse } from "yaml";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import { patientClock } from "../clocks/patient-clock.ts";
import type { Files } from "../fake-github/seed.ts";
import { pullRequestOf, testMerge } from "../fake-github/seed-pull-request.ts";
import { type FakeGitHub, startFakeGitHub } from "../fake-github/server.ts";
import { filesOf, pathOf } from "../github/action-world.ts";
import type { RunningSandbox } from "../program/sandbox.ts";
import { campaignFile, openSeeded, type TestCampaign } from "../program/world.ts";
import {
  pullRequestEvent,
  pushEvent,
  type RunEvent,
  scheduleEvent,
  workflowDispatchEvent,
} from "../runner/events.ts";
import { type ActionRun, runAction } from "../runner/runner.ts";
import { stepHere } from "../runner/step-here.ts";
import { binding, campaignId } from "../samples/bindings.ts";
import { type GitRepository, makeGitRepository, type Push } from "./git-repository.ts";

type Inputs = Readonly<Record<string, string>>;

/** A real repository on a fake GitHub, the sandbox as the API, and the Action's steps in this process. */
export type ReviewWorld = {
  readonly github: FakeGitHub;
  readonly repository: GitRepository;
  readonly sandbox: RunningSandbox;
  /** Opens a pull request that gives campaigns these audiences, and plans it. */
  propose(...desired: readonly Desired[]): Promise<number>;
  /** Pushes other audiences to a pull request, and plans it. */
  amend(number: number, ...desired: readonly Desired[]): Promise<ActionRun>;
  /** Plans a pull request as it is, on GitHub's merge of it; null where it has conflicts, since GitHub runs nothing then. */
  plan(number: number, inputs?: Inputs): Promise<ActionRun | null>;
  /** Runs apply for a push. */
  apply(push: Push, inputs?: Inputs, attempt?: number): Promise<ActionRun>;
  /** Starts apply by hand on main. */
  dispatch(inputs?: Inputs): Promise<ActionRun>;
  /** Runs drift on main, as a schedule does. */
  drift(inputs?: Inputs): Promise<ActionRun>;
  /** The files that declare this. */
  files(...desired: readonly Desired[]): Files;
  /** The file of a campaign that the API does not know. */
  unknown(): Files;
  /** Edits a campaign in the console. */
  edit(campaign: number, change: unknown): Promise<void>;
  live(campaign: number): Promise<AudienceBinding>;
  /** What main declares. */
  declared(campaign: number): AudienceBinding;
  /** The first comment on a pull request. */
  comment(number: number): string;
  /** The campaigns that were written so far, in order. */
  writes(): Promise<readonly number[]>;
  end(): Promise<void>;
};

/** What a campaign, by its number from 0, is to have. */
type Desired = readonly [campaign: number, desired: AudienceBinding];

/** Begins with files that say what is live. */
export async function makeReviewWorld(
  campaigns: readonly Omit<TestCampaign, "desired">[],
): Promise<ReviewWorld> {
  const clock = patientClock();
  const github = await startFakeGitHub({ now: clock.now });
  const seeded = campaigns.map((campaign) => ({ ...campaign, desired: campaign.live }));
  const sandbox = await openSeeded(seeded, { reachDelayMs: 5, now: clock.now });
  const repository = makeGitRepository(github, filesOf(seeded));
  const ids = campaigns.map(({ id }) => id);
  const idOf = (campaign: number) => ids[campaign] ?? "";
  const filesFor = (desired: readonly Desired[]): Files =>
    Object.fromEntries(desired.map(([n, binding]) => [pathOf(n), campaignFile(idOf(n), binding)]));
  const step = (event: RunEvent, inputs: Inputs, attempt = 1) => {
    const workspace = repository.checkout(event.sha);
    const given = { "api-url": sandbox.url, token: "token", ...inputs };
    return runAction({ github, event, workspace, attempt, inputs: given }, stepHere(clock));
  };
  const plan: ReviewWorld["plan"] = async (number, inputs = {}) => {
    if (testMerge(github.world, pullRequestOf(github.world, number)) === null) return null;
    return step(pullRequestEvent(github, number), { command: "plan", ...inputs });
  };
  const control = async (path: string) =>
    (await fetch(`${new URL(sandbox.url).origin}/__sandbox${path}`)).json();
  return {
    github,
    repository,
    sandbox,
    plan,
    drift: (inputs = {}) => step(scheduleEvent(github), { command: "drift", ...inputs }),
    files: (...desired) => filesFor(desired),
    unknown: () => ({ "campaigns/unknown.yaml": campaignFile(campaignId(99), binding([1])) }),
    async propose(...desired) {
      const number = repository.open(filesFor(desired));
      await plan(number);
      return number;
    },
    async amend(number, ...desired) {
      repository.extend(number, filesFor(desired));
      const run = await plan(number);
      if (run === null) throw new Error(`Pull request ${number} has conflicts.`);
      return run;
    },
    apply: (push, inputs = {}, attempt = 1) =>
      step(pushEvent(github, push), { command: "apply", ...inputs }, attempt),
    dispatch: (inputs = {}) => step(workflowDispatchEvent(github), { command: "apply", ...inputs }),
    edit: (campaign, change) => sandbox.edit(idOf(campaign), change),
    live: async (campaign) =>
      ((await control(`/campaigns/${idOf(campaign)}`)) as { audience: AudienceBinding }).audience,
    declared(campaign) {
      const { include, exclude = [] } = parse(repository.read(pathOf(campaign))) as AudienceBinding;
      return { include, exclude };
    },
    comment: (number) => github.comments(number)[0]?.body ?? "",
    writes: async () =>
      (await sandbox.requests())
        .filter(({ method }) => method === "PUT")
        .map(({ path }) => ids.indexOf(path.split("/")[4] ?? "")),
    async end() {
      const { unexpected } = github;
      await sandbox.stop();
      await github.close();
      repository.remove();
      if (unexpected.length > 0) throw new Error(`GitHub was asked ${JSON.stringify(unexpected)}`);
    },
  };
}
