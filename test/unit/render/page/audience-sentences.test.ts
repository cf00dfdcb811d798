import { describe, expect, test } from "vitest";
import type { AudienceBinding, AudienceSize, Plan } from "../../../../src/domain/model.ts";
import { renderJobSummary } from "../../../../src/github/page/job-summary.ts";
import { renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { comparisonList } from "../../../../src/render/markdown/change-markdown.ts";
import { renderPlanMarkdown } from "../../../../src/render/markdown/plan-markdown.ts";
import { type AudienceKnowledge, NOTHING_KNOWN } from "../../../../src/render/page/audience-knowledge.ts";
import { differenceOf, replacementOf } from "../../../../src/render/page/audience-sentences.ts";
import { renderPlanText } from "../../../../src/render/text/plan-text.ts";
import { comparisonLines } from "../../../../src/render/text/sentence-lines.ts";
import { colourStyle, plainStyle } from "../../../../src/render/text/style.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import { COMMIT, fileUrl, RUN_URL, target } from "../../../support/samples/github.ts";
import { audience, binding, samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const before = binding([audience(1), audience(2)], [audience(8), audience(9, "audience")]);
const id = (n: number) => audience(n).audienceId;

const known = (audiences: Plan["audiences"], minCount = 20): AudienceKnowledge => ({
  ...NOTHING_KNOWN,
  audiences,
  minCount,
});

const said = (after: AudienceBinding, what: AudienceKnowledge = NOTHING_KNOWN) =>
  comparisonLines(replacementOf({ before, after }, what), plainStyle).map((line) => line.trim());

describe("what a change does, a sentence an audience", () => {
  test("an include more and an exclude less can only reach more people", () => {
    expect(said(binding([audience(1), audience(2), audience(3)], [audience(8)]))).toEqual([
      `▲ more people  now includes        ${id(3)} (segment)`,
      `▲ more people  no longer excludes  ${id(9)} (audience)`,
      "afterwards 3 included, 1 excluded",
    ]);
  });

  test("an include less and an exclude more can only reach fewer people", () => {
    expect(said(binding([audience(1)], [...before.exclude, audience(5), audience(6)]))).toEqual([
      `▼ fewer people  no longer includes  ${id(2)} (segment)`,
      `▼ fewer people  now excludes        ${id(5)} (segment)`,
      `▼ fewer people  now excludes        ${id(6)} (segment)`,
      "afterwards 1 included, 4 excluded",
    ]);
  });

  test("what widens comes first, then another type, then what narrows", () => {
    const after = binding([audience(1, "audience"), audience(3)], [audience(8), audience(9)]);
    expect(said(after)).toEqual([
      `▲ more people   now includes              ${id(3)} (segment)`,
      `◆ either way    includes as another type  ${id(1)} (audience, was segment)`,
      `◆ either way    excludes as another type  ${id(9)} (segment, was audience)`,
      `▼ fewer people  no longer includes        ${id(2)} (segment)`,
      "afterwards 2 included, 2 excluded",
    ]);
  });

  test("an audience that moves from excluded to included widens twice", () => {
    expect(said(binding([...before.include, audience(8)], [audience(9, "audience")]))).toEqual([
      `▲ more people  now includes        ${id(8)} (segment)`,
      `▲ more people  no longer excludes  ${id(8)} (segment)`,
      "afterwards 3 included, 1 excluded",
    ]);
  });

  test("no change says what there is", () => {
    expect(said(before)).toEqual(["afterwards 2 included, 2 excluded"]);
  });
});

describe("names and sizes", () => {
  const after = binding([audience(1), audience(2), audience(3)], [audience(8)]);
  const size = (count: number, isExact: boolean | null = true): AudienceSize => ({
    count,
    isExact,
    at: "2026-11-23T10:00:00.000Z",
  });

  test("are told, with the end of the id; without a name the id is whole", () => {
    const audiences = audienceNamed(9, "Unsubscribed", { type: "audience", size: size(12_004) });
    expect(said(after, known(audiences))).toEqual([
      `▲ more people  now includes        ${id(3)} (segment)`,
      "▲ more people  no longer excludes  Unsubscribed (audience, 12,004 people)  …0009",
      "afterwards 3 included, 1 excluded",
    ]);
  });

  test.each([
    [size(1), "1 person"],
    [size(2), "2 people"],
    [size(12_004, false), "about 12,004 people"],
    [size(12_004, null), "about 12,004 people"],
    [size(0), "0 people"],
  ])("%o is %s for whoever asked", (one, words) => {
    const line = said(after, known(audienceNamed(3, "VIP", { size: one }), 0))[0];
    expect(line).toContain(`VIP (segment, ${words})`);
  });

  test.each([[size(19)], [size(0)], [size(7, null)]])(
    "fewer than what others may read are not counted: %o",
    (one) => {
      const line = said(after, known(audienceNamed(3, "VIP", { size: one })))[0];
      expect(line).toContain("VIP (segment, fewer than 20 people)");
    },
  );

  test("20 are counted", () => {
    expect(said(after, known(audienceNamed(3, "VIP", { size: size(20) })))[0]).toContain(", 20 people)");
  });

  test("what could not be counted is not known, and what is left alone was not counted", () => {
    const sized = { ...known(audienceNamed(3, "VIP")), sized: true };
    expect(said(after, sized)[0]).toContain("VIP (segment, size not known)");
    const [first = ""] = comparisonLines(differenceOf({ before, after }, sized), plainStyle);
    expect(first).toContain("VIP (segment)");
  });

  test.each([[" "], ["\u3000"], [""]])("a name that shows nothing is none: %j", (name) => {
    expect(said(after, known(audienceNamed(3, name)))[0]).toContain(`now includes        ${id(3)} (segment)`);
  });

  test("a name that is the word of another thing is only a name", () => {
    expect(said(after, known({ ["__proto__"]: audienceNamed(3, "x")[id(3)] as never }))[0]).toContain(id(3));
  });
});

describe("as Markdown", () => {
  const after = binding([audience(1), audience(2), audience(3)], [audience(8)]);
  const list = (what: AudienceKnowledge) => comparisonList(replacementOf({ before, after }, what));

  test("names are bold, ids are code", () => {
    expect(list(known(audienceNamed(9, "Un*sub* <b>|", { type: "audience" })))).toBe(`\
- ▲ more people: now includes \`${id(3)}\` (segment)
- ▲ more people: no longer excludes **Un&#42;sub&#42; &#60;b&#62;&#124;** (audience) \`${id(9)}\`

Afterwards: 3 included, 1 excluded.`);
  });
});

test("a direction has its own colour, whatever is done to which list", () => {
  const after = binding([audience(1), audience(3)], [audience(8), audience(5)]);
  const lines = comparisonLines(replacementOf({ before, after }, NOTHING_KNOWN), colourStyle);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters.
  expect(lines.map((line) => /^ *\x1b\[(\d+)m(.) /.exec(line)?.slice(1) ?? null)).toEqual([
    ["35", "▲"],
    ["35", "▲"],
    ["36", "▼"],
    ["36", "▼"],
    null,
  ]);
});

test("a skipped campaign's differences say which side has what, and are no direction", () => {
  const after = binding([audience(1, "audience"), audience(3)], [audience(8, "audience"), audience(7)]);
  const lines = comparisonLines(differenceOf({ before, after }, NOTHING_KNOWN), plainStyle);
  expect(lines.map((line) => line.trim())).toEqual([
    `only the file includes             ${id(3)} (segment)`,
    `only live excludes                 ${id(9)} (audience)`,
    `the file includes as another type  ${id(1)} (audience, was segment)`,
    `the file excludes as another type  ${id(8)} (audience, was segment)`,
    `only live includes                 ${id(2)} (segment)`,
    `only the file excludes             ${id(7)} (segment)`,
  ]);
});

test("a change is one sentence, the same in the terminal, the comment, Markdown and the summary", () => {
  const update = sampleUpdate(1, {
    before,
    after: binding([audience(1), audience(3)], [audience(8), audience(5)]),
  });
  const plan = samplePlan([update], {
    audiences: {
      ...audienceNamed(3, "VIP customers", { size: { count: 311, isExact: true, at: null } }),
      ...audienceNamed(9, "Unsubscribed", {
        type: "audience",
        size: { count: 12_004, isExact: false, at: null },
      }),
    },
  });
  const here = { origins: null, fileUrl };
  const pages = [
    renderPlanText(plan),
    renderPlanMarkdown(plan),
    renderPlanComment({ plan, target, commit: COMMIT, runUrl: RUN_URL, ...here }).body,
    renderJobSummary({ content: { kind: "plan", plan, ...here }, target, notices: [] }),
  ];
  const sentencesIn = (page: string) =>
    page
      .replaceAll(/[*`:]|^- /gm, "")
      .split("\n")
      .flatMap(
        (line) => /^ *([▲◆▼] \w+ \w+ +(?:now|no longer) .*\))/.exec(line)?.[1]?.replaceAll(/ +/g, " ") ?? [],
      );
  for (const page of pages) {
    expect(sentencesIn(page)).toEqual([
      "▲ more people now includes VIP customers (segment, 311 people)",
      "▲ more people no longer excludes Unsubscribed (audience, about 12,004 people)",
      `▼ fewer people no longer includes ${id(2)} (segment)`,
      `▼ fewer people now excludes ${id(5)} (segment)`,
    ]);
  }
});
