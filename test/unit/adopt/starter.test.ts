import { expect, it } from "vitest";
import { starterFiles, starterWorkflow } from "../../../src/adopt/starter.ts";
import { readCampaignFile } from "../../../src/declarations/campaign-file.ts";
import { loadProject } from "../../../src/declarations/project.ts";
import { formatCampaign } from "../../../src/form/format-campaign.ts";
import { file } from "../../support/samples/declarations.ts";

const textOf = (path: string, choice: Parameters<typeof starterFiles>[0]) =>
  starterFiles(choice).find((each) => each.path === path)?.text ?? "";

it.each([
  [{ apiUrl: null, environments: ["production"] }],
  [{ apiUrl: "https://api.example/v1", environments: ["true", "é b", "1"] }],
])("a project file says %j", (choice) => {
  const { project, diagnostics } = loadProject(file("campaignctl.yaml", textOf("campaignctl.yaml", choice)));
  expect(diagnostics).toEqual([]);
  const settings = Object.entries(project?.environments ?? {}).map(([name, { apiUrl }]) => [name, apiUrl]);
  expect(new Map(settings as [string, string | null][])).toEqual(
    new Map(choice.environments.map((name) => [name, choice.apiUrl])),
  );
});

it("the example is a campaign in the one form", () => {
  const text = textOf("campaigns/example.yaml", { apiUrl: null, environments: ["production"] });
  expect(readCampaignFile(file("campaigns/example.yaml", text))).toMatchObject({
    fits: true,
    diagnostics: [],
  });
  expect(formatCampaign(text)).toBe(text);
});

it("a workflow is for the first environment", () => {
  const text =
    "    environment: production\n    with:\n      environment: production\n      other: production\n";
  const choice = { apiUrl: null, environments: ["eu: 1", "us"] };
  expect(starterWorkflow(text, choice)).toBe(
    '    environment: "eu: 1"\n    with:\n      environment: "eu: 1"\n      other: production\n',
  );
});
