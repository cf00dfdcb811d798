import { compose } from "../compose.ts";
import type { Connection } from "../experiture/connection.ts";
import { THROTTLED } from "../render/progress.ts";
import type { Settings } from "../settings.ts";
import type { Session } from "./session.ts";

/** The client of the API for one command; the first refusal for rate is told on stderr. */
export function connectFor(
  settings: Settings,
  { parallelism }: { readonly parallelism: number },
  { variables, stderr }: Session,
): Connection {
  return compose(settings, variables, parallelism, { onThrottled: () => stderr.write(`${THROTTLED}\n`) });
}
