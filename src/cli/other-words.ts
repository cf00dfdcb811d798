/** What other tools call it: command or flag, and what it is here. */
const COMMANDS: Readonly<Record<string, string>> = {
  diff: "campaignctl plan shows what would change",
  preview: "campaignctl plan shows what would change",
  status: "campaignctl plan shows what would change",
  lint: "campaignctl validate checks files",
  check: "campaignctl validate checks files",
  test: "campaignctl validate checks files",
  format: "campaignctl fmt puts files into the one form",
  sync: "campaignctl apply makes live what the files say",
  push: "campaignctl apply makes live what the files say",
  deploy: "campaignctl apply makes live what the files say",
  up: "campaignctl apply makes live what the files say",
  run: "campaignctl apply makes live what the files say",
  destroy: "nothing here deletes; a campaign without a file is left as it is",
  version: "campaignctl --version prints the version",
};

/** By their names without dashes: some tools write one, some two. */
const FLAGS: Readonly<Record<string, string>> = {
  "dry-run": "campaignctl plan never writes",
  n: "campaignctl plan never writes",
  check: "campaignctl plan never writes",
  diff: "campaignctl plan shows what would change",
  "auto-approve": "--yes does not ask",
  "assume-yes": "--yes does not ask",
  force: "--yes does not ask; a locked campaign is left alone whatever is given",
  yes: "only campaignctl apply asks before it writes",
  y: "only campaignctl apply asks before it writes",
  env: "--environment NAME chooses one",
  output: "--out FILE writes the result as JSON, --format says how it is printed",
  "detailed-exit-code": "it is --detailed-exitcode",
  since: "campaignctl plan --changed-since REVISION looks at what differs from where git's history parted",
  "only-changed":
    "campaignctl plan --changed-since REVISION looks at what differs from where git's history parted",
  affected: "campaignctl plan --changed-since REVISION looks at what differs from where git's history parted",
  concurrency: "--parallelism N says how many requests are under way at once",
  jobs: "--parallelism N says how many requests are under way at once",
  "changed-since": "campaignctl plan --changed-since REVISION --out FILE, then campaignctl apply --plan FILE",
  shard: "campaignctl plan --shard I/N --out FILE, then campaignctl apply --plan FILE",
  timeout: "--wait-timeout says how long to wait for reach",
  token: "credentials come from the environment only, see campaignctl --help",
};

/** A line on what a command or flag of another tool is called here; empty for a word that is none. */
export function hintFor(complaint: string): string {
  const [, kind, word = ""] = /unknown (command|option) '([^'=]+)/.exec(complaint) ?? [];
  const known = kind === "command" ? COMMANDS : FLAGS;
  const name = kind === "command" ? word : word.replace(/^--?/, "");
  return Object.hasOwn(known, name) ? `  There is no ${word} here: ${known[name]}.\n` : "";
}
