import { TOOL } from "../domain/tool.ts";
import type { ValidDeclarations } from "./declare.ts";
import type { PlanInput } from "./plan.ts";
import type { Settings } from "./settings.ts";

/** What to plan, from the files and the settings of this run. */
export function planInput(declared: ValidDeclarations, settings: Settings): PlanInput {
  return {
    specs: declared.specs,
    warnings: declared.diagnostics,
    environment: settings.environment,
    apiUrl: settings.apiUrl,
    tool: TOOL,
  };
}
