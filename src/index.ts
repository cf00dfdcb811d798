/**
 * campaignctl as a library: load declarations, plan, apply, wait, render.
 *
 * The same steps as the command line takes, as functions without streams, signals or exit codes of their own.
 *
 * @packageDocumentation
 */
export type { ApplyOptions, ApplyPorts } from "./apply/apply-plan.ts";
export { conditionsOf } from "./apply/report.ts";
export { parseSavedReport } from "./apply/saved-report.ts";
export { systemClock } from "./clock.ts";
export { type Applied, type ApplyInput, type Approval, apply } from "./commands/apply.ts";
export {
  type Declarations,
  type DeclareOptions,
  type InvalidDeclarations,
  readDeclarations,
  type ValidDeclarations,
} from "./commands/declare.ts";
export {
  conditionsOfPlan,
  type PlanInput,
  type Planned,
  type PlanPorts,
  plan,
} from "./commands/plan.ts";
export { type Waited, type WaitInput, type WaitPorts, wait } from "./commands/wait.ts";
export { compose } from "./compose.ts";
export type * from "./domain.ts";
export {
  AccessError,
  ApiError,
  ApiResponseError,
  type Condition,
  exitCodeOf,
  InterruptedError,
  InvalidFilesError,
  NetworkError,
  TimeoutError,
  UsageError,
} from "./errors.ts";
export {
  type Connection,
  type ConnectionSettings,
  type Credentials,
  connect,
} from "./experiture/connection.ts";
export { parseSavedPlan, type Target } from "./plan/saved-plan.ts";
export { type PlanFilesOptions, planFiles } from "./plan-files.ts";
export type * from "./ports.ts";
export { renderDiagnostics } from "./render/diagnostics.ts";
export { renderJson } from "./render/json.ts";
export { renderPlanMarkdown } from "./render/plan-markdown.ts";
export { renderPlanText } from "./render/plan-text.ts";
export { renderReportMarkdown } from "./render/report-markdown.ts";
export { renderReportText } from "./render/report-text.ts";
export { colourStyle, plainStyle, type Style } from "./render/style.ts";
export { resolveSettings, type Settings, type TargetFlags, type Variables } from "./settings.ts";
export { TOOL } from "./tool.ts";
