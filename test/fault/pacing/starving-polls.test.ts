import { expect, test } from "vitest";
import { apply } from "../../../src/commands/apply.ts";
import { plan } from "../../../src/commands/plan.ts";
import type { AudienceBinding, AudienceRef } from "../../../src/domain/model.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import { heldBack } from "../../../src/http/failure.ts";
import type { Http, HttpAnswer } from "../../../src/http/http.ts";
import { connectOver } from "../../support/api/virtual-client.ts";
import { seededRandom } from "../../support/chance/seeded-random.ts";
import { virtualClock } from "../../support/clocks/virtual-clock.ts";
import { binding, campaignId, spec } from "../../support/samples/bindings.ts";

const COUNT = 500;
const RATE = 20;
const EVALUATION_MS = 20_000;
const PATIENCE_MS = 25_000;
const BEFORE = binding([1]);
const AFTER = binding([1, 2]);
const TOOL = { name: "campaignctl", version: "0" };
const NEVER = new AbortController().signal;

type Stored = { audience: AudienceBinding; updatedAt: number; evaluatedAt: number };

/** An API that takes 20 requests a second, and 20 s for each evaluation of reach. */
function createApi(clock: Clock): Http {
  const stored = new Map<string, Stored>();
  let tokens = RATE;
  let filledAt = 0;
  const isTooMuch = (): boolean => {
    tokens = Math.min(RATE, tokens + ((clock.monotonic() - filledAt) * RATE) / 1000);
    filledAt = clock.monotonic();
    if (tokens < 1) return true;
    tokens -= 1;
    return false;
  };
  const find = (id: string): Stored => {
    const old = Date.parse("2026-11-20T00:00:00Z");
    const found = stored.get(id) ?? { audience: BEFORE, updatedAt: old, evaluatedAt: old };
    stored.set(id, found);
    return found;
  };
  const answer = (status: number, body: unknown, headers = {}): HttpAnswer => ({
    kind: "answer",
    status,
    headers: { date: new Date(clock.now()).toUTCString(), ...headers },
    body: JSON.stringify(body),
  });
  return {
    async send({ method, url, body, mayGo, label }) {
      if (mayGo?.() === false) return heldBack({ label, origin: url.origin });
      await clock.sleep(10);
      const refused = isTooMuch();
      const campaign = find(url.pathname.split("/")[4] ?? "");
      if (!refused && method === "PUT") {
        const now = clock.now();
        Object.assign(campaign, {
          audience: JSON.parse(body ?? ""),
          updatedAt: now,
          evaluatedAt: now + EVALUATION_MS,
        });
      }
      const summary = summaryOf(url.pathname.split("/")[4] ?? "", campaign, clock.now());
      await clock.sleep(10);
      if (refused) return answer(429, { success: false }, { "retry-after": "1" });
      return answer(200, { success: true, data: summary });
    },
    close: async () => undefined,
  };
}

function summaryOf(id: string, { audience, updatedAt, evaluatedAt }: Stored, now: number) {
  const entry = ({ audienceId, type }: AudienceRef) => ({ id: audienceId, type });
  const done = now >= evaluatedAt;
  return {
    campaignId: id,
    authoringStatus: "draft",
    updatedAt: new Date(updatedAt).toISOString(),
    audience: {
      included: audience.include.map(entry),
      excluded: audience.exclude.map(entry),
      reach: {
        status: done ? "ok" : "pending",
        evaluatedCount: 7,
        evaluatedAt: done ? new Date(evaluatedAt).toISOString() : null,
        isStale: false,
      },
    },
  };
}

test("polls do not starve behind writes under a narrow limit: every evaluation that ends in time is seen in time", async () => {
  const clock = virtualClock();
  const connection = connectOver(createApi(clock), clock, { parallelism: 10, random: seededRandom(1) });
  const specs = Array.from({ length: COUNT }, (_, index) => spec(campaignId(index), AFTER));
  const input = { specs, warnings: [], environment: null, apiUrl: "x", tool: TOOL };
  const planned = await plan(input, { reader: connection.reader, clock }, NEVER);
  if (planned.kind === "no-access") throw planned.error;
  const { report } = await apply(
    { ...planned, tool: TOOL, startedAt: clock.now() },
    { expectDigest: null, maxPlanAge: null, confirm: null },
    { parallelism: 10, wait: "until-confirmed", timeoutMs: PATIENCE_MS, idleMs: PATIENCE_MS },
    { reader: connection.reader, writer: connection.openWriter(), clock, onEvent: () => undefined },
    NEVER,
  );
  expect(report.summary).toMatchObject({ applied: COUNT, reachConfirmed: COUNT, reachUnconfirmed: 0 });
});
