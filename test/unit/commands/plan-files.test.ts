import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compose } from "../../../src/commands/open.ts";
import { resolveSettings } from "../../../src/commands/settings.ts";
import { InvalidFilesError, UsageError } from "../../../src/domain/errors.ts";
import { planFiles } from "../../../src/index.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { commitAll } from "../../support/program/git.ts";
import { campaignFile } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const TOKEN = "canary-of-this-very-run";
const GIVEN = "canary-of-the-caller";
const OTHERS = "canary-of-nobody-here";

/** Nothing listens there: a plan asks, and says that it had no answer. */
const NOWHERE = "http://127.0.0.1:9/v1";
const VARIABLES = { EXPERITURE_TOKEN: TOKEN };

function folderOf(files: Readonly<Record<string, string>>): string {
  const workspace = makeWorkspace(files);
  onTestFinished(workspace.remove);
  return workspace.path;
}

const invalid = (planning: Promise<unknown>): Promise<InvalidFilesError> =>
  planning.then(
    () => Promise.reject(new Error("The files passed for valid.")),
    (error: unknown) => (error instanceof InvalidFilesError ? error : Promise.reject(error)),
  );

test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001, "4" as unknown as number])(
  "a parallelism of %s is refused, since such a plan would never end",
  async (parallelism) => {
    const cwd = folderOf({ "campaigns/a.yaml": campaignFile(campaignId(1), binding([1])) });
    const planning = planFiles({ cwd, variables: VARIABLES, apiUrl: NOWHERE, parallelism });
    await expect(planning).rejects.toThrow(UsageError);
    await expect(planning).rejects.toThrow(`The parallelism ${parallelism} is no number of requests.`);
    const settings = resolveSettings({ apiUrl: NOWHERE, environment: null }, VARIABLES, null);
    expect(() => compose(settings, VARIABLES, parallelism)).toThrow(UsageError);
  },
);

test("secrets of this run, and those that the caller names, are not shown of a file", async () => {
  const cwd = folderOf({
    "campaigns/a.yaml": `nonsense: ${TOKEN}\n`,
    "campaigns/b.yaml": `nonsense: ${GIVEN}\n`,
    "campaigns/c.yaml": `nonsense: ${OTHERS}\n`,
  });
  const { message, diagnostics } = await invalid(
    planFiles({ cwd, variables: VARIABLES, apiUrl: NOWHERE, secrets: [GIVEN] }),
  );
  const told = message + JSON.stringify(diagnostics);
  expect(told).toContain(OTHERS);
  expect(told).not.toContain(TOKEN);
  expect(told).not.toContain(GIVEN);
});

test("the project file is looked for up to the root that the caller names", async () => {
  const root = folderOf({
    "campaignctl.yaml": "nonsense: 1\n",
    "deep/campaigns/a.yaml": campaignFile(campaignId(1), binding([1])),
  });
  const cwd = join(root, "deep");
  const { diagnostics } = await invalid(planFiles({ cwd, root, variables: VARIABLES, apiUrl: NOWHERE }));
  expect(diagnostics[0]?.file).toContain("campaignctl.yaml");
});

test("with a revision only what differs from it is asked for", async () => {
  const files = { "campaigns/a.yaml": campaignFile(campaignId(1), binding([1])) };
  const cwd = folderOf(files);
  const since = commitAll(cwd);
  const { PATH } = process.env;
  const asked = { cwd, variables: { ...VARIABLES, PATH }, apiUrl: NOWHERE };
  // Nothing listens there, and nothing is missed.
  const { plan } = await planFiles({ ...asked, changedSince: "main" });
  expect(plan).toMatchObject({ changes: [], scope: { kind: "changed", since, planned: 0, declared: 1 } });
  await expect(planFiles({ ...asked, changedSince: "nowhere" })).rejects.toThrow(UsageError);
});
