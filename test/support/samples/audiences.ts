import type { AudienceFacts, Plan } from "../../../src/domain/model.ts";
import { audience } from "./plan.ts";

/** What a plan knows of the n-th sample audience, by its id: its name, and more where told. */
export const audienceNamed = (
  n: number,
  name: string,
  more: Partial<AudienceFacts> = {},
): Plan["audiences"] => ({
  [audience(n).audienceId]: {
    name,
    type: "segment",
    nameFrom: "live",
    owner: null,
    description: null,
    groups: [],
    size: null,
    ...more,
  },
});
