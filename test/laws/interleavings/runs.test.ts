import { expect, test } from "vitest";
import type { Method } from "../../support/interleaving/git-repository.ts";
import {
  endsWithLiveAsBranch,
  followUp,
  LAST,
  NARROW,
  OTHER,
  refuses,
  type Scenario,
  WIDE,
} from "../../support/interleaving/scenarios.ts";

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "a run that GitHub dropped is done by the next": async (w) => {
    w.repository.merge(await w.propose([0, WIDE]));
    expect((await w.apply(w.repository.merge(await w.propose([1, WIDE])))).code).toBe(0);
    expect([...(await w.writes())].sort()).toEqual([0, 1]);
  },
  "a run that GitHub dropped, and the next changes the same": async (w) => {
    w.repository.merge(await w.propose([0, WIDE]));
    expect((await w.apply(w.repository.merge(await w.propose([0, OTHER])))).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "a run is started again": async (w) => {
    const push = w.repository.merge(await w.propose([0, WIDE]));
    for (const attempt of [1, 2]) expect((await w.apply(push, {}, attempt)).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "the run of the first is started again after the second": async (w) => {
    const first = w.repository.merge(await w.propose([0, WIDE]));
    await w.apply(first);
    await w.apply(w.repository.merge(await w.propose([0, OTHER])));
    expect((await w.apply(first, {}, 2)).code).toBe(0);
    expect(await w.writes()).toEqual([0, 0]);
  },
  "locked while the first is merged, and again a draft when the second is planned": async (w) => {
    const a = await w.propose([0, WIDE]);
    await w.edit(0, { authoringStatus: "scheduled" });
    expect((await w.apply(w.repository.merge(a))).code).toBe(0);
    await w.edit(0, { authoringStatus: "draft" });
    expect((await w.apply(w.repository.merge(await w.propose([0, OTHER])))).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
  },
  "locked while both are planned and merged": async (w) => {
    await w.edit(0, { authoringStatus: "scheduled" });
    const first = w.repository.merge(await w.propose([0, WIDE]));
    const second = w.repository.merge(await w.propose([0, OTHER]));
    for (const push of [first, second]) expect((await w.apply(push)).code).toBe(0);
    await w.edit(0, { authoringStatus: "draft" });
    // Nobody has reviewed what a locked campaign would get: that is told, and the next pull request shows it.
    expect((await w.dispatch()).code).toBe(7);
    await followUp(w);
  },
  "the first is closed without a merge": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    w.repository.close(a);
    expect((await w.apply(w.repository.merge(b))).code).toBe(0);
  },
  "a commit comes after the plan and is merged without one": async (w) => {
    const a = await w.propose([0, WIDE]);
    w.repository.extend(a, w.files([0, OTHER]));
    await refuses(w, w.repository.merge(a), "planned for an older commit");
    await followUp(w);
  },
  "two changes of each other's campaigns in one push": async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([1, NARROW])];
    const { before } = w.repository.merge(a, "merge");
    const { after } = w.repository.merge(b, "rebase");
    expect((await w.apply({ before, after })).code).toBe(0);
  },
};

test.each(Object.entries(SCENARIOS))("%s", (_, scenario) => endsWithLiveAsBranch(scenario));

test.each(["merge", "rebase"] as const)("a stale branch is merged by %s", (method: Method) =>
  endsWithLiveAsBranch(async (w) => {
    const [a, b] = [await w.propose([0, WIDE]), await w.propose([0, NARROW])];
    await w.apply(w.repository.merge(a, method));
    await refuses(w, w.repository.merge(b, method), "changed since the review");
    await followUp(w);
  }),
);

test.each([
  [0, 1, 2],
  [1, 2, 0],
  [2, 1, 0],
])("three in a row, each merged before any is applied; runs %i, %i, %i", (...order) =>
  endsWithLiveAsBranch(async (w) => {
    const pushes = [];
    for (const desired of [WIDE, OTHER, LAST]) pushes.push(w.repository.merge(await w.propose([0, desired])));
    for (const index of order) {
      const push = pushes[index];
      if (push !== undefined) expect((await w.apply(push)).code).toBe(0);
    }
    expect(await w.writes()).toEqual([0]);
  }),
);
