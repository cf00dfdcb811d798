import type { Variables } from "../domain/ports.ts";
import type { Invocation } from "./program.ts";

/** An invocation with the environment that `CAMPAIGNCTL_ENVIRONMENT` names, where no flag names one. */
export function inEnvironment(invocation: Invocation, variables: Variables): Invocation {
  const named = variables.CAMPAIGNCTL_ENVIRONMENT;
  if (!named || !("environment" in invocation.flags) || invocation.flags.environment !== null)
    return invocation;
  return { ...invocation, flags: { ...invocation.flags, environment: named } } as Invocation;
}
