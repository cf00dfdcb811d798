import { describe, expect, test } from "vitest";
import { inputError } from "../../src/action/inputs/input-values.ts";
import { explainLeavingPattern } from "../../src/declarations/path-pattern.ts";
import type { Diagnostic, Plan } from "../../src/domain/model.ts";
import { acceptedBody, refusalOf } from "../../src/experiture/answers.ts";
import { decodeSummary } from "../../src/experiture/wire/wire.ts";
import { sortAnswer } from "../../src/github/api/attempt.ts";
import { renderDriftIssue } from "../../src/github/page/drift-issue.ts";
import { renderFollowUpIssue } from "../../src/github/page/follow-up-issue.ts";
import { renderInvalidComment } from "../../src/github/page/invalid-comment.ts";
import { renderJobSummary } from "../../src/github/page/job-summary.ts";
import { renderNoPlanComment } from "../../src/github/page/no-plan-comment.ts";
import { renderPlanComment } from "../../src/github/page/plan-comment.ts";
import { chooseAnnotations } from "../../src/github/run/annotations.ts";
import { audienceFacts } from "../../src/plan/audience-facts.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderPlanMarkdown } from "../../src/render/markdown/plan-markdown.ts";
import { renderReportMarkdown } from "../../src/render/markdown/report-markdown.ts";
import { eventLine, watchedLine } from "../../src/render/progress.ts";
import { renderDiagnostics } from "../../src/render/text/diagnostics.ts";
import { renderPlanText } from "../../src/render/text/plan-text.ts";
import { renderReportText } from "../../src/render/text/report-text.ts";
import { plainStyle } from "../../src/render/text/style.ts";
import { escapeText } from "../../src/text/invisible.ts";
import { load } from "../support/samples/declarations.ts";
import { COMMIT, fileUrl, RUN_URL, target } from "../support/samples/github.ts";
import { sampleFinding, sampleRuleChange, sampleRuleChanges } from "../support/samples/guardrails.ts";
import { HIDDEN_CHARACTERS } from "../support/samples/hidden-characters.ts";
import {
  GENERAL_WARNING,
  samplePlan,
  sampleReachResult,
  sampleReport,
  sampleResult,
  sampleUpdate,
} from "../support/samples/plan.ts";

const style = plainStyle;

const diagnosticOf = (text: string): Diagnostic => ({
  ...GENERAL_WARNING,
  severity: "error",
  detail: text,
  file: "a.yaml",
  range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
  excerpt: { text, column: 1, length: 1 },
});

const planOf = (name: string) => samplePlan([sampleUpdate(1, { name })]);

const ruledPlan = (text: string) => {
  const changes = [
    sampleRuleChange({ message: text }),
    sampleRuleChange({ effect: "stricter", message: text }),
  ];
  const update = sampleUpdate(1, { name: text });
  const refused = [{ ...sampleFinding(update), message: text }];
  return samplePlan([update], { ruleChanges: sampleRuleChanges(changes, refused) });
};

const namedPlan = (name: string) => {
  const changes = [sampleUpdate(1)];
  const audiences = audienceFacts(changes, []);
  return samplePlan(changes, {
    audiences: Object.fromEntries(
      Object.entries(audiences).map(([id, facts]) => [id, { ...facts, name, nameFrom: "live" as const }]),
    ),
  });
};

const commentOf = (plan: Plan) =>
  renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL }).body;

const reportOf = (name: string) => {
  const reach = sampleReachResult({ confirmed: false, status: "pending" });
  return sampleReport([sampleResult(1, { name, reach, unconfirmedReason: "timeout" })]);
};

const CALL = { method: "GET", path: "/campaigns/1/summary", scope: "campaigns:read" } as const;

const answerOf = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
  ({ kind: "answer", status, headers, body }) as const;

const refusalWith = (error: unknown, correlationId = "") =>
  refusalOf(answerOf(422, JSON.stringify({ success: false, error, correlationId })), CALL);

const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
};

const summaryOf = (content: Parameters<typeof renderJobSummary>[0]["content"]) =>
  renderJobSummary({ content, target, notices: [] });

const ended = (text: string) =>
  ({ campaignId: "c", name: text, kind: "unconfirmed", reason: "timeout", status: text }) as const;

