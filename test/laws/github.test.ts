import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalBinding, sameBinding } from "../../src/domain/binding.ts";
import type { AudienceBinding, Plan } from "../../src/domain/model.ts";
import { renderApplyComment } from "../../src/github/page/apply-comment.ts";
import { planDriftIssues } from "../../src/github/page/drift-operations.ts";
import { renderPlanComment } from "../../src/github/page/plan-comment.ts";
import { atHeadline } from "../../src/github/page/shown/headline.ts";
import { planShownIn } from "../../src/github/page/shown/reviewed-fold.ts";
import { showsAll } from "../../src/github/page/shown/shown-plan.ts";
import { decodeHeader, encodeHeader, visiblePart } from "../../src/github/review/comment-header.ts";
import { compareReviewed } from "../../src/github/review/compare-reviewed.ts";
import type { IssueOperation } from "../../src/github/review/issue-operation.ts";
import { originOf } from "../../src/github/review/origin.ts";
import { mayBeWeaker } from "../../src/github/review/plan-labels.ts";
import { changeDigest, fitReviewed } from "../../src/github/review/reviewed.ts";
import type { CommentHeader, OwnIssue, Reviewed, ReviewedChange } from "../../src/github/run/model.ts";
import { updatesOf } from "../../src/plan/updates.ts";
import { planHead } from "../../src/render/page/plan-head.ts";
import { planLine } from "../../src/render/page/summary-line.ts";
import { anyText } from "../support/fuzz/any-text.ts";
import { plan as anyPlan, report } from "../support/samples/arbitrary-plans.ts";
import { arbitraryBinding, campaignId } from "../support/samples/bindings.ts";
import { COMMIT, fileUrl, leftOf, RUN_URL, sampleIssue, target } from "../support/samples/github.ts";
import {
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../support/samples/plan.ts";

/** Few bindings, so that what was reviewed and what is planned are often the same. */
const someBinding = (pool: readonly AudienceBinding[]) => fc.constantFrom(...pool.map(canonicalBinding));

const changesOver = (pool: readonly AudienceBinding[]): fc.Arbitrary<readonly ReviewedChange[]> =>
  fc
    .uniqueArray(
      fc
        .record({ n: fc.integer({ min: 1, max: 4 }), before: someBinding(pool), after: someBinding(pool) })
        .map(({ n, before, after }) => ({ campaignId: campaignId(n), before, after }))
        .filter(({ before, after }) => !sameBinding(before, after)),
      { selector: (change) => change.campaignId, maxLength: 4 },
    )
    .map((changes) => [...changes].sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1)));

const planOf = (changes: readonly ReviewedChange[]): Plan =>
  samplePlan(changes.map((change, n) => sampleUpdate(n, change)));

const reviewedOver = (pool: readonly AudienceBinding[]): fc.Arbitrary<Reviewed> =>
  fc
    .record({ changes: changesOver(pool), kind: fc.constantFrom("changes", "digests", "digest") })
    .map(({ changes, kind }) => {
      if (kind === "changes") return { kind, changes };
      if (kind === "digests") return { kind, digests: changes.map(changeDigest).sort() };
      return { kind: "digest", digest: planOf(changes).digest };
    });

const pool = fc.uniqueArray(arbitraryBinding, {
  minLength: 3,
  maxLength: 3,
  selector: (any) => JSON.stringify(any),
});

/** A plan of today, and what was reviewed, the newest first. */
const comparison = pool.chain((bindings) =>
  fc.record({ changes: changesOver(bindings), reviewed: fc.array(reviewedOver(bindings), { maxLength: 4 }) }),
);

const isIn = (reviewed: Reviewed, change: ReviewedChange, plan: Plan): boolean => {
  switch (reviewed.kind) {
    case "changes":
      return reviewed.changes.some((other) => JSON.stringify(other) === JSON.stringify(change));
    case "digests":
      return reviewed.digests.includes(changeDigest(change));
    case "digest":
      return reviewed.digest === plan.digest;
  }
};

