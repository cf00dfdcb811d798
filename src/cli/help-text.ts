/** What help says beyond the list of flags. */

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  campaignctl ${line}`).join("\n")}`;
}

/** Examples of `validate`. */
export const VALIDATE_EXAMPLES = examples("validate", "validate campaigns/spring.yaml", "validate --json");

/** Examples of `init`. */
export const INIT_EXAMPLES = examples("init", "init --environment staging --environment production");

/** Examples of `import`. */
export const IMPORT_EXAMPLES = examples(
  "import 4130bada-9264-465f-bc0c-a26bebcfcc81",
  "import --all --status draft --catalogue",
);

/** Examples of `revert`. */
export const REVERT_EXAMPLES = examples("revert report.json", "revert report.json --out back.json");

/** Examples of `fmt`. */
export const FMT_EXAMPLES = examples("fmt", "fmt --check", "fmt --diff campaigns/spring.yaml");

/** Examples of `who-uses`. */
export const WHO_USES_EXAMPLES = examples(
  "who-uses vip-customers",
  "who-uses vip-customers --format markdown",
);

/** Examples of `schema`. */
export const SCHEMA_EXAMPLES = examples("schema --out .campaignctl/campaign.schema.json");

/** Examples of `environments`. */
export const ENVIRONMENTS_EXAMPLES = examples("environments", "environments --format json");

/** How `completion` is set up. */
export const COMPLETION_HELP = `
bash  in ~/.bashrc: eval "$(campaignctl completion bash)"
zsh   in ~/.zshrc, after compinit: eval "$(campaignctl completion zsh)"
fish  campaignctl completion fish > ~/.config/fish/completions/campaignctl.fish`;

/** Examples of `plan`. */
export const PLAN_EXAMPLES = examples(
  "plan",
  "plan campaigns/spring.yaml",
  "plan -o plan.json",
  "plan --changed-since origin/main",
  "plan --shard 2/3",
);

/** Examples of `apply`. */
export const APPLY_EXAMPLES = examples("apply", "apply --plan plan.json", "apply -y --report report.json");

/** Examples of `wait`. */
export const WAIT_EXAMPLES = examples("wait", "wait --after report.json --wait-timeout 30m");

/** Examples of `show`. */
export const SHOW_EXAMPLES = examples("show plan.json", "show report.json --format markdown");

/** Examples of `sandbox`. */
export const SANDBOX_EXAMPLES = examples("sandbox", "sandbox --port 0 --fault 503:0.2");

const EXIT_CODES = `
Exit codes:
    0  done; skipped campaigns are warnings
    1  a bug, or a result file could not be written
    2  plan --detailed-exitcode: there are changes
    3  invalid files, flags or environment, or no credentials; nothing was sent
    4  the API refused the credentials or their scope
    5  no campaign could be read
    6  a rule of the project refused the plan, or reach broke one
    7  a campaign no longer matches the reviewed plan
    8  incomplete: a campaign could not be read, written or verified, or the answer was not yes
    9  the saved plan is too old
   10  written, but reach of a campaign is not confirmed
   11  campaigns were skipped, with --fail-on-skip
  130, 143, and 129, 131, 141, 149  interrupted; the report says what was done`;

const VARIABLES = `
Variables:
  EXPERITURE_API_URL                                base URL of the API
  CAMPAIGNCTL_ENVIRONMENT                           as --environment
  EXPERITURE_TOKEN                                  a ready bearer token, or else:
  EXPERITURE_CLIENT_ID, EXPERITURE_CLIENT_SECRET,
  EXPERITURE_TOKEN_URL, EXPERITURE_SCOPE,
  EXPERITURE_AUDIENCE                               OAuth 2.0 client credentials
  HTTPS_PROXY, NO_PROXY, NO_COLOR, FORCE_COLOR      as everywhere`;

/** What stands below the list of commands. */
export function programHelp(manual: string): string {
  const first = examples("validate", "plan", "plan -o plan.json", "apply --plan plan.json", "COMMAND --help");
  return `${first}\n${EXIT_CODES}\n${VARIABLES}\n\nMore: ${manual}`;
}
