import fc from "fast-check";
import { describe, expect, test } from "vitest";
import validateReport from "../../src/generated/validate-apply-report.js";
import validatePlan from "../../src/generated/validate-plan.js";
import { renderJson } from "../../src/render/json.ts";
import { escapeInHtml, escapeMarkdown } from "../../src/render/markdown/markdown-escape.ts";
import { renderPlanMarkdown } from "../../src/render/markdown/plan-markdown.ts";
import { renderReportMarkdown } from "../../src/render/markdown/report-markdown.ts";
import { applyLine, planLine, waitLine } from "../../src/render/page/summary-line.ts";
import { createTally, eventJson, eventLine, isNews, watchedLine } from "../../src/render/progress.ts";
import { renderDiagnostics } from "../../src/render/text/diagnostics.ts";
import { renderPlanText } from "../../src/render/text/plan-text.ts";
import { renderReportText } from "../../src/render/text/report-text.ts";
import { plainStyle } from "../../src/render/text/style.ts";
import { escapeText } from "../../src/text/invisible.ts";
import { diagnostic, hostileText, plan, progressEvent, report } from "../support/samples/arbitrary-plans.ts";

/** Nothing but printable characters, emoji joiners aside, and newlines of our own. */
const expectPrintable = (text: string) => {
  expect(text.split("\n").filter((line) => escapeText(line) !== line)).toEqual([]);
};

const lastLineOf = (text: string) => text.split("\n").at(-2);

