import { isObject, parseJsonBody } from "../body.ts";
import type { EndpointRequest, Handler } from "../handler.ts";
import { type ApiRefusal, invalid } from "../reply.ts";
import type { SeedAudience, World } from "../world/model.ts";
import { SIZE_WHEN_NOT_LISTED } from "../world/reach.ts";
import type { ServerSwitches } from "../world/switches.ts";

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
    delayMs: world.switches.previewDelayMs,
    data: {
      audienceId: call.id,
      ...countWords(size, world.switches),
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

/** A count that is not said to be exact is off by a tenth, so that nobody can take it for one. */
function countWords(size: number, { previewCount }: ServerSwitches) {
  if (previewCount === "exact") return { matchCount: size, isExact: true };
  const matchCount = Math.floor(size * 0.9);
  return previewCount === "about" ? { matchCount, isExact: false } : { matchCount };
}

function sizeOf(id: string, { audiences, switches }: World): number | null {
  if (audiences === null) return SIZE_WHEN_NOT_LISTED;
  const isNamed = ({ audienceId, previewId }: SeedAudience) => {
    const isOwn = audienceId.toLowerCase() === id.toLowerCase();
    return previewId === id || (isOwn && (previewId === undefined || switches.previewIds === "shared"));
  };
  const found = [...audiences.values()].find(isNamed);
  return found === undefined || (found.type === "segment" && switches.previewSegments === "not-found")
    ? null
    : found.size;
}
