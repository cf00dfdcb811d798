import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { apply } from "../../src/commands/apply.ts";
import { type Planned, plan } from "../../src/commands/plan.ts";
import { ApiError, ApiResponseError, NetworkError } from "../../src/domain/errors.ts";
import type { Plan, Report } from "../../src/domain/model.ts";
import { type Credentials, connect } from "../../src/experiture/connection.ts";
import validateReport from "../../src/generated/validate-apply-report.js";
import validatePlan from "../../src/generated/validate-plan.js";
import { renderApplyComment } from "../../src/github/page/apply-comment.ts";
import { renderPlanComment } from "../../src/github/page/plan-comment.ts";
import type { Http, HttpAnswer } from "../../src/http/http.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderPlanMarkdown } from "../../src/render/markdown/plan-markdown.ts";
import { renderReportMarkdown } from "../../src/render/markdown/report-markdown.ts";
import { renderPlanText } from "../../src/render/text/plan-text.ts";
import { renderReportText } from "../../src/render/text/report-text.ts";
import { plainStyle } from "../../src/render/text/style.ts";
import { virtualClock } from "../support/clocks/virtual-clock.ts";
import { answering, answerOf, anyAnswer, changedToken, goodSummary } from "../support/fuzz/answers.ts";
import { fuzzing, timeFor } from "../support/fuzz/budget.ts";
import { expectSafe } from "../support/fuzz/safe-text.ts";
import { binding, campaignId, spec } from "../support/samples/bindings.ts";
import { COMMIT, fileUrl, leftOf, RUN_URL, target } from "../support/samples/github.ts";

const API_URL = "https://api.example.test/public/v1";
const TOOL = { name: "campaignctl", version: "0" };
const NEVER = new AbortController().signal;
const IDS = [campaignId(1), campaignId(2), campaignId(3)];
const SECRET = "canary-secret";
const TOKEN: Credentials = { kind: "token", token: SECRET };

function connected(http: Http, credentials: Credentials = TOKEN) {
  const clock = virtualClock();
  const { reader, openWriter } = connect({
    ...{ apiUrl: API_URL, credentials, parallelism: 2, userAgent: "campaignctl/0" },
    ...{ variables: {}, clock, random: () => 0.5, http },
  });
  return { reader, openWriter, clock };
}

type Connected = ReturnType<typeof connected>;

function planWith({ reader, clock }: Connected): Promise<Planned> {
  const specs = IDS.map((id) => spec(id, binding([1, 2], [9])));
  const input = { specs, warnings: [], environment: null, apiUrl: API_URL, tool: TOOL };
  return plan(input, { reader, clock }, NEVER);
}

/** Every form of a plan can be made and shown. */
function checkPlan(made: Plan): void {
  const comment = { plan: made, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL };
  const json = renderJson(made);
  const all = [
    renderPlanText(made, { style: plainStyle }),
    renderPlanMarkdown(made),
    json,
    renderPlanComment(comment).body,
  ];
  for (const text of all) checkText(text);
  validatePlan(JSON.parse(json));
  expect(validatePlan.errors).toEqual([]);
}

function checkReport(report: Report, made: Plan): void {
  const origins = { target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL };
  const previous = renderPlanComment({ plan: made, ...origins });
  const comment = {
    report,
    plan: made,
    verdicts: new Map(),
    previous,
    left: leftOf("applied", previous.header.reviewed),
    runUrl: RUN_URL,
  } as const;
  const json = renderJson(report);
  const text = renderReportText(report, { style: plainStyle });
  for (const each of [text, renderReportMarkdown(report), json, renderApplyComment(comment).body])
    checkText(each);
  validateReport(JSON.parse(json));
  expect(validateReport.errors).toEqual([]);
}

function checkText(text: string): void {
  expectSafe(text);
  expect(text).not.toContain(SECRET);
}

/** An error that is documented and may be shown. */
function checkError(error: unknown): void {
  if (!(error instanceof ApiError || error instanceof ApiResponseError || error instanceof NetworkError))
    throw error;
  checkText(error.message);
}

describe("no answer of the API crashes the program, gets onto the terminal or out as a write", () => {
  const answers = fc.array(anyAnswer, { minLength: IDS.length, maxLength: IDS.length });

  test("while it plans", timeFor(0.3), async () => {
    const property = async (each: readonly HttpAnswer[]) => {
      const { http, sent } = answering(
        ({ url }) => each[IDS.findIndex((id) => url.pathname.includes(id))] ?? answerOf(null),
      );
      const planned = await planWith(connected(http));
      expect(sent.every(({ method }) => method === "GET")).toBe(true);
      if (planned.kind === "planned") checkPlan(planned.plan);
      else checkError(planned.error);
    };
    await fc.assert(fc.asyncProperty(answers, property), fuzzing(0.3));
  });

  test("while it writes and reads back", timeFor(0.15), async () => {
    const property = async (toWrites: HttpAnswer, later: readonly HttpAnswer[]) => {
      const good = (id: string) => answerOf(goodSummary(id));
      let isWritten = false;
      let reads = 0;
      const { http, sent } = answering(({ method, url }) => {
        const id = IDS.find((one) => url.pathname.includes(one)) ?? "";
        if (method === "PUT") isWritten = true;
        if (method === "PUT") return toWrites;
        if (!isWritten) return good(id);
        reads += 1;
        return later[reads % (later.length + 1)] ?? good(id);
      });
      const client = connected(http);
      const planned = await planWith(client);
      if (planned.kind === "no-access") throw planned.error;
      const approval = { expectDigest: null, maxPlanAge: null, confirm: null };
      const options = { parallelism: 2, wait: "until-confirmed", timeoutMs: 5_000, idleMs: 5_000 } as const;
      const ports = { ...client, writer: client.openWriter(), onEvent: () => undefined };
      const input = { ...planned, tool: TOOL, startedAt: client.clock.now() };
      const { report } = await apply(input, approval, options, ports, NEVER);
      expect(report.results.map((result) => result.campaignId)).toEqual(IDS);
      checkReport(report, planned.plan);
      for (const { method, body } of sent) {
        if (method === "PUT") expect(body).toBe(JSON.stringify(binding([1, 2], [9])));
      }
    };
    await fc.assert(fc.asyncProperty(anyAnswer, answers, property), fuzzing(0.15));
  });
});

describe("no answer of the token endpoint crashes the program or shows a secret", () => {
  // Loaded when the first token is wanted, which takes real time that the clock here knows nothing of.
  beforeAll(() => import("oauth4webapi"));

  const credentials: Credentials = {
    ...{ kind: "client", clientId: "client", clientSecret: SECRET, scope: null, audience: null },
    tokenUrl: "https://login.example.test/token",
  };
  const token = { access_token: `${SECRET}-token`, token_type: "Bearer", expires_in: 3600 };

  test("whatever it is", timeFor(0.15), async () => {
    const anyToken = fc.oneof(anyAnswer, changedToken(token));
    const property = async (answer: HttpAnswer) => {
      const { http } = answering(({ method }) =>
        method === "POST" ? answer : answerOf(goodSummary(campaignId(1))),
      );
      const { reader } = connected(http, credentials);
      await reader.readCampaign(campaignId(1)).catch(checkError);
    };
    await fc.assert(fc.asyncProperty(anyToken, property), fuzzing(0.15));
  });
});
