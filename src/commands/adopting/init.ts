import { resolve } from "node:path";
import {
  EDITOR_SCHEMA,
  type StarterChoice,
  type StarterFile,
  starterFiles,
  starterWorkflow,
} from "../../adopt/starter.ts";
import { readCatalogue } from "../../catalogue/read-catalogue.ts";
import { editorSchema } from "../../declarations/editor-schema.ts";
import { writeNewFile } from "../../files/new-file.ts";
import { readExample } from "../../files/package-file.ts";
import { renderJson } from "../../render/json.ts";

/** What became of the files of a starter repository, by their paths below the folder. */
export type ProjectBegun = { readonly written: readonly string[]; readonly there: readonly string[] };

const WORKFLOWS = ["apply.yml", "drift.yml", "plan.yml", "validate-forks.yml"];

/** Writes a starter repository into a folder, and leaves every file that is there as it is. */
export function beginProject(folder: string, choice: StarterChoice): ProjectBegun {
  const workflows = WORKFLOWS.map((name) => ({
    path: `.github/workflows/campaigns-${name}`,
    text: starterWorkflow(readExample(`workflows/${name}`), choice),
  }));
  const files = starterFiles(choice);
  const written: string[] = [];
  const there: string[] = [];
  for (const { path, text } of [...files, ...workflows, schemaOf(files, choice)]) {
    if (writeNewFile(resolve(folder, path), text)) written.push(path);
    else there.push(path);
  }
  return { written, there };
}

/** As `campaignctl schema` writes it. */
function schemaOf(files: readonly StarterFile[], { environments }: StarterChoice): StarterFile {
  const { text = "" } = files.find(({ path }) => path === "audiences.yaml") ?? {};
  const { catalogue } = readCatalogue({ file: "audiences.yaml", bytes: new TextEncoder().encode(text) });
  if (catalogue === null) throw new Error("The catalogue of the starter repository has a mistake.");
  return { path: EDITOR_SCHEMA, text: renderJson(editorSchema(catalogue, environments)) };
}
