import { UsageError } from "../../domain/errors.ts";
import type { Variables } from "../../domain/ports.ts";
import type { Shard } from "../../domain/shard.ts";
import { normalizeApiUrl, normalizeTokenUrl } from "../../http/url.ts";
import { nearestKey } from "../../text/nearest-key.ts";
import {
  DURATION_HINT,
  durationOf,
  PARALLELISM,
  SHARD_HINT,
  shardOf,
  wholeHint,
  wholeOf,
} from "../../text/option-values.ts";
import { quote } from "../../text/quote.ts";
import { apiVariables } from "./credentials.ts";
import {
  allowancesOf,
  booleanOf,
  inputError,
  lineOf,
  linesOf,
  repositoryPathOf,
  secretLineOf,
  wordOf,
} from "./input-values.ts";

/** What the Action can be asked to do. */
export const COMMANDS = ["plan", "apply", "validate", "drift"] as const;

/** When a plan is written into its pull request. */
export const COMMENT_MODES = ["always", "changes-only", "never"] as const;

/** What `drift` does about a draft that has drifted. */
export const FIXES = ["issue", "pull-request"] as const;

/** How much of what is declared a run looks at. */
const SCOPES = ["changed", "all"] as const;

/** Every input of `action.yml` with the value that it has when nothing is given. */
const DEFAULTS = {
  command: "plan",
  paths: "",
  "working-directory": ".",
  config: "",
  environment: "",
  "api-url": "",
  token: "",
  "client-id": "",
  "client-secret": "",
  "token-url": "",
  "github-token": "",
  comment: "always",
  "require-reviewed-plan": "true",
  "wait-timeout": "10m",
  parallelism: "10",
  "fail-on-skip": "false",
  sizes: "false",
  shard: "",
  labels: "false",
  "max-duration": "",
  "last-checked": "",
  fix: "issue",
  scope: "",
  allow: "",
} as const;

/** The name of an input, as in `action.yml`. */
type InputName = keyof typeof DEFAULTS;

/** The inputs, checked and with their defaults; null where nothing was given. */
export type ActionInputs = {
  readonly command: (typeof COMMANDS)[number];
  /** Relative to `workingDirectory`; empty for those of the project file. */
  readonly paths: readonly string[];
  /** Relative to the root of the repository, which is `.`; without a slash at the end. */
  readonly workingDirectory: string;
  /** Relative to `workingDirectory`, and inside of the repository. */
  readonly config: string | null;
  readonly environment: string | null;
  readonly apiUrl: string | null;
  /** For `resolveSettings`: the `EXPERITURE_` variables, those of the inputs laid over those of the process. */
  readonly variables: Variables;
  readonly githubToken: string | null;
  readonly comment: (typeof COMMENT_MODES)[number];
  readonly requireReviewedPlan: boolean;
  readonly waitTimeoutMs: number;
  readonly parallelism: number;
  readonly failOnSkip: boolean;
  /** Whether `plan` counts the people in what it changes. */
  readonly sizes: boolean;
  /** Which part of the campaigns; null for all. */
  readonly shard: Shard | null;
  /** Whether `plan` labels its pull request. */
  readonly labels: boolean;
  /** How long `drift` reads at most; null for as long as it takes. */
  readonly maxDurationMs: number | null;
  /** Where `drift` keeps when it looked at each campaign, relative to `workingDirectory` or absolute. */
  readonly lastChecked: string | null;
  readonly fix: (typeof FIXES)[number];
  /** Null where the command and what started the run decide; see `looksAtChanges`. */
  readonly scope: (typeof SCOPES)[number] | null;
  /** Rules that `plan` or `apply` lets pass this once: `RULE`, or `RULE=REASON`. */
  readonly allow: readonly string[];
};

/**
 * Checks the inputs as strictly as flags are.
 *
 * @param get an input as the runner has it; empty when it was left out.
 * @param variables the environment of the process.
 * @throws UsageError that names the input, what it holds and how to mend it.
 */
export function parseInputs(get: (name: string) => string, variables: Variables): ActionInputs {
  refuseUnknown(variables);
  const text = (name: InputName): string => get(name).trim() || DEFAULTS[name];
  const line = (name: InputName): string | null => lineOf(name, text(name));
  const secret = (name: InputName): string | null => secretLineOf(name, text(name));
  const workingDirectory = repositoryPathOf("working-directory", line("working-directory") ?? "", "");
  const config = line("config");
  if (config !== null) repositoryPathOf("config", config, workingDirectory);
  return {
    command: wordOf("command", text("command"), COMMANDS),
    paths: linesOf("paths", text("paths")),
    workingDirectory,
    config,
    environment: line("environment") ?? (variables.CAMPAIGNCTL_ENVIRONMENT || null),
    apiUrl: urlOf("api-url", text("api-url"), normalizeApiUrl),
    variables: apiVariables(
      {
        token: secret("token"),
        clientId: secret("client-id"),
        clientSecret: secret("client-secret"),
        tokenUrl: urlOf("token-url", text("token-url"), normalizeTokenUrl),
      },
      variables,
    ),
    githubToken: secret("github-token"),
    comment: wordOf("comment", text("comment"), COMMENT_MODES),
    requireReviewedPlan: booleanOf("require-reviewed-plan", text("require-reviewed-plan")),
    waitTimeoutMs: checkedInput("wait-timeout", text("wait-timeout"), durationOf, DURATION_HINT),
    parallelism: checkedInput("parallelism", text("parallelism"), wholeParallelism, parallelismHint()),
    failOnSkip: booleanOf("fail-on-skip", text("fail-on-skip")),
    sizes: booleanOf("sizes", text("sizes")),
    shard: unlessEmpty("shard", text("shard"), shardOf, SHARD_HINT),
    labels: booleanOf("labels", text("labels")),
    maxDurationMs: unlessEmpty("max-duration", text("max-duration"), durationOf, DURATION_HINT),
    lastChecked: line("last-checked"),
    fix: wordOf("fix", text("fix"), FIXES),
    scope: text("scope") === "" ? null : wordOf("scope", text("scope"), SCOPES),
    allow: allowancesOf("allow", text("allow")),
  };
}

/** The runner only warns of an input that does not exist; here a typo must not silently mean the default. */
function refuseUnknown(variables: Variables): void {
  const known = Object.keys(DEFAULTS);
  for (const [variable, value] of Object.entries(variables)) {
    const name = /^INPUT_(.+)$/s.exec(variable)?.[1]?.toLowerCase();
    if (name === undefined || !value || known.includes(name)) continue;
    const nearest = nearestKey(name, known);
    throw new UsageError(
      `There is no input ${quote(name)}.`,
      `${nearest === null ? "" : `Did you mean ${nearest}? `}Known inputs: ${known.join(", ")}.`,
    );
  }
}

function urlOf(name: InputName, text: string, check: (text: string, name: string) => string): string | null {
  return text === "" ? null : check(text, `Input ${name}`);
}

function checkedInput<T>(name: InputName, text: string, parse: (text: string) => T | null, hint: string): T {
  const value = parse(text);
  if (value === null) throw inputError(name, text, hint);
  return value;
}

function unlessEmpty<T>(...[name, text, parse, hint]: Parameters<typeof checkedInput<T>>): T | null {
  return text === "" ? null : checkedInput(name, text, parse, hint);
}

function wholeParallelism(text: string): number | null {
  return wholeOf(text, PARALLELISM.min, PARALLELISM.max);
}

function parallelismHint(): string {
  return wholeHint(PARALLELISM.min, PARALLELISM.max);
}
