import { readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** Of undici what the client of the API uses. Exports by name: the build fails for one that is missing here. */
const UNDICI = `
export { default as Pool } from "undici/lib/dispatcher/pool.js";
export { default as buildConnector } from "undici/lib/core/connect.js";
`;

/** Commander starts other programs for subcommands that are files of their own, and there are none. */
const NO_CHILD_PROCESS = "module.exports = {};";

/** fdir looks on the disk for another way to match patterns, which nothing here asks it for. */
const FDIR_LOOKS_FOR_MORE = "createRequire(import.meta.url)";

function leanFdir(path) {
  const text = readFileSync(path, "utf8");
  if (!text.includes(FDIR_LOOKS_FOR_MORE))
    throw new Error(`${path} is not as expected: look at leanFdir again.`);
  return { contents: text.replace(FDIR_LOOKS_FOR_MORE, "{}"), loader: "js" };
}

/**
 * An esbuild plugin that keeps out of the command line what it never uses, and would load at every start.
 *
 * @param root the folder of this package.
 */
export function leanPackages(root) {
  return {
    name: "lean-packages",
    setup(build) {
      build.onResolve({ filter: /^undici$/ }, ({ importer }) =>
        importer.startsWith(join(root, "src")) ? { path: "undici", namespace: "lean" } : undefined,
      );
      build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        importer.includes(`${sep}commander${sep}`) ? { path: "child_process", namespace: "lean" } : undefined,
      );
      build.onLoad({ filter: /[\\/]fdir[\\/]dist[\\/]index\.mjs$/ }, ({ path }) => leanFdir(path));
      build.onLoad({ filter: /.*/, namespace: "lean" }, ({ path }) => ({
        contents: path === "undici" ? UNDICI : NO_CHILD_PROCESS,
        resolveDir: root,
      }));
    },
  };
}
