import { textValue, wordText } from "../form/value-text.ts";

/** What a starter repository is made for. */
export type StarterChoice = {
  /** Null for the API's own address. */
  readonly apiUrl: string | null;
  /** At least one. */
  readonly environments: readonly string[];
};

/** A file of a starter repository; its path is below the folder of the project file. */
export type StarterFile = { readonly path: string; readonly text: string };

/** Where editors find the schema of campaign files, below the folder of the project file. */
export const EDITOR_SCHEMA = ".vscode/campaign.schema.json";

/** What a person writes in a starter repository: the project file, the catalogue, an example, and who must agree. */
export function starterFiles({ apiUrl, environments }: StarterChoice): readonly StarterFile[] {
  const settings = apiUrl === null ? "{}" : `{ apiUrl: ${textValue(apiUrl)} }`;
  const listed = environments.map((name) => `  ${wordText(name)}: ${settings}\n`).join("");
  const project = `# Which files declare campaigns, and where each environment is.\nversion: 1\ncampaigns: [campaigns/**/*.yaml]\nenvironments:\n${listed}`;
  return [
    { path: "campaignctl.yaml", text: project },
    { path: "audiences.yaml", text: CATALOGUE },
    { path: "campaigns/example.yaml", text: EXAMPLE },
    { path: ".github/CODEOWNERS", text: OWNERS },
    { path: ".vscode/settings.json", text: SETTINGS },
  ];
}

/** A workflow of the examples for the first of these environments. */
export function starterWorkflow(text: string, { environments }: StarterChoice): string {
  const [first = ""] = environments;
  return text.replace(/^(\s+environment:) production$/gm, (_, key: string) => `${key} ${wordText(first)}`);
}

const CATALOGUE = `# Audiences by name, for campaign files. These are of the sandbox: put your own here.
audiences:
  near-lyon: { audienceId: d23f0824-128b-4f33-8c5c-7fd0a6a3a450, type: segment }
  unsubscribed: { audienceId: 843e6935-2bf9-439a-b3c5-cc5bca53ee45, type: audience }
  legal-hold: { audienceId: 76e713aa-092f-46e8-8498-4ce4570449e0, type: audience }
groups:
  # Whom no campaign may reach.
  baseline-suppressions: [unsubscribed, legal-hold]
`;

const EXAMPLE = `# An example, which the sandbox knows: campaignctl sandbox. Delete it when you have a campaign of your own.
campaignId: 4cdd2055-930d-4eaf-94f4-733f3e7d1bfb
name: Store opening in Lyon
owner: stores
include:
  - near-lyon
exclude:
  - baseline-suppressions
`;

const OWNERS = `# Who must agree to a change. Put your teams here, and let the default branch ask for their review.
# /campaigns/        @your-org/marketing
# /audiences.yaml    @your-org/crm
# /campaignctl.yaml  @your-org/crm
# /.github/          @your-org/platform
`;

const SETTINGS = `{
  "yaml.schemas": { "${EDITOR_SCHEMA}": "campaigns/**/*.yaml" }
}
`;
