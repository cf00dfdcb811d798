import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { transform } from "esbuild";

/** Of undici what the client of the API uses. Exports by name: the build fails for one that is missing here. */
const UNDICI = `
export { default as Pool } from "undici/lib/dispatcher/pool.js";
export { default as buildConnector } from "undici/lib/core/connect.js";
`;

/** And what the Action uses beside it, so that the global fetch connects as that client does. */
const UNDICI_OF_ACTION = `
${UNDICI}
export { default as Agent } from "undici/lib/dispatcher/agent.js";
export { setGlobalDispatcher } from "undici/lib/global.js";
`;

/** The YAML library, made ready by the first file that our own quick reader leaves to it: most runs have none. */
const YAML = `
const yaml = () => require("yaml");
export const isAlias = (node) => yaml().isAlias(node);
export const isMap = (node) => yaml().isMap(node);
export const isScalar = (node) => yaml().isScalar(node);
export const isSeq = (node) => yaml().isSeq(node);
export const CST = { tokenType: (source) => yaml().CST.tokenType(source) };
export function Composer(options) { return new (yaml().Composer)(options); }
export function Lexer() { return new (yaml().Lexer)(); }
export function Parser() { return new (yaml().Parser)(); }
`;

/** The runner's toolkit would ask for an identity token over HTTP, with an undici of its own; nobody wants one here. */
const NO_HTTP = "export class HttpClient {} export class BearerCredentialHandler {}";

/** Commander starts other programs for subcommands that are files of their own, and there are none. */
const NO_CHILD_PROCESS = "module.exports = {};";

/** Of undici's parser there are two; this one runs on every machine, and our answers are short. */
const ONE_PARSER = "../llhttp/llhttp-wasm.js";

/** Our client speaks HTTP/1.1, and sends text: neither HTTP/2 nor forms. */
const NOT_SPOKEN = "module.exports = {};";

/** fdir looks on the disk for another way to match patterns, which nothing here asks it for. */
const FDIR_LOOKS_FOR_MORE = "createRequire(import.meta.url)";

function leanFdir(path) {
  const text = readFileSync(path, "utf8");
  if (!text.includes(FDIR_LOOKS_FOR_MORE))
    throw new Error(`${path} is not as expected: look at leanFdir again.`);
  // No error is made: for the words of one, V8 would parse the whole file again.
  return minified(text.replace(FDIR_LOOKS_FOR_MORE, "{ resolve() { throw null; } }"));
}

/** One file as short as it can be; the names that it exports stay, for whoever reads a stack. */
async function minified(text, loader = "js") {
  const { code } = await transform(text, { loader, minify: true, legalComments: "inline" });
  return { contents: code, loader: "js" };
}

/**
 * An esbuild plugin that keeps out of the program what it never uses, and would load at every start.
 *
 * @param root the folder of this package.
 * @param program "cli" or "action".
 */
export function leanPackages(root, program) {
  const contents = {
    undici: program === "action" ? UNDICI_OF_ACTION : UNDICI,
    child_process: NO_CHILD_PROCESS,
    "http-client": NO_HTTP,
    "not-spoken": NOT_SPOKEN,
    yaml: YAML,
  };
  return {
    name: "lean-packages",
    setup(build) {
      build.onResolve({ filter: /^(undici|yaml)$/ }, ({ path, importer }) =>
        importer.startsWith(join(root, "src")) ? { path, namespace: "lean" } : undefined,
      );
      build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        importer.includes(`${sep}commander${sep}`) ? { path: "child_process", namespace: "lean" } : undefined,
      );
      build.onResolve({ filter: /\/llhttp_simd-wasm\.js$/ }, ({ importer }) => ({
        path: join(dirname(importer), ONE_PARSER),
      }));
      build.onResolve({ filter: /\/(?:client-h2|web\/fetch\/body)\.js$/ }, () =>
        program === "cli" ? { path: "not-spoken", namespace: "lean" } : undefined,
      );
      build.onLoad({ filter: /[\\/]fdir[\\/]dist[\\/]index\.mjs$/ }, ({ path }) => leanFdir(path));
      if (program === "cli")
        build.onLoad({ filter: /\.(?:[cm]?js|ts)$/, namespace: "file" }, ({ path }) =>
          minified(readFileSync(path, "utf8"), path.endsWith(".ts") ? "ts" : "js"),
        );
      build.onResolve({ filter: /^@actions\/http-client/ }, () => ({
        path: "http-client",
        namespace: "lean",
      }));
      build.onLoad({ filter: /.*/, namespace: "lean" }, ({ path }) => ({
        contents: contents[path],
        resolveDir: root,
      }));
    },
  };
}
