import { expect, test } from "vitest";
import {
  EDITED,
  endsWithLiveAsBranch,
  followUp,
  LIVE,
  NARROW,
  OTHER,
  refuses,
  type Scenario,
  WIDE,
} from "../../support/interleaving/scenarios.ts";

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "the same change twice, one after the other": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, WIDE])];
    await w.apply(w.repository.merge(a));
    await w.apply(w.repository.merge(b));
    expect(await w.writes()).toEqual([0]);
  },
  "the same change twice, both merged before an apply": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, WIDE])];
    const pushes = [w.repository.merge(a), w.repository.merge(b)];
    for (const push of pushes) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "the same change twice, the run of the second first": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, WIDE])];
    const pushes = [w.repository.merge(a), w.repository.merge(b)];
    for (const push of pushes.reverse()) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "two changes that Git merges, the second planned before the first was applied": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    await w.apply(w.repository.merge(a));
    await refuses(w, w.repository.merge(b), "changed since the review");
    await followUp(w);
  },
  "two changes that Git merges, the second brought up to date": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    await w.apply(w.repository.merge(a));
    w.repository.update(b);
    await w.plan(b);
    expect((await w.apply(w.repository.merge(b))).code).toBe(0);
  },
  "two changes that Git merges, the second planned again without an update": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    await w.apply(w.repository.merge(a));
    await w.plan(b);
    expect((await w.apply(w.repository.merge(b))).code).toBe(0);
  },
  "two changes that Git merges, in one push": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    const { before } = w.repository.merge(a);
    const { after } = w.repository.merge(b);
    await refuses(w, { before, after }, "changed since the review");
    await followUp(w);
  },
  "two changes that conflict": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, OTHER])];
    await w.apply(w.repository.merge(a));
    expect(await w.plan(b)).toBeNull();
    w.repository.update(b, w.files([0, OTHER]));
    await w.plan(b);
    expect((await w.apply(w.repository.merge(b))).code).toBe(0);
    expect(await w.writes()).toEqual([0, 0]);
  },
  "two changes that conflict, merged after the conflict was resolved and never planned again": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, OTHER])];
    await w.apply(w.repository.merge(a));
    w.repository.update(b, w.files([0, OTHER]));
    await refuses(w, w.repository.merge(b), "planned for an older commit");
    await followUp(w);
  },
  "the second takes the first back before that is applied": async (w) => {
    const first = w.repository.merge(await w.propose([0, WIDE]));
    const second = w.repository.merge(await w.propose([0, LIVE]));
    for (const push of [first, second]) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([]);
  },
  "the second takes the first back, which is applied after the second was planned": async (w) => {
    const first = w.repository.merge(await w.propose([0, WIDE]));
    const b = await w.propose([0, LIVE]);
    expect((await w.apply(first)).code).toBe(0);
    await refuses(w, w.repository.merge(b), "in no reviewed plan that is still to be applied");
    await followUp(w);
  },
  "the second takes the first back after that was applied": async (w) => {
    await w.apply(w.repository.merge(await w.propose([0, WIDE])));
    expect((await w.apply(w.repository.merge(await w.propose([0, LIVE])))).code).toBe(0);
    expect(await w.writes()).toEqual([0, 0]);
  },
  "the second is merged while the first waits for its approval, and goes first": async (w) => {
    const first = w.repository.merge(await w.propose([0, WIDE]));
    const second = w.repository.merge(await w.propose([0, OTHER]));
    for (const push of [second, first]) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "the second is merged while the first waits for its approval, and goes second": async (w) => {
    const first = w.repository.merge(await w.propose([0, WIDE]));
    const second = w.repository.merge(await w.propose([0, OTHER]));
    for (const push of [first, second]) expect((await w.apply(push)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "the first gets its approval after the second was planned": async (w) => {
    const first = w.repository.merge(await w.propose([0, WIDE]));
    const b = await w.propose([0, OTHER]);
    await w.apply(first);
    await refuses(w, w.repository.merge(b), "The live audiences changed since the review");
    await followUp(w);
  },
  "live is edited between the two": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([1, WIDE])];
    await w.apply(w.repository.merge(a));
    await w.edit(1, { audience: EDITED });
    await refuses(w, w.repository.merge(b), "The live audiences changed since the review");
    await followUp(w);
  },
  "live is edited to what the second wants": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([1, WIDE])];
    await w.apply(w.repository.merge(a));
    await w.edit(1, { audience: WIDE });
    expect((await w.apply(w.repository.merge(b))).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "the first is refused, the second declares what is live then": async (w) => {
    const a = await w.propose([0, WIDE]);
    await w.edit(0, { audience: EDITED });
    await refuses(w, w.repository.merge(a), "The live audiences changed since the review");
    expect((await w.apply(w.repository.merge(await w.propose([0, EDITED])))).code).toBe(0);
    expect(await w.writes()).toEqual([]);
  },
  "the second plans what the refused first one declared, as it is by now": async (w) => {
    const a = await w.propose([0, WIDE]);
    await w.edit(0, { audience: EDITED });
    await refuses(w, w.repository.merge(a), "The live audiences changed since the review");
    expect((await w.apply(w.repository.merge(await w.propose([0, OTHER])))).code).toBe(0);
  },
};

test.each(Object.entries(SCENARIOS))("%s", (_, scenario) => endsWithLiveAsBranch(scenario));
