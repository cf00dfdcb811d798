import { compose } from "../commands/open.ts";
import { resolveSettings, type Settings, type TargetFlags } from "../commands/settings.ts";
import type { Project } from "../declarations/project.ts";
import type { Connection } from "../experiture/connection.ts";
import type { Exchange } from "../experiture/observed.ts";
import { THROTTLED } from "../render/progress.ts";
import { escapeText } from "../text/invisible.ts";
import { warn } from "./run.ts";
import type { Session } from "./terminal/session.ts";

/** Where and as whom to run. A variable that leads elsewhere than the chosen environment is told on stderr. */
export function settle(flags: TargetFlags, project: Project | null, session: Session): Settings {
  const settings = resolveSettings(flags, session.variables, project);
  const { apiUrl, environment, beatenUrl } = settings;
  if (beatenUrl !== null) {
    warn(
      `EXPERITURE_API_URL beats the project file: this run goes to ${apiUrl}, not to ${beatenUrl}, the apiUrl of environment "${escapeText(environment ?? "")}".`,
      session,
    );
  }
  return settings;
}

/** The client of the API for one command; the first refusal for rate is told on stderr, and each request if asked for. */
export function connectFor(
  settings: Settings,
  { parallelism }: { readonly parallelism: number },
  { variables, stderr, asides, isDebug }: Session,
): Connection {
  return compose(settings, variables, parallelism, {
    onThrottled: () => asides.write(`${THROTTLED}\n`),
    ...(isDebug ? { onExchange: (exchange) => stderr.write(`${exchangeLine(exchange)}\n`) } : {}),
  });
}

/** What a request came to, in a line. Nothing that was sent or received but an id that the API made for it. */
function exchangeLine({ method, path, outcome, ms, correlationId }: Exchange): string {
  const id = correlationId === null ? "" : ` correlation id ${correlationId}`;
  return escapeText(`debug: ${method} ${path} ${outcome} ${Math.round(ms)} ms${id}`);
}