describe("comparing with what was reviewed", () => {
  test("every update has a verdict, and none is permitted that no header reviewed", () => {
    fc.assert(
      fc.property(comparison, ({ changes, reviewed }) => {
        const plan = planOf(changes);
        const verdicts = compareReviewed(plan, reviewed);
        expect([...verdicts.keys()]).toEqual(changes.map((change) => change.campaignId));
        for (const change of changes) {
          if (verdicts.get(change.campaignId)?.kind !== "reviewed") continue;
          expect(reviewed.some((each) => isIn(each, change, plan))).toBe(true);
        }
      }),
    );
  });

  test("a newer plan that names the campaign decides, whatever the older ones say", () => {
    fc.assert(
      fc.property(comparison, ({ changes, reviewed }) => {
        const plan = planOf(changes);
        const [newest] = reviewed;
        if (newest?.kind !== "changes") return;
        const all = compareReviewed(plan, reviewed);
        for (const named of newest.changes) {
          const alone = compareReviewed(plan, [newest]).get(named.campaignId);
          // What the older ones say only changes how a refusal is explained.
          expect({ ...all.get(named.campaignId), isOverruled: undefined }).toEqual({
            ...alone,
            isOverruled: undefined,
          });
        }
      }),
    );
  });

  test("the order of campaigns makes no difference", () => {
    fc.assert(
      fc.property(comparison, ({ changes, reviewed }) => {
        const turned = reviewed.map((each) =>
          each.kind === "changes" ? { ...each, changes: [...each.changes].reverse() } : each,
        );
        const backwards = { ...planOf(changes), changes: [...planOf(changes).changes].reverse() };
        const there = compareReviewed(backwards, turned);
        for (const [id, verdict] of compareReviewed(planOf(changes), reviewed))
          expect(there.get(id)).toEqual(verdict);
      }),
    );
  });

  test("whatever form a header has room for, it permits the plan that it was made of", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 0, max: 4_000 }), (plan, room) => {
        const verdicts = compareReviewed(plan, [fitReviewed(plan, room)]);
        expect([...verdicts.values()].filter(({ kind }) => kind !== "reviewed")).toEqual([]);
      }),
    );
  });
});

describe("headers", () => {
  const header = pool.chain((bindings) =>
    fc.record({
      target: fc.constant(target.key),
      commit: fc.constant(COMMIT),
      state: fc.constantFrom("planned" as const, "applied" as const, "refused" as const),
      reviewed: reviewedOver(bindings),
    }),
  );

  test("read back as they were, whatever follows", () => {
    fc.assert(
      fc.property(header, fc.string(), (any: CommentHeader, text) => {
        expect(decodeHeader(`${encodeHeader(any)}\n${text}`, target.key)).toEqual(any);
      }),
    );
  });

  test("altered anywhere, they are read as nothing or as something whole, and nothing is thrown", () => {
    fc.assert(
      fc.property(header, fc.nat(), fc.string({ maxLength: 3 }), (any, at, text) => {
        const line = encodeHeader(any);
        const place = at % line.length;
        const read = decodeHeader(`${line.slice(0, place)}${text}${line.slice(place + 1)}`, target.key);
        if (read !== null) expect(decodeHeader(encodeHeader(read), target.key)).toEqual(read);
      }),
    );
  });

  test("any text is no header", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(decodeHeader(text, target.key)).toBeNull();
        expect(decodeHeader(`<!-- campaignctl:plan ${target.key} ${text}`, target.key)).toBeNull();
      }),
    );
  });
});

