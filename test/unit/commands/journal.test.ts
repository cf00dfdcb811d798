import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { beginJournal } from "../../../src/commands/journal.ts";
import type { Plan } from "../../../src/domain/model.ts";
import { systemClock } from "../../../src/host/clock.ts";
import { encodeEntry } from "../../../src/journal/entry.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const PLAN = { apiUrl: "https://api.example.test", digest: "sha256:0" } as Plan;
const ONE = campaignId(1);

let folder: string;
let cwd: string;
beforeEach(() => {
  const workspace = makeWorkspace();
  cwd = workspace.path;
  folder = join(cwd, ".campaignctl");
  onTestFinished(workspace.remove);
});

/** A journal of this run, and what stderr had of it. */
function begin(shard: string | null = null) {
  const plan = { ...PLAN, scope: { ...PLAN.scope, shard } };
  const warnings: string[] = [];
  const warn = (sentence: string) => void warnings.push(`warning: ${sentence}\n`);
  return { warnings, journal: beginJournal(plan, { kind: "files", cwd, warn }, systemClock) };
}

/** What a run that was killed leaves behind. */
function leaveJournal(shard: string | null = null) {
  mkdirSync(folder);
  const facts = { run: "5f1a0a0e-1111-4222-8333-444455556666", pid: process.pid, processStart: null };
  const plan = { host: hostname(), apiUrl: PLAN.apiUrl, planDigest: "", shard };
  const step = { at: "2026-11-24T10:00:00.000Z", campaignId: ONE, step: "sending" } as const;
  writeFileSync(join(folder, `apply-${facts.run}.jsonl`), encodeEntry({ ...facts, ...plan, ...step }));
}

/** In place of each journal there is what cannot be taken away as a file. */
function replaceJournals() {
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".jsonl"))) {
    rmSync(join(folder, name));
    mkdirSync(join(folder, name));
  }
}

test("the end of a run takes its own journal and those that were told of away", () => {
  leaveJournal();
  const { warnings, journal } = begin();
  journal.note(ONE, "sending");
  journal.end({ isTold: true });
  expect(warnings).toEqual([expect.stringMatching(/^warning: The last run ended while writing 1 campaign /)]);
  expect(readdirSync(folder)).toEqual([".gitignore"]);
});

test.each([
  ["of another part is left to its own", "1/3", "2/3", false],
  ["of the same part is told of", "2/3", "2/3", true],
  ["of all campaigns is told of to a part", null, "2/3", true],
  ["of a part is told of to a run of all", "1/3", null, true],
])("a run that was killed: one %s", (_, killed, shard, isTold) => {
  leaveJournal(killed);
  const { warnings, journal } = begin(shard);
  journal.end({ isTold: true });
  expect(warnings).toHaveLength(isTold ? 1 : 0);
  expect(readdirSync(folder).filter((name) => name.endsWith(".jsonl"))).toHaveLength(isTold ? 0 : 1);
});

test("the end of a run is no error where the folder is gone", () => {
  leaveJournal();
  const { warnings, journal } = begin();
  journal.note(ONE, "sending");
  rmSync(folder, { recursive: true });
  journal.end({ isTold: true });
  expect(warnings).toHaveLength(1);
});

test("the end of a run is no error where no journal can be taken away; of its own that is told", () => {
  leaveJournal();
  const { warnings, journal } = begin();
  journal.note(ONE, "sending");
  replaceJournals();
  journal.end({ isTold: true });
  expect(warnings.slice(1)).toEqual([
    expect.stringMatching(
      /^warning: The journal in \.campaignctl cannot be taken away \(.+\)\. The run came to its end; the next apply may say that it did not\.\n$/,
    ),
  ]);
});
