import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderGitHubMarkdown, renderPages } from "../../scripts/picture/cmark.mjs";
import { makeDiagnostic } from "../../src/domain/diagnostics.ts";
import type { Diagnostic, Plan } from "../../src/domain/model.ts";
import { renderApplyComment } from "../../src/github/page/apply-comment.ts";
import { renderDriftIssue } from "../../src/github/page/drift-issue.ts";
import { renderFollowUpIssue } from "../../src/github/page/follow-up-issue.ts";
import { renderInvalidComment } from "../../src/github/page/invalid-comment.ts";
import { renderJobSummary } from "../../src/github/page/job-summary.ts";
import { renderPlanComment } from "../../src/github/page/plan-comment.ts";
import { encodeHeader } from "../../src/github/review/comment-header.ts";
import { compareReviewed } from "../../src/github/review/compare-reviewed.ts";
import { mayBeWeaker } from "../../src/github/review/plan-labels.ts";
import { targetOf } from "../../src/github/run/target.ts";
import { shownName } from "../../src/render/page/facts.ts";
import { findingSections } from "../../src/render/page/rules/finding-entry.ts";
import { escapeText } from "../../src/text/invisible.ts";
import { diagnostic, hostileText, plan, report } from "../support/samples/arbitrary-plans.ts";
import { audienceNamed } from "../support/samples/audiences.ts";
import { campaignId } from "../support/samples/bindings.ts";
import { COMMIT, fileUrl, leftOf, RUN_URL, target, unlikeUpdates } from "../support/samples/github.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUpdate,
} from "../support/samples/plan.ts";

/** Every tag that a page of ours may have. No image, form, script or style is among them. */
const OUR_TAGS = new Set(
  "h3 h4 p table thead tbody tr th td code pre details summary b strong em sub br hr ul li a blockquote wbr".split(
    " ",
  ),
);

const VOID_TAGS = new Set(["br", "hr", "wbr"]);

const OUR_ADDRESS = "https://github.example/acme/campaigns/";

/** What GitHub makes a link or a mention of in plain text, after rendering. A commit id after a break is let through. */
const LINKED = /@[a-z\d]|#\d|\bgh-\d|:\/\/|\bwww\.|(?<![\da-z])[\da-f]{7,40}(?![\da-z])/i;

/** The tags of a page are ours, whole and well nested, but for its comments. */
function expectOurHtml(html: string): void {
  const open: string[] = [];
  const others: string[] = [];
  for (const [tag, slash, name = "", attributes = ""] of withoutComments(html).matchAll(
    /<(\/?)([a-z\d]*)([^>]*)>/gi,
  )) {
    const isOurs = OUR_TAGS.has(name) && (slash === "/" ? open.pop() === name : areOurs(name, attributes));
    if (!isOurs) others.push(tag);
    if (slash !== "/" && !VOID_TAGS.has(name)) open.push(name);
  }
  expect({ others, open }).toEqual({ others: [], open: [] });
}

const OUR_LINK = new RegExp(`^ href="${OUR_ADDRESS}[^"]*"$`);

const areOurs = (name: string, attributes: string): boolean =>
  name === "a" ? OUR_LINK.test(attributes) : /^(?: ?\/| open=?(?:"")?| align="\w+")?$/.test(attributes);

const withoutComments = (html: string) => html.replace(/<!--[\s\S]*?-->/g, "");

/** What a person would read, outside of code: there GitHub links nothing. */
const proseOf = (html: string) =>
  decoded(
    withoutComments(html)
      .replace(/<(code|pre)\b[\s\S]*?<\/\1>/g, "")
      .replace(/<[^>]*>/g, "\n"),
  );

const decoded = (html: string) =>
  html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** A name as it reads: breaks that show nothing left out, and blanks at the ends, which no page shows. */
const read = (text: string) => text.replaceAll("\u200B", "").trim();

/** The text of each cell, row by row, of every table. */
const rowsOf = (html: string): string[][] =>
  [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
      read(decoded(cell.replace(/<[^>]*>/g, ""))),
    ),
  );

/** Pages of ours, as GitHub renders them. */
function expectSafe(pages: readonly string[]): readonly string[] {
  const all = renderPages(pages);
  expect(all).toHaveLength(pages.length);
  for (const html of all) {
    expectOurHtml(html);
    const linked = LINKED.exec(proseOf(html));
    expect(linked?.input.slice(Math.max(0, linked.index - 20), linked.index + 60) ?? null).toBeNull();
  }
  return all;
}

const render = (any: Plan) =>
  renderPlanComment({ plan: any, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL });

const apply = fc.record({ plan, report }).map(({ plan: any, report: { kind: _, ...rest } }) => {
  const previous = render(any);
  const verdicts = compareReviewed(any, []);
  return { plan: any, report: { ...rest, kind: "apply-report" as const }, verdicts, previous };
});

