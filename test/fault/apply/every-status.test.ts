import { describe, expect, test } from "vitest";
import { type ApplyInput, apply } from "../../../src/commands/apply.ts";
import { plan } from "../../../src/commands/plan.ts";
import type { ApplyResult, AudienceBinding } from "../../../src/domain/model.ts";
import { heldBack } from "../../../src/http/failure.ts";
import type { Http, HttpAnswer } from "../../../src/http/http.ts";
import { meaningOfStatus } from "../../../src/patience/write-answers.ts";
import { connectOver } from "../../support/api/virtual-client.ts";
import { virtualClock } from "../../support/clocks/virtual-clock.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const ID = campaignId(1);
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const TOOL = { name: "campaignctl", version: "0" };
const NEVER = new AbortController().signal;

type Ran = { readonly result: ApplyResult | undefined; readonly requests: readonly string[] };

/** What a first PUT is answered with, and whether it took effect before. */
type First = {
  readonly status: number;
  readonly effect: "carried-out" | "left";
  readonly headers?: Readonly<Record<string, string>>;
};

/** Applies one change with the real client; the first PUT meets `first`, later ones are accepted. */
async function run(first: First): Promise<Ran> {
  const clock = virtualClock();
  let live: AudienceBinding = BEFORE;
  let updatedAt = "2026-11-20T00:00:00.000Z";
  const requests: string[] = [];
  const answer = (status: number, body: unknown, headers = {}): HttpAnswer => ({
    kind: "answer",
    status,
    headers: { date: new Date(clock.now()).toUTCString(), ...headers },
    body: JSON.stringify(body),
  });
  const write = (body: string | null): void => {
    live = JSON.parse(body ?? "") as AudienceBinding;
    updatedAt = new Date(clock.now()).toISOString();
  };
  const entry = ({ audienceId, type }: { audienceId: string; type: string }) => ({ id: audienceId, type });
  const http: Http = {
    async send(request) {
      if (request.mayGo?.() === false) return heldBack({ label: request.label, origin: "x" });
      requests.push(request.method);
      await clock.sleep(20);
      if (request.method === "GET") {
        const reach = { status: "ok", evaluatedCount: 1, evaluatedAt: null, isStale: false };
        const audience = { included: live.include.map(entry), excluded: live.exclude.map(entry), reach };
        return answer(200, {
          success: true,
          data: { campaignId: ID, authoringStatus: "draft", updatedAt, audience },
        });
      }
      const isFirst = requests.filter((method) => method === "PUT").length === 1;
      if (!isFirst || first.effect === "carried-out") write(request.body);
      if (!isFirst) return answer(200, { success: true, data: {} });
      return answer(first.status, { success: first.status < 300, data: {} }, first.headers);
    },
    close: async () => undefined,
  };
  const connection = connectOver(http, clock);
  const { reader } = connection;
  const input = { specs: [spec(ID, AFTER)], warnings: [], environment: null, apiUrl: "x", tool: TOOL };
  const planned = await plan(input, { reader, clock }, NEVER);
  if (planned.kind === "no-access") throw planned.error;
  requests.length = 0;
  const full: ApplyInput = { ...planned, tool: TOOL, startedAt: clock.now() };
  const { report } = await apply(
    full,
    { expectDigest: null, maxPlanAge: null, confirm: null },
    { parallelism: 1, wait: "none" },
    { reader, writer: connection.openWriter(), clock, onEvent: () => undefined },
    NEVER,
  );
  return { result: report.results[0], requests };
}

const STATUSES = Array.from({ length: 500 }, (_, index) => 100 + index);
const of = (...next: readonly string[]) =>
  STATUSES.filter((status) => {
    const meaning = meaningOfStatus(status);
    return next.includes(meaning.next === "look" ? `look, ${meaning.otherwise}` : meaning.next);
  });
const puts = ({ requests }: Ran) => requests.filter((method) => method === "PUT").length;

describe("case 58: a write that is answered with each status from 100 to 599", () => {
  test("whatever it is: a write that was carried out is never reported as not written", async () => {
    for (const status of [...of("look, send-again"), ...of("look, give-up"), ...of("read-back")]) {
      const ran = await run({ status, effect: "carried-out" });
      expect({ status, outcome: ran.result?.outcome, puts: puts(ran) }).toEqual({
        status,
        outcome: "applied",
        puts: 1,
      });
    }
  });

  test("one that may have landed and did not is looked for, then sent again", async () => {
    for (const status of of("look, send-again")) {
      const ran = await run({ status, effect: "left" });
      expect({ status, outcome: ran.result?.outcome, puts: puts(ran) }).toEqual({
        status,
        outcome: "applied",
        puts: 2,
      });
      const [first, second] = ran.requests.flatMap((method, index) => (method === "PUT" ? [index] : []));
      expect({ status, looks: (second ?? 0) - (first ?? 0) }).toEqual({ status, looks: 5 });
    }
  });

  test("one that answers no write is looked for and not sent again", async () => {
    for (const status of of("look, give-up")) {
      const ran = await run({ status, effect: "left" });
      expect({ status, puts: puts(ran), ...ran.result }).toMatchObject({
        status,
        puts: 1,
        outcome: "failed",
        error: { mayHaveLanded: true },
      });
    }
  });

  test("a refusal is final: not sent again, not looked for, and nothing can have landed", async () => {
    for (const status of of("give-up").filter((each) => each !== 403)) {
      const ran = await run({ status, effect: "left" });
      expect({ status, requests: ran.requests, ...ran.result }).toMatchObject({
        status,
        requests: ["GET", "PUT"],
        outcome: "failed",
        error: { mayHaveLanded: false },
      });
    }
  });

  test("one that was too early or too often is sent again after a fresh look", async () => {
    for (const status of of("wait-and-send")) {
      const ran = await run({ status, effect: "left", headers: { "retry-after": "2" } });
      expect({ status, requests: ran.requests, outcome: ran.result?.outcome }).toEqual({
        status,
        requests: ["GET", "PUT", "GET", "PUT", "GET"],
        outcome: "applied",
      });
    }
  });

  test("an accepted one that left the old audiences is not sent again: it did not converge", async () => {
    for (const status of [201, 202, 204]) {
      const ran = await run({ status, effect: "left" });
      expect({ status, puts: puts(ran), ...ran.result }).toMatchObject({
        status,
        puts: 1,
        outcome: "failed",
        reason: "not-converged",
      });
    }
  });
});

describe("case 52: a write that is answered with 503 and Retry-After", () => {
  test("is looked for at once, and sent again only after that time", async () => {
    const ran = await run({ status: 503, effect: "left", headers: { "retry-after": "40" } });
    expect(ran.result).toMatchObject({ outcome: "applied" });
    expect(puts(ran)).toBe(2);
    // Four looks find it not there; forty seconds later it is read once more, since those are old by then.
    expect(ran.requests).toEqual(["GET", "PUT", "GET", "GET", "GET", "GET", "GET", "PUT", "GET"]);
  });

  test("is given up where that is too long, and says so", async () => {
    const ran = await run({ status: 503, effect: "left", headers: { "retry-after": "3600" } });
    expect(puts(ran)).toBe(1);
    expect(ran.result).toMatchObject({ outcome: "failed", error: { mayHaveLanded: true } });
    expect(ran.result?.error?.message).toMatch(/asks to wait 3600 s, which is not slept/);
  });
});
