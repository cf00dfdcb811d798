import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { encodeEntry } from "../../../src/journal/entry.ts";
import { createFileJournal, type JournalTrouble } from "../../../src/journal/file-journal.ts";
import { findEarlierRuns } from "../../../src/journal/find-earlier-runs.ts";
import { lookUpProcess } from "../../../src/journal/look-up-process.ts";
import { fakeClock } from "../../support/api/fake-api.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const API = "https://api.example.test";
const ONE = campaignId(1);

let folder: string;
beforeEach(() => {
  const workspace = makeWorkspace();
  folder = join(workspace.path, ".campaignctl");
  onTestFinished(workspace.remove);
});

function open(onTrouble: (trouble: JournalTrouble, error: unknown) => void = fail, apiUrl = API) {
  return createFileJournal({ folder, apiUrl, planDigest: "sha256:0", shard: null }, fakeClock(), onTrouble);
}

function fail(_: JournalTrouble, error: unknown): never {
  throw error;
}

/** A journal, and what was told of its troubles. */
function openTold() {
  const told: { readonly trouble: JournalTrouble; readonly error: unknown }[] = [];
  return { told, journal: open((trouble, error) => told.push({ trouble, error })) };
}

const journals = () => readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

/** Closes the journal's descriptor behind its back: each use of it fails. */
function breakDescriptor() {
  const file = join(folder, journals()[0] ?? "");
  const isOfFile = (descriptor: string) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`) === file;
    } catch {
      return false;
    }
  };
  closeSync(Number(readdirSync("/proc/self/fd").find(isOfFile)));
}

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
    expect(findEarlierRuns(folder, API, null).ended).toMatchObject([{ open: [{ campaignId: ONE }] }]);
  });

  test("without a write leaves nothing", () => {
    open().close();
    expect(existsSync(folder)).toBe(false);
  });

  test("case 75: where it cannot be written, that is told once and the run goes on", () => {
    writeFileSync(folder, "a file where the folder should be");
    const { told, journal } = openTold();
    journal.note(ONE, "sending");
    journal.note(ONE, "settled");
    journal.close();
    expect(told).toMatchObject([{ trouble: "not-written", error: { code: "ENOTDIR" } }]);
  });
});

describe("the end of a journal", () => {
  test("takes the file away and throws nothing, also where the file cannot be closed", () => {
    const { told, journal } = openTold();
    journal.note(ONE, "sending");
    breakDescriptor();
    journal.close();
    expect({ told, left: journals() }).toEqual({ told: [], left: [] });
  });

  test("takes the file away where its last line could not be written, which is told", () => {
    const { told, journal } = openTold();
    journal.note(ONE, "sending");
    breakDescriptor();
    journal.note(ONE, "settled");
    journal.close();
    expect(told).toMatchObject([{ trouble: "not-written", error: { code: "EBADF" } }]);
    expect(journals()).toEqual([]);
  });

  test("has nothing to tell where the folder is gone already", () => {
    const { told, journal } = openTold();
    journal.note(ONE, "sending");
    rmSync(folder, { recursive: true });
    journal.close();
    expect({ told, isThere: existsSync(folder) }).toEqual({ told: [], isThere: false });
  });

  test("tells once, and throws nothing, where the file cannot be taken away", () => {
    const { told, journal } = openTold();
    journal.note(ONE, "sending");
    const file = join(folder, journals()[0] ?? "");
    rmSync(file);
    mkdirSync(file);
    journal.close();
    journal.close();
    expect(told).toMatchObject([{ trouble: "not-removed", error: expect.any(Error) }]);
  });

  test("is the end, also of a journal without a write: what is noted later makes no file", () => {
    const journal = open();
    journal.close();
    journal.note(ONE, "sending");
    expect(existsSync(folder)).toBe(false);
  });
});

describe("the search for earlier runs", () => {
  type Left = { pid?: number; processStart?: string | null; host?: string; apiUrl?: string };
  const left = (facts: Left, name = "0") => {
    mkdirSync(folder, { recursive: true });
    const run = `5f1a0a0e-1111-4222-8333-44445555666${name}`;
    const own = { run, pid: endedPid(), processStart: null, host: hostname() };
    const entry = { ...own, apiUrl: API, planDigest: "", shard: null, ...facts };
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
    const found = findEarlierRuns(folder, API, null);
    expect(found).toMatchObject({ ended: [{ open: [{ campaignId: ONE }] }], running: [], damaged: [] });
    found.forget();
    expect(existsSync(file)).toBe(false);
  });

  /** A process that goes on until the test ends. */
  const liveProcess = async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child, "spawn");
    return child.pid ?? Number.NaN;
  };

  /** A process that has ended, but that its parent never asks about, as in a container without an init. */
  const zombie = async () => {
    const command = "head -c 1 <&3 >&2 & echo $!; exec sleep 600";
    const parent = spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "ignore", "pipe"] });
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [, stdout, , gate] = parent.stdio;
    const pid = Number(String((await once(stdout as Readable, "data"))[0]));
    // The shell would still ask about it; what it becomes does not.
    while (readFileSync(`/proc/${parent.pid}/comm`, "utf8") !== "sleep\n") await pause(5);
    (gate as Writable).end("x");
    while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) await pause(5);
    return pid;
  };

  test("takes one whose process is still there for running, and leaves its journal", async () => {
    const pid = await liveProcess();
    const file = left({ pid, processStart: lookUpProcess(pid)?.start ?? "unknown" });
    const found = findEarlierRuns(folder, API, null);
    expect(found).toMatchObject({ ended: [], running: [{ pid }], unsure: [] });
    found.forget();
    expect(existsSync(file)).toBe(true);
  });

  test.each(["an earlier boot", "the same boot"])(
    "takes one whose process id another process has by now for ended (%s)",
    async (boot) => {
      const pid = await liveProcess();
      const { start = "" } = lookUpProcess(pid) ?? {};
      const processStart = boot === "the same boot" ? `${start}0` : start.replace(/^[^/]+/, "x");
      const file = left({ pid, processStart });
      const found = findEarlierRuns(folder, API, null);
      expect(found).toMatchObject({ ended: [{ pid }], running: [], unsure: [] });
      found.forget();
      expect(existsSync(file)).toBe(false);
    },
  );

  test("takes one whose process is a zombie for ended", async () => {
    const pid = await zombie();
    left({ pid, processStart: lookUpProcess(pid)?.start ?? "unknown" });
    expect(findEarlierRuns(folder, API, null)).toMatchObject({ ended: [{ pid }], running: [], unsure: [] });
  });

  test("is unsure of one that does not say when its process began, and leaves its journal", async () => {
    const pid = await liveProcess();
    const file = left({ pid, processStart: null });
    const found = findEarlierRuns(folder, API, null);
    expect(found).toMatchObject({ ended: [], running: [], unsure: [{ pid }] });
    found.forget();
    expect(existsSync(file)).toBe(true);
  });

  test("knows a journal of this version by the start of its process", () => {
    open().note(ONE, "sending");
    expect(findEarlierRuns(folder, API, null).ended).toMatchObject([
      { pid: process.pid, processStart: lookUpProcess(process.pid)?.start },
    ]);
  });

  test("takes our own process id, and any of another machine, for ended", () => {
    left({ pid: process.pid }, "1");
    left({ pid: process.ppid, host: "elsewhere" }, "2");
    expect(findEarlierRuns(folder, API, null).ended).toHaveLength(2);
  });

  test("leaves what was run against another API alone", () => {
    const file = left({ apiUrl: "https://staging.example.test" });
    const found = findEarlierRuns(folder, API, null);
    expect(found).toMatchObject({ ended: [], running: [] });
    found.forget();
    expect(existsSync(file)).toBe(true);
  });

  test("case 74: names a file it does not understand, and leaves it", () => {
    const file = left({});
    writeFileSync(file, '{"format":2}\n');
    const found = findEarlierRuns(folder, API, null);
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
    expect(findEarlierRuns(folder, API, null)).toMatchObject({
      ended: [{ pid: expect.any(Number) }],
      damaged: [],
    });
    expect(statSync(file).isFile()).toBe(true);
  });

  test("finds nothing where there is no folder", () => {
    expect(findEarlierRuns(folder, API, null)).toMatchObject({ ended: [], running: [], damaged: [] });
  });
});
