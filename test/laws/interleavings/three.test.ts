import { expect, test } from "vitest";
import {
  EDITED,
  endsWithLiveAsBranch,
  followUp,
  LAST,
  LIVE,
  NARROW,
  OTHER,
  refuses,
  type Scenario,
  WIDE,
} from "../../support/interleaving/scenarios.ts";

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "the same change three times": async (w) => {
    const pulls = [await w.propose([0, WIDE]), await w.propose([0, WIDE]), await w.propose([0, WIDE])];
    const pushes = pulls.map((number) => w.repository.merge(number));
    for (const push of pushes.reverse()) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "done, taken back and done again, before any apply": async (w) => {
    const pushes = [];
    for (const desired of [WIDE, LIVE, WIDE]) pushes.push(w.repository.merge(await w.propose([0, desired])));
    for (const push of pushes) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "done, taken back and done again, each applied": async (w) => {
    for (const desired of [WIDE, LIVE, WIDE]) {
      expect((await w.apply(w.repository.merge(await w.propose([0, desired])))).code).toBe(0);
    }
    expect(await w.writes()).toEqual([0, 0, 0]);
  },
  "the third is planned before the first two are applied": async (w) => {
    const c = await w.propose([0, NARROW]);
    await w.apply(w.repository.merge(await w.propose([0, WIDE])));
    await w.apply(w.repository.merge(await w.propose([0, LIVE])));
    expect((await w.apply(w.repository.merge(c))).code).toBe(0);
    expect(await w.writes()).toEqual([0, 0, 0]);
  },
  "two are refused, the third settles it": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    await w.edit(0, { audience: EDITED });
    await refuses(w, w.repository.merge(a), "The live audiences changed since the review");
    await refuses(w, w.repository.merge(b), "changed since the review");
    await followUp(w);
  },
  "a refused change becomes true again, and a third one is merged": async (w) => {
    const a = await w.propose([0, WIDE]);
    await w.edit(0, { audience: EDITED });
    await refuses(w, w.repository.merge(a), "The live audiences changed since the review");
    await w.edit(0, { audience: LIVE });
    expect((await w.apply(w.repository.merge(await w.propose([1, WIDE])))).code).toBe(0);
    expect([...(await w.writes())].sort()).toEqual([0, 1]);
  },
  "the first two in one push, the third late": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([1, WIDE])];
    const { before } = w.repository.merge(a);
    const { after } = w.repository.merge(b);
    const third = w.repository.merge(await w.propose([0, LAST]));
    for (const push of [third, { before, after }]) expect((await w.apply(push)).code).toBe(0);
    expect([...(await w.writes())].sort()).toEqual([0, 1]);
  },
  "the second and the third conflict with the first, and are brought up to date one by one": async (w) => {
    const pulls = [await w.propose([0, WIDE]), await w.propose([0, OTHER]), await w.propose([0, LAST])];
    for (const [index, number] of pulls.entries()) {
      const desired = [WIDE, OTHER, LAST][index] ?? LIVE;
      if (index > 0) {
        expect(await w.plan(number)).toBeNull();
        w.repository.update(number, w.files([0, desired]));
        await w.plan(number);
      }
      expect((await w.apply(w.repository.merge(number))).code).toBe(0);
    }
    expect(await w.writes()).toEqual([0, 0, 0]);
  },
};

test.each(Object.entries(SCENARIOS))("%s", (_, scenario) => endsWithLiveAsBranch(scenario));
