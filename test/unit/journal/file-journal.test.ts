import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { encodeEntry } from "../../../src/journal/entry.ts";
import { createFileJournal } from "../../../src/journal/file-journal.ts";
import { findEarlierRuns } from "../../../src/journal/find-earlier-runs.ts";
import { campaignId } from "../../support/bindings.ts";
import { makeWorkspace } from "../../support/cli.ts";
import { fakeClock } from "../../support/fake-api.ts";

const API = "https://api.example.test";
const ONE = campaignId(1);

let folder: string;
beforeEach(() => {
  const workspace = makeWorkspace();
  folder = join(workspace.path, ".campaignctl");
  onTestFinished(workspace.remove);
});

function open(onTrouble: (error: unknown) => void = fail, apiUrl = API) {
  return createFileJournal({ folder, apiUrl, planDigest: "sha256:0" }, fakeClock(), onTrouble);
}

function fail(error: unknown): never {
  throw error;
}

const journals = () => readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

describe("the journal of a run", () => {
  test("appears with the first write, in a folder that keeps itself out of git, and goes with the end", () => {
    const journal = open();
    expect(existsSync(folder)).toBe(false);
    journal.note(ONE, "sending");
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
    expect(journals()).toHaveLength(1);
    journal.note(ONE, "settled");
    const lines = readFileSync(join(folder, journals()[0] ?? ""), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { format: 1, pid: process.pid, apiUrl: API, planDigest: "sha256:0", campaignId: ONE, step: "sending" },
      { step: "settled" },
    ]);
    journal.close();
    journal.note(ONE, "sending");
    expect(journals()).toEqual([]);
  });

  test("is on disk before note returns, for another process to read", () => {
    open().note(ONE, "sending");
    const [name = ""] = journals();
    expect(execFileSync("cat", [join(folder, name)], { encoding: "utf8" })).toContain(ONE);
  });

  test("is a file of its own for each of two at once; the end of one leaves the other", () => {
    const [first, second] = [open(), open()];
    first.note(ONE, "sending");
    second.note(ONE, "sending");
    expect(journals()).toHaveLength(2);
    second.close();
    expect(findEarlierRuns(folder, API).ended).toMatchObject([{ open: [{ campaignId: ONE }] }]);
  });

  test("without a write leaves nothing", () => {
    open().close();
    expect(existsSync(folder)).toBe(false);
  });

  test("case 75: where it cannot be written, that is told once and the run goes on", () => {
    writeFileSync(folder, "a file where the folder should be");
    const troubles: unknown[] = [];
    const journal = open((error) => troubles.push(error));
    journal.note(ONE, "sending");
    journal.note(ONE, "settled");
    journal.close();
    expect(troubles).toMatchObject([{ code: "ENOTDIR" }]);
  });
});

describe("the search for earlier runs", () => {
  const left = (facts: { pid?: number; host?: string; apiUrl?: string }, name = "0") => {
    mkdirSync(folder, { recursive: true });
    const run = `5f1a0a0e-1111-4222-8333-44445555666${name}`;
    const entry = { run, pid: endedPid(), host: hostname(), apiUrl: API, planDigest: "", ...facts };
    const file = join(folder, `apply-${run}.jsonl`);
    writeFileSync(
      file,
      encodeEntry({ ...entry, at: "2026-11-24T10:00:00.000Z", campaignId: ONE, step: "sending" }),
    );
    return file;
  };
  /** The id of a process that was, and is no more. */
  const endedPid = () => Number(execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }));

  test("finds a run whose process has ended, and forgets it when told to", () => {
    const file = left({});
    const found = findEarlierRuns(folder, API);
    expect(found).toMatchObject({ ended: [{ open: [{ campaignId: ONE }] }], running: [], damaged: [] });
    found.forget();
    expect(existsSync(file)).toBe(false);
  });

  test("takes one whose process is still there for running, and leaves its journal", () => {
    const file = left({ pid: process.ppid });
    const found = findEarlierRuns(folder, API);
    expect(found).toMatchObject({ ended: [], running: [{ pid: process.ppid }] });
    found.forget();
    expect(existsSync(file)).toBe(true);
  });

  test("takes our own process id, and any of another machine, for ended", () => {
    left({ pid: process.pid }, "1");
    left({ pid: process.ppid, host: "elsewhere" }, "2");
    expect(findEarlierRuns(folder, API).ended).toHaveLength(2);
  });

  test("leaves what was run against another API alone", () => {
    const file = left({ apiUrl: "https://staging.example.test" });
    const found = findEarlierRuns(folder, API);
    expect(found).toMatchObject({ ended: [], running: [] });
    found.forget();
    expect(existsSync(file)).toBe(true);
  });

  test("case 74: names a file it does not understand, and leaves it", () => {
    const file = left({});
    writeFileSync(file, '{"format":2}\n');
    const found = findEarlierRuns(folder, API);
    expect(found).toMatchObject({ ended: [], damaged: [file.slice(folder.length + 1)] });
    found.forget();
    expect(existsSync(file)).toBe(true);
  });

  test("case 74: follows no link, opens no pipe and reads no other name", () => {
    const file = left({});
    const name = (digit: string) => file.replace(/0\.jsonl$/, `${digit}.jsonl`);
    symlinkSync(file, name("1"));
    mkdirSync(name("2"));
    execFileSync("mkfifo", [name("3")]);
    writeFileSync(join(folder, "notes.jsonl"), "rubbish\n");
    expect(findEarlierRuns(folder, API)).toMatchObject({ ended: [{ pid: expect.any(Number) }], damaged: [] });
    expect(statSync(file).isFile()).toBe(true);
  });

  test("finds nothing where there is no folder", () => {
    expect(findEarlierRuns(folder, API)).toMatchObject({ ended: [], running: [], damaged: [] });
  });
});
