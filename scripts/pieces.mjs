import { join, relative, sep } from "node:path";

/** A command, and what is loaded after it or with most of its code: each of these is made to have all of it. */
const PIECES = {
  "cli/files-only/run-validate.ts": [
    "cli/adopting/run-init.ts",
    "cli/completion/known-words.ts",
    "cli/files-only/run-environments.ts",
    "cli/files-only/run-fmt.ts",
    "cli/files-only/run-who-uses.ts",
    "cli/run-plan.ts",
    "commands/changed/declare-changed.ts",
    "commands/open.ts",
    "commands/rules/check-rules.ts",
    "git/open-base.ts",
  ],
  "cli/run-plan.ts": [
    "cli/adopting/run-import.ts",
    "cli/adopting/run-revert.ts",
    "cli/run-apply.ts",
    "cli/run-wait.ts",
  ],
};

/** What has been loaded before any of these: all of it then is one file. */
const MAIN = "cli/main.ts";

/**
 * An esbuild plugin that makes few files of what commands share. Node.js pays for each file that it loads, and esbuild
 * makes one of the code that the same commands load: where one has all that another has, there are fewer such sets.
 *
 * @param root the folder of this package.
 */
export function pieces(root) {
  const src = join(root, "src");
  const commandOf = new Map(
    Object.entries(PIECES).flatMap(([command, files]) => files.map((file) => [file, [command]])),
  );
  const unmet = new Set(commandOf.keys());
  return {
    name: "pieces",
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir, kind }) => {
        const file = relative(src, join(resolveDir, path)).replaceAll(sep, "/");
        if (kind !== "dynamic-import" || file.startsWith("..")) return undefined;
        unmet.delete(file);
        return { path: file, namespace: "piece" };
      });
      build.onLoad({ filter: /.*/, namespace: "piece" }, ({ path }) => ({
        contents: `${[MAIN, ...(commandOf.get(path) ?? [])].map((file) => `import "./${file}";\n`).join("")}export * from "./${path}";`,
        resolveDir: src,
      }));
      build.onEnd(() => ({
        errors: [...unmet].map((file) => ({ text: `Nothing loads ${file} later: look at PIECES again.` })),
      }));
    },
  };
}
