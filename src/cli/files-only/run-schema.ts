import { readProject } from "../../commands/declare.ts";
import { readNames } from "../../commands/read-names.ts";
import { secretsOf } from "../../commands/settings.ts";
import { editorSchema } from "../../declarations/editor-schema.ts";
import { hasErrors } from "../../domain/diagnostics.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import { descriptorOf } from "../../files/descriptor.ts";
import { renderJson } from "../../render/json.ts";
import { tellProjectAbove } from "../declared.ts";
import { explainErrors } from "../explain.ts";
import { writeOrExplain } from "../print-result.ts";
import { checkResultFiles } from "../result-files.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `schema`. */
export type SchemaFlags = { readonly config: string | null; readonly out: string | null };

/** `campaignctl schema`: writes a JSON Schema of this project's campaign files that knows the catalogue's names. */
export async function runSchema({ config, out }: SchemaFlags, session: Session): Promise<number> {
  const { cwd, variables } = session;
  checkResultFiles([["--out", out]], [["--config", config]]);
  const secrets = secretsOf(variables);
  const read = readProject({ config, cwd, secrets });
  tellProjectAbove(read, session);
  const named = readNames(read.place, read.project, { cwd, environment: null, secrets });
  const diagnostics = [...read.diagnostics, ...named.diagnostics];
  if (hasErrors(diagnostics) || named.names === null) {
    explainErrors(diagnostics, session);
    return exitCodeOf(["invalid"]);
  }
  const environments = Object.keys(read.project?.environments ?? {});
  const text = renderJson(editorSchema(named.names.catalogue, environments));
  if (out === null || descriptorOf(out) === 1) session.stdout.write(text);
  else if (!writeOrExplain(out, text, session)) return 1;
  return 0;
}
