import {
  type Declarations,
  type DeclareOptions,
  readDeclarations,
  type ValidDeclarations,
} from "../commands/declare.ts";
import { secretsOf } from "../commands/settings.ts";
import { escapeText } from "../text/invisible.ts";
import type { FileFlags } from "./common-options.ts";
import { explainErrors } from "./explain.ts";
import type { Session } from "./terminal/session.ts";

/** Reads the files and shows what is wrong in them; null when they have errors, and so nothing may be sent. */
export function declareOrExplain(flags: FileFlags, session: Session): ValidDeclarations | null {
  const declared = declare(flags, session, { needsEnvironment: true });
  if (declared.kind === "valid") return declared;
  explainErrors(declared.diagnostics, session);
  return null;
}

/** Reads the files. A project file that was found further up is told, since it decides what is read and where it goes. */
export function declare(
  flags: FileFlags,
  session: Session,
  needs: Pick<DeclareOptions, "needsEnvironment" | "isStrict">,
): Declarations {
  const { cwd, variables } = session;
  const { paths, config, environment } = flags;
  const files = { paths, config, environment, cwd, secrets: secretsOf(variables) };
  const declared = readDeclarations({ ...files, ...needs });
  tellProjectAbove(declared, session);
  return declared;
}

/** One line on stderr. */
export function tellProjectAbove(
  { projectAbove }: Pick<Declarations, "projectAbove">,
  { asides }: Session,
): void {
  if (projectAbove !== null) asides.write(`Project file: ${escapeText(projectAbove)} (found upwards)\n`);
}
