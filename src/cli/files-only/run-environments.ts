import { readProject } from "../../commands/declare.ts";
import { DEFAULT_API_URL, secretsOf } from "../../commands/settings.ts";
import { hasErrors } from "../../domain/diagnostics.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import { renderJson } from "../../render/json.ts";
import { escapeText } from "../../text/invisible.ts";
import { tellProjectAbove } from "../declared.ts";
import { explainErrors } from "../explain.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `environments`. */
export type EnvironmentsFlags = { readonly config: string | null; readonly format: "text" | "json" };

/** `campaignctl environments`: lists the project's environments; as JSON it is a matrix for a workflow. */
export async function runEnvironments(flags: EnvironmentsFlags, session: Session): Promise<number> {
  const { cwd, variables } = session;
  const read = readProject({ config: flags.config, cwd, secrets: secretsOf(variables) });
  tellProjectAbove(read, session);
  if (hasErrors(read.diagnostics)) {
    explainErrors(read.diagnostics, session);
    return exitCodeOf(["invalid"]);
  }
  const listed = Object.entries(read.project?.environments ?? {});
  const include = listed.map(([environment, { apiUrl }]) => ({
    environment,
    apiUrl: apiUrl ?? DEFAULT_API_URL,
  }));
  if (flags.format === "json") {
    session.stdout.write(renderJson({ include }));
    return 0;
  }
  const width = Math.max(0, ...include.map(({ environment }) => environment.length));
  for (const { environment, apiUrl } of include) {
    const partial = read.project?.environments[environment]?.isPartial === true ? "  (partial)" : "";
    session.stdout.write(`${escapeText(environment.padEnd(width))}  ${escapeText(apiUrl)}${partial}\n`);
  }
  if (include.length === 0) session.asides.write("The project lists no environments.\n");
  return 0;
}
