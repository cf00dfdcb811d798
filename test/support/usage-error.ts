import { UsageError } from "../../src/domain/errors.ts";

/** The usage error that an action must end with. */
export function usageErrorOf(action: () => unknown): UsageError {
  try {
    action();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("No error.");
}