type Applied = typeof apply extends fc.Arbitrary<infer T> ? T : never;

const RUNS = { numRuns: 3 };

/** So many cases a run: to start the renderer costs more than to render. */
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 20, maxLength: 20 });

/** A page of each of many cases has nothing in it but ours, and is as it must be. */
function expectOfEach<T>(
  one: fc.Arbitrary<T>,
  pageOf: (each: T) => string,
  check: (html: string, each: T) => void,
): void {
  const property = fc.property(many(one), (cases) => {
    const pages = expectSafe(cases.map(pageOf));
    for (const [n, each] of cases.entries()) check(pages[n] ?? "", each);
  });
  fc.assert(property, RUNS);
}

describe("as GitHub renders it", () => {
  test("a plan comment has nothing in it but ours, and its header is hidden", () => {
    expectOfEach(
      plan,
      (any) => render(any).body,
      (html, { ruleChanges }) => {
        expect(html.match(/<!--/g)).toHaveLength(1);
        const [hidden, ...shown] = html.split("\n<h3>");
        expect(hidden).toMatch(/^<!-- campaignctl:plan [\w -]+ -->$/);
        const isOfRules = mayBeWeaker(ruleChanges);
        if (isOfRules)
          expect(shown[0]).toMatch(/^[\w ]+his pull request changes the rules<\/h3>\n<blockquote>/);
        expect(shown[isOfRules ? 1 : 0]).toMatch(/^(?:\d+ campaigns? changes?: |No )/);
      },
    );
  });

  test("hostile names stay text in their cell, and every row has its columns", () => {
    const names = fc.array(hostileText, { minLength: 1, maxLength: 5 });
    expectOfEach(
      fc.tuple(names, names),
      ([changed, locked]) => {
        const any = samplePlan([
          ...changed.map((name, n) =>
            sampleUpdate(n, { name, source: { file: `${name}.yaml`, line: 2, column: 1 } }),
          ),
          ...locked.map((name, n) => sampleSkip(100 + n, { name, authoringStatus: `x${name}` })),
        ]);
        return render(any).body;
      },
      (html, [changed, locked]) => {
        const [head, ...rows] = rowsOf(html);
        const updates = rows.slice(0, changed.length);
        const [skipHead, ...skips] = rows.slice(changed.length);
        expect(head).toEqual(["People", "Campaign", "What changes, and reach"]);
        expect(skipHead).toEqual(["Campaign", "Status", "Differs in"]);
        const shown = (name: string) => read(escapeText(shownName(name)));
        expect(updates.map((row) => [row.length, row[1]])).toEqual(changed.map((name) => [3, shown(name)]));
        expect(skips.map((row) => [row.length, row[0], row[1]])).toEqual(
          locked.map((name) => [3, shown(name), read(escapeText(`x${name}`))]),
        );
      },
    );
  });

  test("names of audiences are bold, whatever is in them, and their ids are code", () => {
    const names = fc.array(
      hostileText.filter((name) => name.trim() !== ""),
      { minLength: 1, maxLength: 5 },
    );
    expectOfEach(
      names,
      (named) => {
        const after = binding([audience(1), ...named.map((_, n) => audience(20 + n))]);
        const audiences = Object.assign({}, ...named.map((name, n) => audienceNamed(20 + n, name)));
        return render(samplePlan([sampleUpdate(1, { before: binding([audience(1)]), after })], { audiences }))
          .body;
      },
      (html, named) => {
        const items = [
          ...html.matchAll(
            /<li>▲ more people: now includes <strong>([\s\S]*?)<\/strong> \(segment\) <code>([\w-]+)<\/code><\/li>/g,
          ),
        ].map(([, name = "", id]) => [read(decoded(name.replace(/<[^>]*>/g, ""))), id]);
        expect(items).toEqual(
          named.map((name, n) => [read(escapeText(shownName(name.trim()))), audience(20 + n).audienceId]),
        );
      },
    );
  });

  test("an apply comment, with the plan folded in it, has nothing in it but ours", () => {
    expectOfEach(
      apply,
      (input) => {
        const left = { ...leftOf("refused", input.previous.header.reviewed), unseen: [campaignId(7)] };
        return renderApplyComment({ ...input, left, runUrl: RUN_URL }).body;
      },
      (html) => {
        expect(html.match(/<!--/g)).toHaveLength(2);
        const headlines = html.match(/<h3>(?:[\d,]+ campaigns? (?:applied|changes?: )|Nothing |No )/g) ?? [];
        expect(headlines).toHaveLength(2);
      },
    );
  });

  test("so have issues and job summaries", () => {
    const input = fc.record({
      apply,
      text: hostileText,
      diagnostics: fc.array(diagnostic, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(many(input), (cases) => void expectSafe(cases.flatMap(otherPages))),
      RUNS,
    );
  });

  test("a header with hyphens in a row is hidden all the same", () => {
    const bodies = unlikeUpdates(60).map((update) => {
      const reviewed = { kind: "changes" as const, changes: [update] };
      return `${encodeHeader({ target: target.key, commit: COMMIT, state: "planned", reviewed })}\n### Plan`;
    });
    const hyphens = bodies.filter((body) => /--[^>]*--[^>]*-->/.test(body));
    expect(hyphens.length).toBeGreaterThan(0);
    for (const body of hyphens)
      expect(withoutComments(renderGitHubMarkdown(body)).trim()).toBe("<h3>Plan</h3>");
  });

  test("a plan of 3,000 campaigns is whole where it was cut", () => {
    const rows = rowsOf(expectSafe([render(samplePlan(unlikeUpdates(3_000))).body]).join());
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([3]));
  });

  test("what changes is a list within its fold", () => {
    const html = renderGitHubMarkdown(render(samplePlan([sampleUpdate(1), sampleNoOp(2)])).body);
    expect(html).toMatch(
      /<details open>\n<summary>[^\n]*<\/summary>\n[\s\S]*<ul>\n<li>▲ more people: now includes <code>[\w-]+<\/code> \(segment\)<\/li>/,
    );
  });
});

type Other = { readonly apply: Applied; readonly text: string; readonly diagnostics: readonly Diagnostic[] };

/** Issues, summaries of a job, and what is said of files that do not hold. */
function otherPages({ apply: { plan: any, ...applied }, text, diagnostics }: Other): readonly string[] {
  const of = targetOf({ workflow: text, environment: `x${text}`, config: `x${text}` });
  const whole = { key: of.key, isTip: true, isWhole: true, isComplete: true, runUrl: RUN_URL };
  const { audiences } = any;
  return [
    renderFollowUpIssue({ ...applied, plan: any, target: of, ...whole })?.body ?? "",
    renderDriftIssue(sampleUpdate(1, { name: text }), of, { fileUrl, audiences }).body,
    renderInvalidComment({ diagnostics, target: of, commit: COMMIT, runUrl: RUN_URL }).body,
    renderJobSummary({
      content: { kind: "drift", plan: any, fileUrl, issueUrls: issueUrlsOf(any) },
      target: of,
      notices: [text],
    }),
    renderJobSummary({ content: { kind: "apply", plan: any, ...applied }, target: of, notices: [] }),
    renderJobSummary({
      content: { kind: "validate", diagnostics, campaigns: 1, findings: findingSections([], []) },
      target: of,
      notices: [],
    }),
  ];
}

function issueUrlsOf(any: Plan): ReadonlyMap<string, string> {
  return new Map(any.changes.map(({ campaignId }, n) => [campaignId, `${OUR_ADDRESS}issues/${n}`]));
}

describe("what is copied from a page of ours works", () => {
  /** What GitHub shows as code, as it is copied. */
  const codeIn = (pages: readonly string[]) =>
    renderPages(pages).flatMap((html) =>
      [...html.matchAll(/<code[^>]*>([\s\S]*?)<\/code>/g)].map(([, code = ""]) => decoded(code)),
    );

  test("whatever is in it, code has no character that cannot be seen", () => {
    const pagesOf = ([any, applied]: readonly [Plan, Applied]) => {
      const left = leftOf("refused", applied.previous.header.reviewed);
      return [render(any).body, renderApplyComment({ ...applied, left, runUrl: RUN_URL }).body];
    };
    fc.assert(
      fc.property(many(fc.tuple(plan, apply)), (cases) => {
        const codes = codeIn(cases.flatMap(pagesOf));
        // A joiner within a picture is part of what is seen.
        expect(codes.filter((code) => /\p{Cf}/u.test(code.replaceAll("\u200D", "")))).toEqual([]);
        expect(codes.length).toBeGreaterThan(cases.length);
      }),
      RUNS,
    );
  });

  test("ids, places and YAML in a message about a file", () => {
    const id = "4130bada-9264-465f-bc0c-a26bebcfcc81";
    const entry = `{ audienceId: "${id}", type: segment }`;
    const { body } = renderInvalidComment({
      diagnostics: [
        makeDiagnostic("repeated-campaign", {
          detail: `The campaign ${id} is also declared in spring-copy.yaml:1:1. Write ${entry}, or "12e45678".`,
          file: "campaigns/a b #1 @c.yaml",
          range: { start: { line: 2, column: 1 }, end: { line: 2, column: 3 } },
        }),
      ],
      target,
      commit: COMMIT,
      runUrl: RUN_URL,
    });
    expect(codeIn([body])).toEqual(
      expect.arrayContaining([
        id,
        "spring-copy.yaml:1:1",
        entry,
        '"12e45678"',
        "campaigns/a b #1 @c.yaml:2:1",
      ]),
    );
  });
});
