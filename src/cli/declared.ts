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

/** As {@link FileFlags}, and the revision of git of which only what differs is looked at. */
type ScopedFlags = FileFlags & { readonly changedSince?: string | null };

/** Reads the files and shows what is wrong in them; null when they have errors, and so nothing may be sent. */
export async function declareOrExplain(
  { changedSince = null, ...flags }: ScopedFlags,
  session: Session,
): Promise<ValidDeclarations | null> {
  const declared =
    changedSince === null
      ? declare(flags, session, { needsEnvironment: true })
      : await declareSince(changedSince, flags, session);
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
  const declared = readDeclarations({ ...filesOf(flags, session), ...needs });
  tellProjectAbove(declared, session);
  return declared;
}

/** What asks git is loaded only where git is asked. */
async function declareSince(revision: string, flags: FileFlags, session: Session): Promise<Declarations> {
  const { openBase } = await import("../git/open-base.ts");
  const { declareChanged } = await import("../commands/changed/declare-changed.ts");
  const { cwd, variables } = session;
  const base = await openBase(revision, cwd, variables);
  const declared = await declareChanged({ ...filesOf(flags, session), needsEnvironment: true }, base);
  tellProjectAbove(declared, session);
  return declared;
}

function filesOf({ paths, config, environment }: FileFlags, { cwd, variables }: Session) {
  return { paths, config, environment, cwd, secrets: secretsOf(variables) };
}

/** One line on stderr. */
export function tellProjectAbove(
  { projectAbove }: Pick<Declarations, "projectAbove">,
  { asides }: Session,
): void {
  if (projectAbove !== null) asides.write(`Project file: ${escapeText(projectAbove)} (found upwards)\n`);
}
