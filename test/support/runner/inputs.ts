import { parse } from "yaml";

/** What the runner takes of an action.yml. */
export type Manifest = {
  /** Default of each input as it is written; an absent one is the empty text. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The script, from the manifest's folder. */
  readonly main: string;
  readonly using: string;
};

/** Reads the text of an action.yml; throws when it is no JavaScript action. */
export function parseManifest(text: string): Manifest {
  const { inputs, runs } = parse(text) as {
    readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
    readonly runs?: { readonly main?: unknown; readonly using?: unknown };
  };
  if (typeof runs?.main !== "string" || typeof runs.using !== "string") {
    throw new Error("The manifest does not say what runs.");
  }
  const defaults = Object.entries(inputs ?? {}).map(([name, input]) => [name, String(input?.default ?? "")]);
  return { inputs: Object.fromEntries(defaults), main: runs.main, using: runs.using };
}

/**
 * INPUT_ variables of every declared input: upper case, blanks become `_`, hyphens stay. The only expression that a
 * default may hold is the token.
 *
 * @throws Error for an input that is not declared, and for a default with another expression.
 */
export function inputVariables(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  githubToken: string,
): Readonly<Record<string, string>> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(manifest.inputs, name)) throw new Error(`The action declares no input "${name}".`);
  }
  return Object.fromEntries(
    Object.entries(manifest.inputs).map(([name, fallback]) => {
      const value = (given[name] ?? fallback).replace(/\$\{\{\s*github\.token\s*\}\}/g, githubToken);
      if (value.includes("${{")) throw new Error(`The harness cannot evaluate ${value} of input "${name}".`);
      return [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value];
    }),
  );
}