describe("comments", () => {
  const limit = fc.integer({ min: 20_000, max: 30_000 });
  const render = (plan: Plan, room: number) =>
    renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL, limit: room });

  test("keep their limit, their header and their verdict", () => {
    fc.assert(
      fc.property(anyPlan, limit, (plan, room) => {
        const { body, header } = render(plan, room);
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(room);
        expect(decodeHeader(body, target.key)).toEqual(header);
        const { head } = atHeadline(visiblePart(body));
        expect(head.at(-1)?.split("\n")[0]).toBe(`### ${planHead(plan).headline}`);
        expect(head.length).toBe(mayBeWeaker(plan.ruleChanges) ? 2 : 1);
        expect(body).toContain(`\n<sub>${planLine(plan.summary)}<br>`);
      }),
    );
  });

  test("show what they permit, whatever is in names and files, also when applied", () => {
    fc.assert(
      fc.property(anyPlan, report, (plan, done) => {
        const previous = renderPlanComment({
          plan,
          target,
          commit: COMMIT,
          origins: null,
          fileUrl,
          runUrl: RUN_URL,
        });
        const left = leftOf("planned", previous.header.reviewed);
        const verdicts = compareReviewed(plan, []);
        const input = { plan, verdicts, left, runUrl: RUN_URL };
        const applied = renderApplyComment({ ...input, report: done, previous });
        const updates = updatesOf(plan.changes);
        expect([previous, applied].map(({ body }) => showsAll(body, updates))).toEqual([true, true]);
      }),
    );
  });

  test("keep the limit when applied, and the plan however often they are", () => {
    fc.assert(
      fc.property(anyPlan, report, report, (plan, first, second) => {
        const verdicts = compareReviewed(plan, []);
        const previous = render(plan, 30_000);
        const left = leftOf("planned", previous.header.reviewed);
        const input = { plan, verdicts, left, runUrl: RUN_URL };
        const once = renderApplyComment({ ...input, report: first, previous });
        const twice = renderApplyComment({ ...input, report: second, previous: once });
        expect(planShownIn(twice.body)).toBe(planShownIn(once.body));
        expect(planShownIn(once.body)).toBe(visiblePart(previous.body));
        const tight = renderApplyComment({ ...input, report: first, previous, limit: 24_000 });
        expect(Buffer.byteLength(tight.body)).toBeLessThanOrEqual(24_000);
        expect(decodeHeader(tight.body, target.key)).toEqual(tight.header);
      }),
    );
  });
});

test("a change that the base already declares is drift, one that only the head declares is not", () => {
  fc.assert(
    fc.property(pool, ([base, other, third]) => {
      if (base === undefined || other === undefined || third === undefined) return;
      expect(originOf({ before: other, after: base }, base)).toBe("drift");
      expect(originOf({ before: base, after: other }, base)).toBe("this pull request");
      expect(originOf({ before: other, after: third }, base)).toBe("this pull request and drift");
    }),
  );
});

describe("drift issues", () => {
  const change = (n: number) =>
    fc.constantFrom(sampleUpdate(n), sampleNoOp(n), sampleSkip(n), sampleUnreadable(n), null);
  const plan = fc
    .tuple(change(1), change(2), change(3))
    .map((changes) => samplePlan(changes.flatMap((each) => each ?? [])));

  const planned = (any: Plan, issues: readonly OwnIssue[]) =>
    planDriftIssues({
      plan: any,
      isGone: () => true,
      target,
      issues,
      fileUrl,
    }).map(({ operation }) => operation);

  const afterwards = (issue: OwnIssue, operation: Exclude<IssueOperation, { kind: "open" }>): OwnIssue => {
    if (issue.number !== operation.number || operation.kind === "leave") return issue;
    return operation.kind === "close"
      ? { ...issue, isOpen: false }
      : { ...issue, ...operation, isOpen: true };
  };

  /** What GitHub would hold after the operations. */
  const carriedOut = (
    issues: readonly OwnIssue[],
    operations: ReturnType<typeof planned>,
  ): readonly OwnIssue[] =>
    operations.reduce<readonly OwnIssue[]>((all, operation) => {
      if (operation.kind === "open") return all.concat(sampleIssue(all.length + 1, operation));
      return all.map((issue) => afterwards(issue, operation));
    }, issues);

  test("a second run of the same drift has nothing to do, through any history", () => {
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 5 }), (history) => {
        const issues = history.reduce<readonly OwnIssue[]>(
          (all, any) => carriedOut(all, planned(any, all)),
          [],
        );
        const last = history.at(-1) ?? samplePlan([]);
        expect(planned(last, issues).filter(({ kind }) => kind !== "leave")).toEqual([]);
        const open = issues.filter(({ isOpen }) => isOpen).length;
        expect(open).toBeGreaterThanOrEqual(last.summary.update);
        expect(open).toBeLessThanOrEqual(last.summary.update + last.summary.error);
      }),
    );
  });
});
