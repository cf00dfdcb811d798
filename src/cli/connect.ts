import { compose } from "../compose.ts";
import type { Connection } from "../experiture/connection.ts";
import type { Settings } from "../settings.ts";
import type { Session } from "./session.ts";

const THROTTLED =
  "The API limits how fast it may be asked (429): requests are spread over time. Nothing is lost, it only takes longer.\n";

/** The client of the API for one command; the first refusal for rate is told on stderr. */
export function connectFor(
  settings: Settings,
  { parallelism }: { readonly parallelism: number },
  { variables, stderr }: Session,
): Connection {
  return compose(settings, variables, parallelism, { onThrottled: () => stderr.write(THROTTLED) });
}
