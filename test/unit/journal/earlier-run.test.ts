import { describe, expect, test } from "vitest";
import type { WriteStep } from "../../../src/domain/ports.ts";
import { readJournal } from "../../../src/journal/earlier-run.ts";
import { earlierRunsText } from "../../../src/journal/earlier-runs-text.ts";
import { decodeEntry, type Entry, encodeEntry } from "../../../src/journal/entry.ts";
import { campaignId } from "../../support/samples/bindings.ts";

const FACTS = {
  run: "5f1a0a0e-1111-4222-8333-444455556666",
  pid: 4711,
  processStart: "boot-1/4242",
  host: "build-1",
  apiUrl: "https://api.example.test/public/v1",
  planDigest: `sha256:${"0".repeat(64)}`,
  shard: null,
};

function entry(number: number, step: WriteStep, second = number): Entry {
  const at = new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();
  return { ...FACTS, at, campaignId: campaignId(number), step };
}

const text = (...entries: readonly Entry[]) => entries.map(encodeEntry).join("");

describe("a line", () => {
  test("is one line that gives the entry back", () => {
    const line = encodeEntry(entry(1, "sending"));
    expect(line).toMatch(/^\{[^\n]*\}\n$/);
    expect(decodeEntry(line)).toEqual(entry(1, "sending"));
  });

  test.each([
    ["format", 2],
    ["format", undefined],
    ["run", "x"],
    ["pid", 0],
    ["pid", 1.5],
    ["pid", "4711"],
    ["processStart", 4242],
    ["host", null],
    ["apiUrl", 1],
    ["planDigest", []],
    ["shard", 2],
    ["at", "yesterday"],
    ["campaignId", "\u001b[2J"],
    ["step", "done"],
  ])("case 74: a line with a wrong value is not understood (%s, %j)", (key, value) => {
    const line = JSON.stringify({ ...JSON.parse(encodeEntry(entry(1, "sending"))), [key]: value });
    expect(decodeEntry(line)).toBeNull();
  });

  test("of a system or a version that does not say when the process began is understood", () => {
    const { processStart: _, ...older } = JSON.parse(encodeEntry(entry(1, "sending")));
    const understood = { ...entry(1, "sending"), processStart: null };
    expect(decodeEntry(JSON.stringify(older))).toEqual(understood);
    expect(decodeEntry(encodeEntry(understood))).toEqual(understood);
  });

  test.each(["", "null", "[]", "{", "7", '"x"'])(
    "case 74: a line that is no entry is not understood (%j)",
    (line) => {
      expect(decodeEntry(line)).toBeNull();
    },
  );
});

describe("what a journal leaves open", () => {
  test("is each write whose outcome is not known, by its last step", () => {
    const { run, isDamaged } = readJournal(
      text(
        entry(1, "sending"),
        entry(2, "sending"),
        entry(1, "accepted"),
        entry(3, "sending"),
        entry(1, "settled"),
        entry(3, "accepted"),
        entry(4, "sending"),
        entry(4, "not-accepted", 9),
      ),
    );
    expect(isDamaged).toBe(false);
    expect(run).toEqual({
      ...FACTS,
      lastAt: "2026-11-24T10:00:09.000Z",
      open: [
        { campaignId: campaignId(2), isAccepted: false },
        { campaignId: campaignId(3), isAccepted: true },
        { campaignId: campaignId(4), isAccepted: false },
      ],
    });
  });

  test("case 74: a line that was cut off at its end, at whatever byte, costs that line and nothing else", () => {
    const first = text(entry(1, "sending"), entry(1, "settled"));
    const last = encodeEntry(entry(2, "sending"));
    for (let cut = 0; cut < last.length - 1; cut += 1) {
      const { run, isDamaged } = readJournal(first + last.slice(0, cut));
      expect({ open: run?.open, isDamaged }).toEqual({ open: [], isDamaged: false });
    }
    expect(readJournal(first + last.slice(0, -1)).run?.open).toHaveLength(1);
  });

  test("case 74: damaged lines and those of another version are told, and the others still count", () => {
    const other = encodeEntry(entry(5, "sending")).replace('"format":1', '"format":2');
    const journal = `${text(entry(1, "sending"))}\u0000\u0000rubbish\n${other}${text(entry(2, "sending"))}`;
    const { run, isDamaged } = readJournal(journal);
    expect(isDamaged).toBe(true);
    expect(run?.open.map((write) => write.campaignId)).toEqual([campaignId(1), campaignId(2)]);
  });

  test("case 74: without one line that is understood nothing is known", () => {
    expect(readJournal("rubbish\n")).toEqual({ run: null, isDamaged: true });
    expect(readJournal("")).toEqual({ run: null, isDamaged: false });
  });
});

describe("what is told", () => {
  const run = (count: number, isAccepted = false) => ({
    ...FACTS,
    lastAt: "2026-11-24T10:00:00.000Z",
    open: Array.from({ length: count }, (_, index) => ({ campaignId: campaignId(index), isAccepted })),
  });

  test("names the writes, those with the least known first", () => {
    const mixed = {
      ...run(0),
      open: [...run(1, true).open, { campaignId: campaignId(7), isAccepted: false }],
    };
    expect(earlierRunsText({ ended: [mixed], running: [], unsure: [], damaged: [] })).toEqual([
      `The last run ended while writing 1 campaign and before reading 1 campaign back (at 2026-11-24T10:00:00.000Z). What is live decides: it is read before anything is written.
  ${campaignId(7)}: no answer had come
  ${campaignId(0)}: accepted, not read back`,
    ]);
  });

  test("says how many it does not name", () => {
    const [told = ""] = earlierRunsText({ ended: [run(23)], running: [], unsure: [], damaged: [] });
    expect(told).toMatch(/^The last run ended while writing 23 campaigns \(at /);
    expect(told.split("\n")).toHaveLength(22);
    expect(told).toMatch(/\n {2}and 3 more$/);
    expect(earlierRunsText({ ended: [run(20)], running: [], unsure: [], damaged: [] })[0]).not.toContain(
      "more",
    );
  });

  test("is nothing of a run that left nothing open", () => {
    expect(earlierRunsText({ ended: [run(0)], running: [], unsure: [], damaged: [] })).toEqual([]);
  });

  test("is of a run that may go on, that it may be another process, and what to do then", () => {
    expect(earlierRunsText({ ended: [], running: [], unsure: [run(1)], damaged: [] })).toEqual([
      `Another apply may be running here, or process 4711 may be another program by now (last write at 2026-11-24T10:00:00.000Z). Where both write a campaign, the last one wins. If no other apply runs, delete .campaignctl/apply-${FACTS.run}.jsonl.`,
    ]);
  });

  test("is that another run seems to go on, and which files were ignored, each in one line", () => {
    expect(
      earlierRunsText({ ended: [], running: [run(1)], unsure: [], damaged: ["a.jsonl", "b.jsonl"] }),
    ).toEqual([
      expect.stringMatching(/^Another apply .*process 4711.*the last one wins\.$/),
      expect.stringMatching(/ignored: \.campaignctl\/a\.jsonl and 1 more\./),
    ]);
    expect(earlierRunsText({ ended: [], running: [], unsure: [], damaged: ["a.jsonl"] })[0]).toMatch(
      /a\.jsonl\. A/,
    );
  });
});
