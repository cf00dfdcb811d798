import { afterEach, describe, expect, test } from "vitest";
import { type DeclareOptions, readDeclarations } from "../../../src/commands/declare.ts";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";
import { campaignFile } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const open: Workspace[] = [];
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.remove();
});

function declare(files: Readonly<Record<string, string>>, options: Partial<DeclareOptions> = {}) {
  const workspace = makeWorkspace(files);
  open.push(workspace);
  return readDeclarations({
    paths: [],
    cwd: workspace.path,
    config: null,
    environment: null,
    needsEnvironment: true,
    ...options,
  });
}

const spring = campaignFile(campaignId(1), binding([1]));
const summer = campaignFile(campaignId(2), binding([1]));

const filesOf = (declared: ReturnType<typeof declare>) =>
  declared.kind === "valid" ? declared.specs.map(({ source }) => source.file) : null;

describe("which files are read", () => {
  test("without paths and project file: campaigns/ below the working directory", () => {
    const declared = declare({
      "campaigns/a/spring.yaml": spring,
      "campaigns/summer.yml": summer,
      "other.yaml": "x",
    });
    expect(declared.diagnostics).toEqual([]);
    expect(filesOf(declared)).toEqual(["campaigns/a/spring.yaml", "campaigns/summer.yml"]);
    expect(declared).toMatchObject({ files: 2, campaigns: 2, project: null });
  });

  test("the project file's patterns beat the default, paths beat both", () => {
    const files = {
      "campaignctl.yaml": "version: 1\ncampaigns: [live/*.yaml]\n",
      "live/spring.yaml": spring,
      "campaigns/summer.yaml": summer,
    };
    expect(filesOf(declare(files))).toEqual(["live/spring.yaml"]);
    expect(filesOf(declare(files, { paths: ["campaigns"] }))).toEqual(["campaigns/summer.yaml"]);
  });

  test("mistakes in the project file come in the order of their positions", () => {
    const { diagnostics } = declare({ "campaignctl.yaml": "version: 2\ncampaign: x\n" });
    expect(diagnostics.map(({ range }) => range?.start.line)).toEqual([1, 2]);
  });

  test("the patterns of a project file elsewhere are relative to its folder, whatever its name", () => {
    const files = {
      "crm [eu]/project.yaml": "version: 1\ncampaigns: [campaigns/**/*.yaml]\n",
      "crm [eu]/campaigns/spring.yaml": spring,
      "campaigns/summer.yaml": summer,
    };
    const declared = declare(files, { config: "crm [eu]/project.yaml" });
    expect(declared.diagnostics).toEqual([]);
    expect(filesOf(declared)).toEqual(["crm [eu]/campaigns/spring.yaml"]);
  });

  test("a project file without patterns leaves the default", () => {
    const declared = declare({ "campaignctl.yaml": "version: 1\n", "campaigns/spring.yaml": spring });
    expect(filesOf(declared)).toEqual(["campaigns/spring.yaml"]);
    expect(declared.project).toMatchObject({ version: 1 });
  });
});

describe("mistakes", () => {
  test("of the project file stop the search, since it says where to look", () => {
    const declared = declare({ "campaignctl.yaml": "version: 2\n", "campaigns/spring.yaml": "nonsense" });
    expect(declared.kind).toBe("invalid");
    expect(declared.diagnostics.map(({ file }) => file)).toEqual(["campaignctl.yaml"]);
  });

  test("of the project file and of files named by hand are told together", () => {
    const files = { "campaignctl.yaml": "version: 2\n", "a.yaml": "nonsense" };
    const declared = declare(files, { paths: ["a.yaml"] });
    expect(new Set(declared.diagnostics.map(({ file }) => file))).toEqual(
      new Set(["a.yaml", "campaignctl.yaml"]),
    );
  });

  const codes = (...asked: Parameters<typeof declare>) =>
    declare(...asked).diagnostics.map(({ code }) => code);
  const summerByEnvironment = summer.replace(/campaignId: (\S+)/, "campaignId: { staging: $1 }");
  const listing = (environments: string) => `version: 1\nenvironments: ${environments}\n`;

  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    ["no project file", { "campaigns/a.yaml": spring }, ["environment-unknown"]],
    [
      "a project file without environments",
      { "campaigns/a.yaml": spring, "campaignctl.yaml": "version: 1\n" },
      ["environment-unknown"],
    ],
    [
      "a project file that lists it",
      { "campaigns/a.yaml": spring, "campaignctl.yaml": listing("{ staging: {} }") },
      [],
    ],
    [
      "a project file that lists others, which is told alone",
      {
        "campaigns/a.yaml": summerByEnvironment.replace("staging", "prod"),
        "campaignctl.yaml": listing("{ prod: {} }"),
      },
      ["environment-unknown"],
    ],
    [
      "a campaign file that has an id for it",
      { "campaigns/a.yaml": spring, "campaigns/b.yaml": summerByEnvironment },
      [],
    ],
    [
      "a campaign file with a mistake, which may be the one to have an id for it",
      { "campaigns/a.yaml": spring, "campaigns/b.yaml": `${summerByEnvironment}unknown: 1\n` },
      ["unknown-key"],
    ],
    [
      "a project file with a mistake, which may be the one to list it",
      { "campaigns/a.yaml": spring, "campaignctl.yaml": "version: 2\n" },
      ["invalid-value"],
    ],
  ])("an environment that is chosen must be declared: %s", (_, files, expected) => {
    expect(codes(files, { paths: ["campaigns"], environment: "staging" })).toEqual(expected);
    if (expected.includes("environment-unknown"))
      expect(codes(files, { paths: ["campaigns"], environment: null, needsEnvironment: false })).toEqual([]);
  });

  test("a project file that is named must be there", () => {
    expect(declare({ "campaigns/spring.yaml": spring }, { config: "other.yaml" }).diagnostics).toHaveLength(
      1,
    );
  });
});

test("what is not valid has no campaigns that could be planned", () => {
  const declared = declare({ "campaigns/spring.yaml": spring, "campaigns/bad.yaml": "nonsense" });
  expect(declared.kind).toBe("invalid");
  // @ts-expect-error: only valid declarations have campaigns.
  expect(declared.specs).toBe(undefined);
});
