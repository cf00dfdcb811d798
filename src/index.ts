/**
 * campaignctl as a library: load declarations, plan, apply, wait, render.
 *
 * The same steps as the command line takes, as functions without streams, signals or exit codes of their own.
 *
 * @packageDocumentation
 */
import type { MadePlan } from "./commands/plan.ts";
import { type PlanFilesOptions, planFilesWith } from "./commands/plan-files.ts";

export type { ApplyOptions, ApplyPorts } from "./apply/apply-plan.ts";
export { conditionsOf } from "./apply/report.ts";
export { parseSavedReport } from "./apply/saved-report.ts";
export { type Applied, type ApplyInput, apply } from "./commands/apply.ts";
export type { Approval } from "./commands/approval.ts";
export { type ChangedOptions, declareChanged } from "./commands/changed/declare-changed.ts";
export {
  type Declarations,
  type DeclareOptions,
  type InvalidDeclarations,
  readDeclarations,
  type ValidDeclarations,
} from "./commands/declare.ts";
export { compose } from "./commands/open.ts";
export {
  conditionsOfPlan,
  type MadePlan,
  type PlanInput,
  type Planned,
  type PlanPorts,
  plan,
} from "./commands/plan.ts";
export type { PlanFilesOptions } from "./commands/plan-files.ts";
export { type DestinationFlags, resolveSettings, type Settings } from "./commands/settings.ts";
export { type Waited, type WaitInput, type WaitPorts, wait } from "./commands/wait.ts";
export type { BaseCommit } from "./declarations/base-commit.ts";
export type { Destination } from "./domain/destination.ts";
export {
  AccessError,
  ApiError,
  ApiResponseError,
  type EndingSignal,
  InterruptedError,
  InvalidFilesError,
  NetworkError,
  TimeoutError,
  UsageError,
} from "./domain/errors.ts";
export { type Condition, exitCodeOf } from "./domain/exit-codes.ts";
export type * from "./domain/model.ts";
export type * from "./domain/ports.ts";
export type { Scope } from "./domain/scope.ts";
export { TOOL } from "./domain/tool.ts";
export {
  type Connection,
  type ConnectionSettings,
  type Credentials,
  connect,
} from "./experiture/connection.ts";
export { type Allowed, allowedBy } from "./guardrails/allowed.ts";
export type { Rules } from "./guardrails/judge-plan.ts";
export { systemClock } from "./host/clock.ts";
export { parseSavedPlan } from "./plan/saved-plan.ts";
export { renderJson } from "./render/json.ts";
export { renderPlanMarkdown } from "./render/markdown/plan-markdown.ts";
export { renderReportMarkdown } from "./render/markdown/report-markdown.ts";
export { renderDiagnostics } from "./render/text/diagnostics.ts";
export { renderPlanText } from "./render/text/plan-text.ts";
export { renderReportText } from "./render/text/report-text.ts";
export { colourStyle, plainStyle, type Style } from "./render/text/style.ts";

/**
 * The common case in one call: reads the files, asks the API what is live, and says what would change. Never writes.
 *
 * @throws InvalidFilesError for files with errors, UsageError for settings, AccessError for refused credentials.
 */
export function planFiles(options: PlanFilesOptions = {}): Promise<MadePlan> {
  return planFilesWith(options.variables ?? process.env, options);
}
