// Builds everything that is not in git: validators from schemas/, the bundled program, the library and its types.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generated = join(root, "src/generated");

/** Compiles every schema into a module of its own, so that no schema is compiled at start-up. */
async function buildValidators() {
  for (const file of readdirSync(join(root, "schemas"))) {
    const name = basename(file, ".schema.json");
    const ajv = new Ajv2020.default({
      allErrors: true,
      strict: true,
      allowUnionTypes: true,
      code: { source: true, esm: true },
    });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(join(root, "schemas", file), "utf8")));
    await build({
      stdin: { contents: standaloneCode.default(ajv, validate), resolveDir: root },
      bundle: true,
      format: "esm",
      platform: "node",
      outfile: join(generated, `validate-${name}.js`),
      logLevel: "warning",
    });
    writeFileSync(
      join(generated, `validate-${name}.d.ts`),
      'import type { ErrorObject } from "ajv";\n' +
        "declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };\n" +
        "export default validate;\n",
    );
  }
}

function buildVersion() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(generated, "version.js"), `export const VERSION = ${JSON.stringify(version)};\n`);
  writeFileSync(join(generated, "version.d.ts"), "export declare const VERSION: string;\n");
}

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
};

// Bundled CommonJS packages call `require` for Node's own modules; an ES module has none of its own.
const requireBanner =
  'import { createRequire as __createRequire } from "node:module";\n' +
  "const require = __createRequire(import.meta.url);";

rmSync(join(root, "dist"), { recursive: true, force: true });
rmSync(generated, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
buildVersion();
await buildValidators();
await build({
  ...shared,
  entryPoints: ["src/cli.ts"],
  outfile: "dist/cli.js",
  banner: { js: `#!/usr/bin/env node\n${requireBanner}` },
  loader: { ".yaml": "text" },
});
chmodSync(join(root, "dist/cli.js"), 0o755);
await build({ ...shared, entryPoints: ["src/index.ts"], outfile: "dist/index.js", packages: "external" });
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