/** Each place that shows text of others: files, the API, GitHub, whoever started the run. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  "a diagnostic": (text) => renderDiagnostics([diagnosticOf(text)], { style }),
  "an excerpt": (text) => renderDiagnostics([{ ...diagnosticOf(text), detail: "" }], { style }),
  "an annotation": (text) => chooseAnnotations([diagnosticOf(text)], null)[0]?.message ?? "",
  "a plan as text": (text) => renderPlanText(planOf(text), { style }),
  "a plan as Markdown": (text) => renderPlanMarkdown(planOf(text)),
  "what files change of rules as text": (text) => renderPlanText(ruledPlan(text), { style }),
  "what files change of rules as Markdown": (text) => renderPlanMarkdown(ruledPlan(text)),
  "what files change of rules in the comment of a plan": (text) => commentOf(ruledPlan(text)),
  "an audience in a plan as text": (text) => renderPlanText(namedPlan(text), { style }),
  "an audience in a plan as Markdown": (text) => renderPlanMarkdown(namedPlan(text)),
  "an audience in the comment of a plan": (text) => commentOf(namedPlan(text)),
  "a report as text": (text) => renderReportText(reportOf(text), { style }),
  "a report as Markdown": (text) => renderReportMarkdown(reportOf(text)),
  "a line of progress": (text) => eventLine(ended(text)),
  "a line of progress on a terminal": (text) => watchedLine(ended(text)),
  "the comment of a plan": (text) => commentOf(planOf(text)),
  "the comment of no plan": (text) =>
    renderNoPlanComment({
      why: { words: "none", sentence: text },
      target,
      commit: COMMIT,
      replaced: null,
      runUrl: RUN_URL,
    }).body,
  "the comment of files that are not valid": (text) =>
    renderInvalidComment({ diagnostics: [diagnosticOf(text)], target, commit: COMMIT, runUrl: RUN_URL }).body,
  "the summary of a plan": (text) => summaryOf({ kind: "plan", plan: planOf(text), origins: null, fileUrl }),
  "the summary of an apply": (text) =>
    summaryOf({ kind: "apply", plan: planOf(text), report: reportOf(text), verdicts: new Map() }),
  "the title of an issue": (text) =>
    renderDriftIssue(sampleUpdate(1, { name: text }), target, { fileUrl, audiences: {} }).title,
  "the follow-up issue": (text) =>
    renderFollowUpIssue({
      report: reportOf(text),
      plan: planOf(text),
      verdicts: new Map(),
      target,
      runUrl: RUN_URL,
      key: target.key,
      isTip: true,
      isWhole: true,
      isComplete: true,
    })?.body ?? "",
  "what the API said": (text) => refusalWith({ code: "X", message: text }).message,
  "a code of the API": (text) => refusalWith({ code: text }).code,
  "a correlation id": (text) => refusalWith({ code: "X" }, text).correlationId ?? "",
  "an answer that is no JSON": (text) => messageOf(() => acceptedBody(answerOf(200, text), CALL)),
  "a content type": (text) =>
    messageOf(() => acceptedBody(answerOf(200, "x", { "content-type": text }), CALL)),
  "where a redirect points": (text) =>
    messageOf(() => acceptedBody(answerOf(302, "", { location: text }), CALL)),
  "an answer of another form": (text) =>
    messageOf(() =>
      decodeSummary(
        { success: true, data: { campaignId: text } },
        { campaignId: "c", status: 200, correlationId: null, serverTime: null },
      ),
    ),
  "what GitHub said": (text) =>
    sortAnswer(
      { status: 422, headers: {}, said: text },
      { label: "GET /x", origin: "https://api.github.com", permission: null },
      0,
    ).error.message,
  "an input": (text) => inputError("environment", text, "").message,
  "a pattern that leaves its folder": (text) => explainLeavingPattern(text),
  "a key that stands twice": (text) => detailsOf(`${JSON.stringify(text)}: 1\n${JSON.stringify(text)}: 2\n`),
};

const detailsOf = (content: string) =>
  load(content)
    .diagnostics.map(({ detail }) => escapeText(detail))
    .join("\n");

/** Places of a campaign file: what it may not hold is called by its name, and nothing else is said of that value. */
const PLACES_OF_A_FILE: Readonly<Record<string, (text: string) => string>> = {
  "a key": (text) => detailsOf(`? ${JSON.stringify(text)}\n: 1\n`),
  "a value": (text) => detailsOf(`campaignId: ${JSON.stringify(text)}\n`),
  "an environment": (text) => detailsOf(`campaignId:\n  ${JSON.stringify(text)}: x\n`),
};

describe.each(Object.entries(PLACES_OF_A_FILE))("%s of a campaign file", (_, show) => {
  test.each(HIDDEN_CHARACTERS)("shows or names what cannot be seen: %s", (_, character) => {
    const shown = show(`a${character}b`);
    const code = character.codePointAt(0)?.toString(16).toUpperCase() ?? "";
    expect(shown).toMatch(new RegExp(`"a\\\\u\\{${code}\\}b"|The character U\\+0*${code} is not allowed`));
    expect(shown).not.toContain(character);
  });
});

describe.each(Object.entries(PLACES))("%s", (_, show) => {
  test.each(HIDDEN_CHARACTERS)("shows what cannot be seen, and all in one way: %s", (_, character) => {
    const shown = show(`a${character}b`).replaceAll("&#92;", "\\");
    const code = character.codePointAt(0)?.toString(16).toUpperCase();
    expect(shown).toContain(`a\\u{${code}}b`);
    expect(shown).not.toContain(character);
  });
});

test.each(HIDDEN_CHARACTERS)("JSON shows what cannot be seen in its own way: %s", (_, character) => {
  const json = renderJson({ text: `a${character}b` });
  expect(json).toMatch(/^[\n\x20-\x7e]*$/);
  expect(JSON.parse(json)).toEqual({ text: `a${character}b` });
});
