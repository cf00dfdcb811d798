import { isDeepStrictEqual } from "node:util";
import { systemClock } from "../../../src/host/clock.ts";
import { patientClock } from "../clocks/patient-clock.ts";
import { type FakeGitHub, startFakeGitHub } from "../fake-github/server.ts";
import { IS_BUILT, injected, makeWorkspace, type Workspace } from "../program/cli.ts";
import type { RunningSandbox } from "../program/sandbox.ts";
import { campaignFile, openSeeded, type TestCampaign, type WorldOptions } from "../program/world.ts";
import { pullRequestEvent, pushEvent, type RunEvent, workflowDispatchEvent } from "../runner/events.ts";
import { type ActionOptions, type ActionRun, runAction } from "../runner/runner.ts";
import { needsProcess, stepHere } from "../runner/step-here.ts";
import { binding, campaignId } from "../samples/bindings.ts";

/** The token of the API in these tests; it must never be seen. */
export const API_TOKEN = "canary-api-token-1234567890";

/** A repository on a fake GitHub, the sandbox as the API, and steps that use the Action. */
export type ActionWorld = {
  readonly github: FakeGitHub;
  readonly sandbox: RunningSandbox;
  /** Runs a step on what the repository has at a branch or commit. */
  step(
    ref: string,
    event: RunEvent,
    inputs?: Readonly<Record<string, string>>,
    more?: Partial<ActionOptions>,
  ): Promise<ActionRun>;
  end(): Promise<void>;
};

/** How steps run, and what time it is for them. */
type Steps = { readonly now: () => number; readonly run: (step: ActionOptions) => Promise<ActionRun> };

/** Built, each in a process of its own. */
const BUILT_STEPS: Steps = { now: systemClock.now, run: (step) => runAction(step) };

/** In this process, but for those that need one of their own, which run built. */
const STEPS_AROUND: Steps = {
  now: systemClock.now,
  run: (step) => runAction(step, needsProcess(step) ? undefined : stepHere(systemClock)),
};

/** What passes, at least, from one step to that of the next job. */
const JOB_START_MS = 2_000;

/** In this process, where time passes at once. */
function stepsHere(): Steps {
  const clock = patientClock();
  return {
    now: clock.now,
    async run(step) {
      await clock.sleep(JOB_START_MS);
      return runAction(step, stepHere(clock));
    },
  };
}

/** The path of a campaign's file in the repository. */
export function pathOf(index: number): string {
  return `campaigns/${String(index + 1).padStart(4, "0")}.yaml`;
}

/** Files of campaigns as a commit has them. */
export function filesOf(campaigns: readonly Pick<TestCampaign, "id" | "desired">[]): Record<string, string> {
  return Object.fromEntries(
    campaigns.map(({ id, desired }, index) => [pathOf(index), campaignFile(id, desired)]),
  );
}

/**
 * Seeds the API with the live side; the repository begins with files that say the same.
 *
 * @param steps how they run.
 */
async function makeActionWorld(
  campaigns: readonly TestCampaign[],
  options: WorldOptions = {},
  { now, run }: Steps = BUILT_STEPS,
): Promise<ActionWorld> {
  const github = await startFakeGitHub({ now });
  github.addCommit({ files: filesOf(campaigns.map(({ id, live }) => ({ id, desired: live }))) });
  const sandbox = await openSeeded(campaigns, { reachDelayMs: 100, now, ...options });
  const { checkout, remove } = openCheckouts(github);
  return {
    github,
    sandbox,
    async step(ref, event, inputs = {}, more = {}) {
      const step = {
        github,
        event,
        workspace: more.workspace ?? checkout(ref),
        inputs: { "api-url": sandbox.url, token: API_TOKEN, ...inputs },
        ...more,
      };
      return run(step);
    },
    async end() {
      await sandbox.stop();
      await github.close();
      remove();
    },
  };
}

/** Folders with what the repository has. Steps only read there, so one is enough for the same files. */
function openCheckouts(github: FakeGitHub) {
  const all: (Workspace & { readonly files: Readonly<Record<string, string>> })[] = [];
  return {
    checkout(ref: string): string {
      const files = github.checkout(ref);
      const known = all.find((one) => isDeepStrictEqual(one.files, files));
      const workspace = known ?? { ...makeWorkspace(files), files };
      if (known === undefined) all.push(workspace);
      return workspace.path;
    },
    remove(): void {
      for (const workspace of all) workspace.remove();
    },
  };
}

