import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReportToRevert } from "../../src/apply/saved-report.ts";
import { apply } from "../../src/commands/apply.ts";
import { plan } from "../../src/commands/plan.ts";
import { sameBinding } from "../../src/domain/binding.ts";
import { NetworkError } from "../../src/domain/errors.ts";
import type { AudienceBinding, CampaignSpec, Plan, Report } from "../../src/domain/model.ts";
import type { CampaignReader } from "../../src/domain/ports.ts";
import { asLeftBy, specsToRevert } from "../../src/plan/revert.ts";
import { parseSavedPlan } from "../../src/plan/saved-plan.ts";
import { renderJson } from "../../src/render/json.ts";
import { type FakeApi, fakeApi, fakeClock } from "../support/api/fake-api.ts";
import { arbitraryBinding, campaignId, spec } from "../support/samples/bindings.ts";

const TOOL = { name: "campaignctl", version: "0" };
const PLACE = { environment: null, apiUrl: "https://api.example/public/v1" };
const { signal } = new AbortController();

type Trouble = "none" | "lost" | "edit" | "edit-back" | "lock" | "edit-and-lock";
const trouble = fc.constantFrom<Trouble>(
  "none",
  "none",
  "lost",
  "edit",
  "edit-back",
  "lock",
  "edit-and-lock",
);
const campaigns = fc.array(
  fc.record({ live: arbitraryBinding, desired: arbitraryBinding, edited: arbitraryBinding, trouble }),
  { minLength: 1, maxLength: 5 },
);

type Ports = { readonly api: FakeApi; readonly clock: ReturnType<typeof fakeClock> };

async function planned(
  specs: readonly CampaignSpec[],
  reader: CampaignReader,
  { clock }: Ports,
): Promise<Plan> {
  const made = await plan({ specs, warnings: [], tool: TOOL, ...PLACE }, { reader, clock }, signal);
  if (made.kind !== "planned") throw made.error;
  // As apply --plan would read it.
  return parseSavedPlan(renderJson(made.plan), PLACE);
}

async function carriedOut(made: Plan, { api, clock }: Ports): Promise<Report> {
  const { report } = await apply(
    { plan: made, live: null, accessError: null, tool: TOOL, startedAt: clock.now() },
    { expectDigest: null, maxPlanAge: null, confirm: null },
    { parallelism: 2, wait: "none" },
    { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined },
    signal,
  );
  return parseReportToRevert(renderJson(report), PLACE);
}

describe("revert after apply", () => {
  it("restores what was live, or says why not, and touches nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(campaigns, async (list) => {
        const clock = fakeClock();
        const idOf = (index: number): string => campaignId(index + 1);
        const api = fakeApi(
          Object.fromEntries(list.map(({ live }, index) => [idOf(index), { audience: live }])),
          clock,
        );
        const ports = { api, clock };
        api.afterWrite = (id) => {
          if (list[Number(id.slice(-2)) - 1]?.trouble === "lost") throw new NetworkError("No answer.");
        };
        const specs = list.map(({ desired }, index) => spec(idOf(index), desired));
        const report = await carriedOut(await planned(specs, api.reader, ports), ports);
        api.afterWrite = () => undefined;
        const left = new Map<string, AudienceBinding>();
        for (const [index, { live, edited, trouble: kind }] of list.entries()) {
          const id = idOf(index);
          if (kind === "edit" || kind === "edit-and-lock") api.edit(id, { audience: edited });
          if (kind === "edit-back") api.edit(id, { audience: live });
          if (kind === "lock" || kind === "edit-and-lock") api.edit(id, { authoringStatus: "sent" });
          left.set(id, api.audienceOf(id));
        }

        const back = await planned(specsToRevert(report), asLeftBy(report, api.reader), ports);
        await carriedOut(back, ports);
        const changes = new Map(back.changes.map((change) => [change.campaignId, change]));
        for (const [index, { live, desired }] of list.entries()) {
          const id = idOf(index);
          const change = changes.get(id);
          const isBack = sameBinding(api.audienceOf(id), live);
          const isTouched = !sameBinding(api.audienceOf(id), left.get(id) ?? live);
          // Only what was written is put back, and only from what the report left.
          if (isTouched)
            expect([isBack, change?.action, sameBinding(left.get(id) ?? live, desired)]).toEqual([
              true,
              "update",
              true,
            ]);
          const wasWritten = report.results[index]?.writes.length !== 0;
          if (!isBack && wasWritten) expect(["skip", "error"]).toContain(change?.action);
          if (!wasWritten) expect(change).toBeUndefined();
        }
      }),
      { seed: 16, numRuns: 200 },
    );
  });
});
