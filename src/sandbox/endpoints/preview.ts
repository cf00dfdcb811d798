import { isObject, parseJsonBody } from "../body.ts";
import type { EndpointRequest, Handler } from "../handler.ts";
import { type ApiRefusal, invalid } from "../reply.ts";
import type { SeedAudience, World } from "../world/model.ts";
import { SIZE_WHEN_NOT_LISTED } from "../world/reach.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** POST /audiences/:id/preview: exact count of one audience, with rows of invented people (sheet, section 14). */
export const previewAudience: Handler = (call, world) => {
  const limit = readLimit(call, world);
  if (typeof limit !== "number") return limit;
  const size = sizeOf(call.id, world);
  if (size === null) {
    return { kind: "refusal", status: 404, code: "CDP_ETL.NOT_FOUND", message: "Audience not found." };
  }
  return {
    kind: "data",
    data: {
      audienceId: call.id,
      matchCount: size,
      isExact: true,
      executionTimeMs: 412,
      fieldsUsed: ["email", "country"],
      sampleRecords: Array.from({ length: Math.min(limit, size) }, (_, index) => ({
        email: `person-${index + 1}@example.com`,
        country: "US",
      })),
    },
  };
};

function readLimit({ text, contentType }: EndpointRequest, world: World): number | ApiRefusal {
  if (text === "") return DEFAULT_LIMIT;
  const json = parseJsonBody(text, contentType, world.switches);
  if (json.kind === "refused") return json.refusal;
  if (!isObject(json.value)) return invalid(world.switches, "body", "must be a JSON object");
  const unknown = Object.keys(json.value).find((name) => name !== "limit");
  if (unknown !== undefined) return invalid(world.switches, unknown, "unknown field");
  const limit = json.value.limit ?? DEFAULT_LIMIT;
  if (typeof limit === "number" && Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  return invalid(world.switches, "limit", `must be a whole number from 1 to ${MAX_LIMIT}`);
}

function sizeOf(id: string, world: World): number | null {
  if (world.audiences === null) return SIZE_WHEN_NOT_LISTED;
  const named = (audience: SeedAudience) =>
    audience.previewId === id || audience.audienceId.toLowerCase() === id.toLowerCase();
  return [...world.audiences.values()].find(named)?.size ?? null;
}
