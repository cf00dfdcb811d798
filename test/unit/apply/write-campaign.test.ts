import { describe, expect, test } from "vitest";
import { writeCampaign } from "../../../src/apply/write-campaign.ts";
import { AccessError, ApiError, InterruptedError, NetworkError } from "../../../src/domain/errors.ts";
import type { CampaignWriter, WriteStep } from "../../../src/domain/ports.ts";
import { type FakeApi, fakeApi, fakeClock } from "../../support/api/fake-api.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { sampleUpdate } from "../../support/samples/plan.ts";

const ID = campaignId(1);
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const UPDATE = { ...sampleUpdate(1), campaignId: ID, before: BEFORE, after: AFTER };
const NEVER = new AbortController().signal;
const FACTS = { method: "PUT", path: "/x", correlationId: null };

const lost = () => new NetworkError("No answer.");
const notSent = () => new NetworkError("No connection.", { sent: "no" });
const withheld = () => new NetworkError("Not tried.", { sent: "withheld" });
const refused = (status: number, code: string) => new ApiError("No.", { ...FACTS, status, code });

function begin() {
  const clock = fakeClock();
  const api = fakeApi({ [ID]: { audience: BEFORE } }, clock);
  return { clock, api };
}

type World = ReturnType<typeof begin>;

async function write({ clock, api }: World, writer: CampaignWriter = api.writer, steps: WriteStep[] = []) {
  const note = (step: WriteStep) => void steps.push(step);
  return writeCampaign(
    UPDATE,
    { reader: api.reader, writer, clock, note, record: () => undefined, mayWrite: () => true, kind: "apply" },
    NEVER,
  );
}

/** Each write in turn ends with one of these errors; after the last one they are accepted. */
function failing(api: FakeApi, ...errors: readonly Error[]) {
  api.beforeWrite = (_, count) => {
    const error = errors[count - 1];
    if (error !== undefined) throw error;
  };
}

describe("an accepted write", () => {
  test.each([
    ["the server's time of its answer", 7_000, 7_000],
    ["where it gave none, that of the read after it", null, Date.parse("2026-11-24T10:00:00Z")],
  ])("is not later than %s", async (_, serverTime, latest) => {
    const world = begin();
    const end = await write(world, {
      async replaceAudience(id, audience) {
        world.api.edit(id, { audience });
        return { serverTime, status: 200, correlationId: null };
      },
    });
    expect(end).toMatchObject({ kind: "written", evidence: { latest } });
  });
});

describe("a refused write", () => {
  test.each([
    ["a 409 that says not draft", refused(409, "A.B.NOT_DRAFT"), { kind: "locked", live: null }],
    ["a 409 of another kind", refused(409, "A.B.TYPE_UNSUPPORTED"), { kind: "failed", mayHaveLanded: false }],
    [
      "not draft, with another status",
      refused(422, "A.B.NOT_DRAFT"),
      { kind: "failed", mayHaveLanded: false },
    ],
    ["one that was not even tried", withheld(), { kind: "failed", mayHaveLanded: false }],
  ])("%s is not looked after and not repeated", async (_, error, expected) => {
    const world = begin();
    failing(world.api, error);
    expect(await write(world)).toMatchObject(expected);
    expect(world.api.writes).toHaveLength(1);
    expect(world.api.reads).toHaveLength(1);
  });

  test.each([
    ["of one campaign", refused(422, "A.B"), false],
    ["of the credentials", new AccessError("No.", { ...FACTS, status: 403, code: "SCOPE" }), true],
  ] as const)("%s says whether the run may go on", async (_, error, accessDenied) => {
    const world = begin();
    failing(world.api, error);
    expect(await write(world)).toMatchObject({ accessDenied });
  });
});

test.each([
  ["of one campaign", refused(404, "A.NOT_FOUND"), false],
  ["for want of access", new AccessError("No.", { ...FACTS, status: 401, code: "TOKEN" }), true],
] as const)("a guard read that fails %s ends it unwritten", async (_, error, accessDenied) => {
  const world = begin();
  world.api.beforeRead = () => {
    throw error;
  };
  expect(await write(world)).toMatchObject({ kind: "failed", mayHaveLanded: false, accessDenied });
  expect(world.api.writes).toHaveLength(0);
});

