import { afterEach, expect } from "vitest";
import { apply } from "../../../src/commands/apply.ts";
import { plan } from "../../../src/commands/plan.ts";
import { exitCodeOf } from "../../../src/domain/exit-codes.ts";
import type { AudienceBinding, Report } from "../../../src/domain/model.ts";
import validateReport from "../../../src/generated/validate-apply-report.js";
import validatePlan from "../../../src/generated/validate-plan.js";
import { renderJson } from "../../../src/render/json.ts";
import { binding, campaignId, spec } from "../samples/bindings.ts";
import { type Drafts, type Meddling, serveDrafts } from "./drafts.ts";
import { openClient } from "./raw-client.ts";

export const BEFORE: AudienceBinding = binding([1], [9]);
export const AFTER: AudienceBinding = binding([1, 2], [9]);

const TOOL = { name: "campaignctl", version: "0" };
const UNASKED = { expectDigest: null, maxPlanAge: null, confirm: null };

/** What a run came to; `results` are in the order of the campaigns' numbers. */
type Run = { readonly code: number; readonly results: Report["results"]; readonly drafts: Drafts };

type Case = Meddling & {
  /** How many campaigns there are, each to change from BEFORE to AFTER. Default 1. */
  readonly count?: number;
  readonly parallelism?: number;
  /** Happens between plan and apply. */
  readonly between?: (drafts: Drafts) => void;
};

const servers: Drafts[] = [];
afterEach(async () => {
  for (const { server } of servers.splice(0)) await server.close();
});

/** Plans and applies over a real socket; nothing but sleeping is left out. Whatever happens, both results are valid JSON. */
export async function planAndApply({ count = 1, parallelism = 4, between, ...meddling }: Case): Promise<Run> {
  const ids = Array.from({ length: count }, (_, index) => campaignId(index));
  const drafts = await serveDrafts(new Map(ids.map((id) => [id, BEFORE])), meddling);
  servers.push(drafts);
  const client = openClient(drafts.server, { parallelism });
  const { signal } = new AbortController();
  const specs = ids.map((id) => spec(id, AFTER));
  const input = { specs, warnings: [], environment: null, apiUrl: drafts.server.url, tool: TOOL };
  const planned = await plan(input, { reader: client.reader, clock: client.clock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  between?.(drafts);
  const { report, conditions } = await apply(
    { ...planned, tool: TOOL, startedAt: client.clock.now() },
    UNASKED,
    { parallelism, wait: "none" },
    { reader: client.reader, writer: client.openWriter(), clock: client.clock, onEvent: () => undefined },
    signal,
  );
  await client.close();
  expect(validatePlan(JSON.parse(renderJson(planned.plan)))).toBe(true);
  expect(validateReport(JSON.parse(renderJson(report)))).toBe(true);
  return { code: exitCodeOf(conditions), results: report.results, drafts };
}
