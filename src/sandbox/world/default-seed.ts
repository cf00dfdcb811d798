import { existsSync, readFileSync } from "node:fs";

/** The seed for a sandbox that is started without one: `examples/sandbox.yaml` of this package. */
export function readDefaultSeed(): { readonly file: string; readonly text: string } {
  const url = seedUrl();
  return { file: "examples/sandbox.yaml", text: readFileSync(url, "utf8") };
}

/** The package's root is one level above the bundled program in dist/, two above this file in src/sandbox/. */
function seedUrl(): URL {
  const bundled = new URL("../../examples/sandbox.yaml", import.meta.url);
  return existsSync(bundled) ? bundled : new URL("../../../examples/sandbox.yaml", import.meta.url);
}