/** The lines outside of fences; fails when a fence is left open or closed by another. */
const outsideFences = (markdown: string): string[] => {
  let fence: string | null = null;
  const outside: string[] = [];
  for (const line of markdown.split("\n")) {
    const run = /^ {0,3}(`{3,})/.exec(line)?.[1];
    if (fence === null && run !== undefined) fence = run;
    else if (fence === null) outside.push(line);
    else if (run !== undefined && run.length >= fence.length && line.trim() === run) fence = null;
  }
  expect(fence).toBeNull();
  return outside;
};

/** Cells of a row, as a GFM table splits them: at each bar that no backslash escapes. */
const cellsOf = (row: string): number => row.split(/(?<!\\)\|/).length - 2;

const expectWholeTables = (lines: readonly string[]) => {
  lines.forEach((line, index) => {
    if (!line.startsWith("|") || !lines[index - 1]?.startsWith("|")) return;
    expect(cellsOf(line)).toBe(cellsOf(lines[index - 1] ?? ""));
  });
};

const CODE_SPAN = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;

const expectSafeMarkdown = (markdown: string) => {
  expectPrintable(markdown);
  const outside = outsideFences(markdown);
  expectWholeTables(outside);
  const prose = outside.join("\n").replace(CODE_SPAN, "");
  expect(prose).not.toMatch(/[<>]|@(?!&#8203;)|https?:\/\/|\]\(/);
};

describe("plan", () => {
  test("text is total, printable, and ends with the stable line", () => {
    fc.assert(
      fc.property(plan, (any) => {
        const text = renderPlanText(any, { style: plainStyle });
        expectPrintable(text);
        expect(lastLineOf(text)).toBe(planLine(any.summary));
        expect(text.match(/^Plan: /gm)).toHaveLength(1);
      }),
    );
  });

  test("Markdown is total and safe, its tables and fences are whole, and it ends with the stable line", () => {
    fc.assert(
      fc.property(plan, (any) => {
        const markdown = renderPlanMarkdown(any);
        expectSafeMarkdown(markdown);
        expect(lastLineOf(markdown)).toBe(planLine(any.summary));
      }),
    );
  });

  test("Markdown keeps any limit from 2,000 on, stays whole, and keeps verdict and summary", () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 2000, max: 9000 }), (any, limit) => {
        const markdown = renderPlanMarkdown(any, { limit });
        expect(markdown.length).toBeLessThanOrEqual(limit);
        expectSafeMarkdown(markdown);
        expect(markdown.split("\n")[0]).toBe(renderPlanMarkdown(any).split("\n")[0]);
        expect(lastLineOf(markdown)).toBe(planLine(any.summary));
      }),
    );
  });

  test("a limit that is large enough changes nothing", () => {
    fc.assert(
      fc.property(plan, (any) => {
        const whole = renderPlanMarkdown(any);
        expect(renderPlanMarkdown(any, { limit: whole.length + 1000 })).toBe(whole);
      }),
    );
  });

  test("JSON reads back as the same plan and fits the schema", () => {
    fc.assert(
      fc.property(plan, (any) => {
        const json = renderJson(any);
        expectPrintable(json);
        const read: unknown = JSON.parse(json);
        expect(read).toEqual(any);
        validatePlan(read);
        expect(validatePlan.errors).toEqual([]);
      }),
    );
  });

  test("the time zone of the machine makes no difference", () => {
    const zone = process.env.TZ;
    try {
      // Many at a time: to move to another zone takes longer than to render.
      fc.assert(
        fc.property(fc.array(plan, { minLength: 25, maxLength: 25 }), (many) => {
          const textsIn = (place: string) => {
            process.env.TZ = place;
            return many.map((any) => renderPlanText(any, { style: plainStyle }));
          };
          expect(textsIn("America/Lima")).toEqual(textsIn("Pacific/Chatham"));
        }),
        { numRuns: 4 },
      );
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe("report", () => {
  const stableLine = (any: Parameters<typeof renderReportMarkdown>[0]) =>
    any.kind === "wait-report" ? waitLine(any.summary) : applyLine(any.summary);

  test("text is total, printable, and ends with the stable line", () => {
    fc.assert(
      fc.property(report, (any) => {
        const text = renderReportText(any, { style: plainStyle });
        expectPrintable(text);
        expect(lastLineOf(text)).toBe(stableLine(any));
      }),
    );
  });

  test("everything but quietly unchanged campaigns is told of", () => {
    fc.assert(
      fc.property(report, (any) => {
        const text = renderReportText(any, { style: plainStyle });
        const told = any.results.filter(({ outcome }) => outcome !== "unchanged");
        const isLeftAlone = ({ outcome, error, live }: (typeof told)[number]) =>
          ["failed", "not-attempted"].includes(outcome) && live === null && error?.mayHaveLanded !== true;
        for (const result of told) {
          if (!isLeftAlone(result) && result.outcome !== "skipped")
            expect(text).toContain(`  ${result.campaignId}\n`);
        }
        const skipped = told.filter(({ outcome }) => outcome === "skipped");
        expect(text.match(/^! skipped {2}.*:\d+:\d+$/gm) ?? []).toHaveLength(skipped.length);
        // What was left alone for one reason is told together, with its number.
        const blocks = [...text.matchAll(/^[x.] (?:failed|not attempted) {2}(?:([\d,]+) campaigns$)?/gm)];
        const counted = blocks.reduce((sum, [, count = "1"]) => sum + Number(count), 0);
        expect(counted).toBe(
          told.filter(({ outcome }) => outcome === "failed" || outcome === "not-attempted").length,
        );
      }),
    );
  });

  test("Markdown is total and safe, within any limit from 3,000 on", () => {
    fc.assert(
      fc.property(report, fc.integer({ min: 3000, max: 9000 }), (any, limit) => {
        const markdown = renderReportMarkdown(any, { limit });
        expect(markdown.length).toBeLessThanOrEqual(limit);
        for (const one of [markdown, renderReportMarkdown(any)]) {
          expectSafeMarkdown(one);
          expect(lastLineOf(one)).toBe(stableLine(any));
        }
      }),
    );
  });

  test("JSON reads back as the same report and fits the schema", () => {
    fc.assert(
      fc.property(report, (any) => {
        const read: unknown = JSON.parse(renderJson(any));
        expect(read).toEqual(any);
        validateReport(read);
        expect(validateReport.errors).toEqual([]);
      }),
    );
  });
});

test("diagnostics are total and printable, and their number is told", () => {
  fc.assert(
    fc.property(fc.array(diagnostic, { maxLength: 5 }), (any) => {
      const text = renderDiagnostics(any, { style: plainStyle });
      expectPrintable(text);
      const errors = any.filter(({ severity }) => severity === "error").length;
      expect(lastLineOf(text)).toMatch(
        new RegExp(`^${errors} errors?, ${any.length - errors} warnings?\\.$`),
      );
    }),
  );
});

test("progress is total: each line is printable, one, and as JSON it says what the event does", () => {
  fc.assert(
    fc.property(fc.array(progressEvent, { maxLength: 20 }), (events) => {
      const tally = createTally();
      events.forEach((event, index) => {
        tally.count(event);
        const lines = [tally.line(index * 1000) ?? "", eventJson(event, index).trimEnd()];
        if (isNews(event)) lines.push(eventLine(event), watchedLine(event));
        for (const line of lines) {
          expectPrintable(line);
          expect(line).not.toContain("\n");
        }
        const { kind, ...rest } = event;
        expect(JSON.parse(eventJson(event, index))).toEqual({
          at: new Date(index).toISOString(),
          event: kind,
          ...rest,
        });
      });
    }),
  );
});

describe("escaping", () => {
  test("twice is the same as once", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escapeText(escapeText(text))).toBe(escapeText(text));
      }),
    );
  });

  test("text in Markdown has no character left that could mean something", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const prose = escapeMarkdown(text).replace(CODE_SPAN, "");
        expect(prose).not.toMatch(/[\\`*_[\]<>|~$\n]|@(?!&#8203;)|:\/\//);
        expect(escapeInHtml(text)).not.toMatch(/[\\`*_[\]<>|~$\n]|@(?!&#8203;)|:\/\//);
      }),
    );
  });
});
