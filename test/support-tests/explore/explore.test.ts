import { describe, expect, test } from "vitest";
import type { ApplyPorts } from "../../../src/apply/apply-plan.ts";
import type { CampaignReader, CampaignWriter, WriteGuard } from "../../../src/domain/ports.ts";
import { createChoices, nextChoices } from "../../support/explore/choices.ts";
import { explore, replay } from "../../support/explore/explore.ts";
import type { Scene } from "../../support/explore/play.ts";
import { PART, parsePathName, pathName } from "../../support/explore/scenes.ts";
import { campaignOf, createWorld } from "../../support/explore/world.ts";

const NO_BUDGET = { faults: 0, edits: 0, signals: 0, lags: 0, pauses: 0, holdUps: 0 };

function sceneWith(budget: Partial<Scene["budget"]>, wrap: NonNullable<Scene["wrap"]>): Scene {
  return { name: "broken", runs: ["declared"], waitMs: null, budget: { ...NO_BUDGET, ...budget }, wrap };
}

/** The laws that fail in a scene, and the story of the first path on which one does. */
async function failuresOf(scene: Scene) {
  const { failures } = await explore(scene);
  const [first] = failures;
  if (first === undefined) return { laws: [], story: "" };
  return { laws: failures.flatMap(({ broken }) => broken), story: await replay(scene, first.choices) };
}

function withGuard(change: (guard: WriteGuard) => WriteGuard) {
  return (ports: ApplyPorts): ApplyPorts => {
    const writer: CampaignWriter = {
      replaceAudience: (id, audience, guard, signal) =>
        ports.writer.replaceAudience(id, audience, change(guard), signal),
    };
    return { ...ports, writer };
  };
}

const heedless = withGuard((guard) => ({
  ...guard,
  pass() {
    guard.pass();
    return true;
  },
}));

describe("a core that is broken breaks a law", () => {
  test("a write that does not heed its guard goes out on an old look", async () => {
    const { laws, story } = await failuresOf(sceneWith({ pauses: 1 }, heedless));
    expect(laws).toContain("a write goes out on a look 1500 ms old");
    expect(story).toMatch(/^1\. the look of run 1 meets 1before$/m);
    expect(story).toMatch(/^\d+\. the write of run 1 waits 1500 ms for a connection$/m);
    expect(story).toMatch(/^broken: a write goes out on a look 1500 ms old$/m);
  });

  test("a write that does not heed the signal goes out after it", async () => {
    const deaf = (ports: ApplyPorts): ApplyPorts => ({
      ...ports,
      writer: {
        replaceAudience: (id, audience, guard) => heedless(ports).writer.replaceAudience(id, audience, guard),
      },
    });
    const { laws } = await failuresOf(sceneWith({ signals: 1 }, deaf));
    expect(laws).toContain("a write goes out after the signal");
  });

  test("a lost write that is repeated without a look", async () => {
    const hasty = (ports: ApplyPorts): ApplyPorts => ({
      ...ports,
      writer: {
        async replaceAudience(...asked) {
          try {
            return await ports.writer.replaceAudience(...asked);
          } catch {
            return ports.writer.replaceAudience(...asked);
          }
        },
      },
    });
    const { laws } = await failuresOf(sceneWith({ faults: 1 }, hasty));
    expect(laws).toContain("a write goes out without a look since the last one");
  });

  test("a reader that says what it was told to write", async () => {
    const lying = (ports: ApplyPorts): ApplyPorts => {
      let written: Parameters<CampaignWriter["replaceAudience"]>[1] | null = null;
      const reader: CampaignReader = {
        async readCampaign(...asked) {
          const campaign = await ports.reader.readCampaign(...asked);
          return written === null ? campaign : { ...campaign, audience: written };
        },
      };
      const writer: CampaignWriter = {
        replaceAudience(id, audience, guard, signal) {
          written = audience;
          return ports.writer.replaceAudience(id, audience, guard, signal);
        },
      };
      return { ...ports, reader, writer };
    };
    const { laws } = await failuresOf(sceneWith({ faults: 1 }, lying));
    expect(laws).toContain("applied, but live never was as declared since the write");
    expect(laws).toContain("applied, but no look showed it");
  });

  test("a ledger that forgets what is under way: a second signal would leave an untrue report", async () => {
    const forgetful = (ports: ApplyPorts): ApplyPorts => {
      const { ledger } = ports;
      return ledger === undefined ? ports : { ...ports, ledger: { ...ledger, note: () => undefined } };
    };
    const { laws } = await failuresOf(sceneWith({}, forgetful));
    expect(laws).toContain("not-attempted, but ours are the audiences in place");
    expect(laws).toContain("not-attempted, but a write took effect, or may have");
  });

  test("a writer that leaves out what is excluded", async () => {
    const partial = (ports: ApplyPorts): ApplyPorts => ({
      ...ports,
      writer: {
        replaceAudience: (id, audience, guard, signal) =>
          ports.writer.replaceAudience(id, { ...audience, exclude: [] }, guard, signal),
      },
    });
    const { laws } = await failuresOf(sceneWith({}, partial));
    expect(laws).toContain("a write is not what the file declares");
  });

  test("a run that gives up after one lost answer", async () => {
    const faint = (ports: ApplyPorts): ApplyPorts => {
      let writes = 0;
      const writer: CampaignWriter = {
        replaceAudience(...asked) {
          writes += 1;
          if (writes > 1) throw new Error("No more.");
          return ports.writer.replaceAudience(...asked);
        },
      };
      return { ...ports, writer };
    };
    const { laws } = await failuresOf(sceneWith({ faults: 1 }, faint));
    expect(laws.join()).toContain("the run throws");
  });
});

test("every sequence of choices is made once", () => {
  const made: string[] = [];
  let given: readonly number[] | null = [];
  while (given !== null) {
    const choices = createChoices(given);
    const first = choices.take(["a", "b"]);
    const second = first === "a" ? choices.take(["1", "2", "3"]) : "";
    made.push(first + second + choices.take(["x", "y"]));
    given = nextChoices(choices.made);
  }
  expect(made).toEqual(["a1x", "a1y", "a2x", "a2y", "a3x", "a3y", "bx", "by"]);
});

test("a path has a name that leads back to it, and plays the same each time", async () => {
  const scene = PART[0] as Scene;
  const name = pathName(scene, [0, 0, 0, 0, 1, 0, 0]);
  const parsed = parsePathName(name);
  expect(parsed).toEqual({ scene, choices: [0, 0, 0, 0, 1] });
  const story = await replay(scene, parsed.choices);
  expect(story).toContain("report of run 1:");
  expect(await replay(scene, parsed.choices)).toBe(story);
});

test("a campaign is shown as the API would show it", () => {
  const { live } = createWorld();
  expect(campaignOf(live)).toMatchObject({ authoringStatus: "draft", reach: { status: "ok" } });
});
