import { stringify } from "yaml";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import { hastyClock } from "../clocks/hasty-clock.ts";
import { makeWorkspace, type Ran, type RunOptions, runCli, type Workspace } from "./cli.ts";
import { runHere } from "./run-here.ts";
import { type Behaviour, openSandbox, type RunningSandbox } from "./sandbox.ts";

/** One campaign of a test: what its file says, and what is live. */
export type TestCampaign = {
  readonly id: string;
  readonly desired: AudienceBinding;
  readonly live: AudienceBinding;
  /** More fields of the sandbox's seed for this campaign. */
  readonly seed?: Readonly<Record<string, unknown>>;
};

/** Files and a running sandbox that fit each other. */
export type TestWorld = {
  readonly workspace: Workspace;
  readonly sandbox: RunningSandbox;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  end(): Promise<void>;
};

/** The text of a campaign file, without aliases, which our files may not have. */
export function campaignFile(id: string, desired: AudienceBinding): string {
  const text = WRITTEN.get(desired) ?? stringify(desired, { aliasDuplicateObjects: false });
  WRITTEN.set(desired, text);
  return `${stringify({ campaignId: id })}${text}`;
}

/** Bindings as text: thousands of campaigns may have the same. */
const WRITTEN = new WeakMap<AudienceBinding, string>();

/** More of the sandbox's seed, and how it behaves. */
export type WorldOptions = Behaviour & { readonly seed?: Readonly<Record<string, unknown>> };

/** Starts a sandbox with the live state of the campaigns. */
export function openSeeded(
  campaigns: readonly TestCampaign[],
  { seed = {}, ...behaviour }: WorldOptions = {},
): Promise<RunningSandbox> {
  const live = campaigns.map((campaign) => ({
    campaignId: campaign.id,
    name: `Campaign ${campaign.id.slice(-2)}`,
    audience: campaign.live,
    ...campaign.seed,
  }));
  return openSandbox({ ...seed, campaigns: live }, behaviour);
}

/** As {@link makeWorld}, with the program in the test's own process, where nobody waits for time to pass. */
export function makeWorldHere(
  campaigns: readonly TestCampaign[],
  options: WorldOptions = {},
): Promise<TestWorld> {
  const clock = hastyClock();
  return makeWorld(campaigns, { now: clock.now, ...options }, (args, run) => runHere(args, run, clock));
}

/** Runs the program in this process in a world whose other runs are of what is built. */
export function runBeside(
  { workspace, sandbox }: TestWorld,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const there = { EXPERITURE_API_URL: sandbox.url, ...env };
  return runHere(args, { cwd: workspace.path, env: there }, hastyClock());
}

/**
 * Writes one file for each campaign, seeds a sandbox with their live state and starts it.
 *
 * @param start default: the built program, in a process of its own.
 */
export async function makeWorld(
  campaigns: readonly TestCampaign[],
  options: WorldOptions = {},
  start: (args: readonly string[], options?: RunOptions) => Promise<Ran> = runCli,
): Promise<TestWorld> {
  const workspace = makeWorkspace();
  for (const [index, { id, desired }] of campaigns.entries()) {
    workspace.write(`campaigns/${String(index + 1).padStart(2, "0")}.yaml`, campaignFile(id, desired));
  }
  const sandbox = await openSeeded(campaigns, options);
  return {
    workspace,
    sandbox,
    run: (args, { env = {}, ...rest } = {}) =>
      start(args, { cwd: workspace.path, env: { EXPERITURE_API_URL: sandbox.url, ...env }, ...rest }),
    end: async () => {
      await sandbox.stop();
      workspace.remove();
    },
  };
}