describe("a write that is to be repeated after a pause", () => {
  /** It waits for a turn, a token or the rate; by then something has happened. */
  function paused({ api, clock }: World, meanwhile: () => void, ms = 1_001): CampaignWriter {
    return {
      async replaceAudience(id, audience, guard, signal) {
        meanwhile();
        await clock.sleep(ms);
        return api.writer.replaceAudience(id, audience, guard, signal);
      },
    };
  }

  test.each([
    [1_000, 2],
    [1_001, 3],
  ])(
    "after %i ms it goes out when the campaign was read %i times, the read-back included",
    async (ms, reads) => {
      const world = begin();
      expect(
        await write(
          world,
          paused(world, () => undefined, ms),
        ),
      ).toMatchObject({ kind: "written" });
      expect(world.api.reads).toHaveLength(reads);
    },
  );

  test("is sent when live is still as planned", async () => {
    const world = begin();
    expect(
      await write(
        world,
        paused(world, () => undefined),
      ),
    ).toMatchObject({ kind: "written" });
  });

  test.each([
    ["moved", { audience: binding([7]) }, "stale"],
    ["locked", { authoringStatus: "scheduled" }, "locked"],
    ["already as declared", { audience: AFTER }, "unchanged"],
  ])("is not sent when live is %s meanwhile", async (_, change, kind) => {
    const world = begin();
    expect(
      await write(
        world,
        paused(world, () => world.api.edit(ID, change)),
      ),
    ).toMatchObject({ kind });
    expect(world.api.writes).toHaveLength(0);
  });

  test.each([
    [refused(404, "A.NOT_FOUND"), { kind: "failed", mayHaveLanded: false, error: { code: "A.NOT_FOUND" } }],
    [new InterruptedError("SIGINT"), { kind: "not-attempted", reason: "interrupted" }],
  ])("is not sent when it cannot be read again: %s", async (error, expected) => {
    const world = begin();
    world.api.beforeRead = (_, count) => {
      if (count === 2) throw error;
    };
    expect(
      await write(
        world,
        paused(world, () => undefined),
      ),
    ).toMatchObject(expected);
    expect(world.api.writes).toHaveLength(0);
  });
});

describe("a lost answer", () => {
  test("an interruption before anything was sent is not attempted; after a loss it may have landed", async () => {
    for (const [errors, expected] of [
      [[new InterruptedError("SIGINT")], { kind: "not-attempted", reason: "interrupted" }],
      [[lost(), new InterruptedError("SIGINT")], { kind: "failed", mayHaveLanded: true }],
    ] as const) {
      const world = begin();
      failing(world.api, ...errors);
      expect(await write(world)).toMatchObject(expected);
    }
  });

  test.each([
    [[lost(), refused(422, "A.B")], true],
    [[notSent(), refused(422, "A.B")], false],
    [[lost(), notSent(), notSent()], true],
    [[notSent(), notSent(), lost()], true],
    [[notSent(), notSent(), notSent()], false],
  ])("one that may have landed stays so, whatever comes after it (%#)", async (errors, mayHaveLanded) => {
    const world = begin();
    failing(world.api, ...errors);
    expect(await write(world)).toMatchObject({ kind: "failed", mayHaveLanded });
  });

  test("given up, it says how often it was written and what is live", async () => {
    const world = begin();
    failing(world.api, lost(), lost(), lost());
    expect(await write(world)).toMatchObject({
      error: { message: "No answer. Written 3 times; the campaign still has the old audiences." },
    });
  });

  test("where nothing was sent and it is there, somebody else wrote it: unchanged", async () => {
    const world = begin();
    world.api.beforeWrite = () => {
      world.api.edit(ID, { audience: AFTER });
      throw notSent();
    };
    expect(await write(world)).toMatchObject({ kind: "unchanged" });
  });
});

describe("the steps that are noted", () => {
  test.each([
    ["a write that was lost is open", [lost()], ["sending", "not-accepted", "sending", "accepted"]],
    ["one that never left is not", [notSent()], ["sending", "settled", "sending", "accepted"]],
    ["nor is one that was refused", [refused(422, "A.B")], ["sending", "settled"]],
    [
      "a refusal does not close a lost one before it",
      [lost(), refused(422, "A.B")],
      ["sending", "not-accepted", "sending", "not-accepted"],
    ],
  ] as const)("%s", async (_, errors, expected) => {
    const world = begin();
    const steps: WriteStep[] = [];
    failing(world.api, ...errors);
    await write(world, world.api.writer, steps);
    expect(steps).toEqual(expected);
  });
});
