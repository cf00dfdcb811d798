import { expect, test } from "vitest";
import { createDetacher } from "../../../src/declarations/detach-campaigns.ts";
import type { ResolvedCampaign } from "../../../src/declarations/resolve.ts";
import { makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import type { AudienceType } from "../../../src/domain/model.ts";
import { audienceId, campaignId } from "../../support/samples/bindings.ts";

function campaign(number: number, type: AudienceType): ResolvedCampaign {
  const id = campaignId(number);
  return {
    claims: [
      { campaignId: id, environment: "staging", file: "a.yaml", place: [0, 2], head: "abc", secrets: [] },
    ],
    spec: {
      campaignId: id,
      name: "Spring",
      owner: null,
      labels: { team: "crm" },
      audience: {
        include: [{ audienceId: audienceId(1), type }],
        exclude: [{ audienceId: audienceId(2), type: "audience" }],
      },
      source: { file: "a.yaml", line: 1, column: 1 },
    },
    isLeftOut: false,
    diagnostics: [makeDiagnostic("missing-key", { detail: "It is missing.", file: "a.yaml" })],
  };
}

test("a copy says the same", () => {
  const detach = createDetacher();
  for (const original of [campaign(1, "segment"), campaign(2, "segment"), campaign(3, "audience")]) {
    expect(detach(original)).toEqual(original);
  }
  const empty = { claims: [], spec: null, isLeftOut: true, diagnostics: [] };
  expect(detach(empty)).toEqual(empty);
});

test("an audience of many campaigns is kept once, but not as another type", () => {
  const detach = createDetacher();
  const [a, b, other] = [campaign(1, "segment"), campaign(2, "segment"), campaign(3, "audience")].map(
    (original) => detach(original).spec?.audience.include[0],
  );
  expect(b).toBe(a);
  expect(other).not.toBe(a);
});