export const BEFORE = binding([1], [9]);
export const AFTER = binding([1, 2], [9]);
export const ONE: TestCampaign = { id: campaignId(1), desired: AFTER, live: BEFORE };
export const TWO: TestCampaign = { id: campaignId(2), desired: AFTER, live: BEFORE };

/** {@link TWO}, whose write the API refuses until it is mended: it knows no audience 2, and minds only here. */
export const REFUSED: TestCampaign = { ...TWO, seed: { switches: { unknownAudience: "refused" } } };
const WITHOUT_AUDIENCE_2: WorldOptions = {
  seed: {
    switches: { unknownAudience: "accepted" },
    audiences: [1, 7, 9].map((number) => ({ ...binding([number]).include[0], size: 1_000 })),
  },
};

/** A world of {@link ONE} and {@link REFUSED}. */
export const worldWithRefused = (open = worldOf): Promise<ActionWorld> =>
  open([ONE, REFUSED], WITHOUT_AUDIENCE_2);

/** From now on the write of {@link REFUSED} is accepted. */
export const mendRefused = ({ sandbox }: ActionWorld): Promise<void> =>
  sandbox.edit(TWO.id, { switches: { unknownAudience: "accepted" } });

/** Opens a pull request that declares what the campaigns desire. */
export function propose({ github }: ActionWorld, campaigns: readonly TestCampaign[]): number {
  return github.addPullRequest({ commits: [{ files: filesOf(campaigns) }] });
}

/** Runs plan for a pull request, on its head. */
export const planOn = (world: ActionWorld, number: number, inputs: Record<string, string> = {}) =>
  world.step(world.github.head(number), pullRequestEvent(world.github, number), {
    command: "plan",
    ...inputs,
  });

/** For the environment of a step: its folder for results takes none. */
export const NO_DISK = injected("process.env.RUNNER_TEMP = '/dev/null';");

/** Merges, and runs apply for that push. */
export async function mergeAndApply(world: ActionWorld, number: number, inputs: Record<string, string> = {}) {
  return applyOn(world, merged(world, number), inputs);
}

/** Merges a pull request whose apply has not run yet: its push. */
export function merged({ github }: ActionWorld, number: number) {
  const before = github.tip("main");
  return { before, after: github.mergePullRequest(number, { method: "squash" }) };
}

/** Runs apply by hand, on main. */
export const dispatch = (world: ActionWorld, inputs: Record<string, string> = {}) =>
  world.step("main", workflowDispatchEvent(world.github), { command: "apply", ...inputs });

/** Runs apply for a push to main. */
export const applyOn = (
  world: ActionWorld,
  push: { readonly before: string; readonly after: string },
  inputs: Record<string, string> = {},
) => world.step(push.after, pushEvent(world.github, push), { command: "apply", ...inputs });

/** The campaigns that were written, in order. */
export async function puts(world: ActionWorld): Promise<readonly string[]> {
  const requests = await world.sandbox.requests();
  return requests.filter(({ method }) => method === "PUT").map(({ path }) => path.split("/")[4] ?? "");
}

/** The comments on a pull request. */
export function bodies(world: ActionWorld, number: number): readonly string[] {
  return world.github.comments(number).map(({ body }) => body);
}

const open: ActionWorld[] = [];

/** A world of the built Action, which `endWorlds` ends. */
export async function worldOf(
  campaigns: readonly TestCampaign[],
  options: WorldOptions = {},
  steps: Steps = BUILT_STEPS,
): Promise<ActionWorld> {
  const world = await makeActionWorld(campaigns, options, steps);
  open.push(world);
  return world;
}

/** The same with the Action in this process, where time passes at once; in real time, built, with `BUILT=1`. */
export const worldHere = (
  campaigns: readonly TestCampaign[],
  options: WorldOptions = {},
): Promise<ActionWorld> => worldOf(campaigns, options, IS_BUILT ? BUILT_STEPS : stepsHere());

/** The same in real time, and built where a step needs a process of its own. */
export const worldAround = (
  campaigns: readonly TestCampaign[],
  options: WorldOptions = {},
): Promise<ActionWorld> => worldOf(campaigns, options, IS_BUILT ? BUILT_STEPS : STEPS_AROUND);

/** For `afterEach`: ends what a test began, and insists that GitHub was asked nothing that it does not know. */
export async function endWorlds(): Promise<void> {
  for (const world of open.splice(0)) {
    const { unexpected } = world.github;
    await world.end();
    if (unexpected.length > 0) throw new Error(`GitHub was asked ${JSON.stringify(unexpected)}`);
  }
}
