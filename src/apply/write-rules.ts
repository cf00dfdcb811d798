import type { ApplyResult, Update } from "../domain/model.ts";

/** What the rules of a project say while a plan is carried out. */
export type WriteRules = {
  /** Whether a campaign may be written at this moment. */
  mayWrite(update: Update): boolean;
  /** Whether what was written must be put back: the API has counted, and that breaks a rule. */
  mustRestore(result: ApplyResult): boolean;
};

/** No rule says anything. */
export const UNRULED: WriteRules = { mayWrite: () => true, mustRestore: () => false };
