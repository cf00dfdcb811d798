// Makes the generated pages anew. With --check it writes nothing and exits 1 when one is out of date.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { actionTables } from "./docs/action-tables.mjs";
import { diagnosticsPage } from "./docs/diagnostics.mjs";
import { examplePage } from "./docs/example-pages.mjs";
import { libraryPage } from "./docs/library.mjs";
import { reliabilityPage } from "./docs/reliability.mjs";
import { contributingPage } from "./docs/rooms.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const actionPage = readFileSync(join(root, "docs/action.md"), "utf8");
const pages = {
  "docs/action.md": actionTables(actionPage),
  "docs/diagnostics.md": diagnosticsPage(),
  "docs/library.md": libraryPage(),
  "docs/reliability.md": reliabilityPage(),
  "docs/catalogue.md": await examplePage("docs/catalogue.md"),
  "docs/changed.md": await examplePage("docs/changed.md"),
  "docs/environments.md": await examplePage("docs/environments.md"),
  "docs/guardrails.md": await examplePage("docs/guardrails.md"),
  "docs/sizes.md": await examplePage("docs/sizes.md"),
  "README.md": await examplePage("README.md"),
  "CONTRIBUTING.md": contributingPage(),
};

for (const [name, text] of Object.entries(pages)) {
  const path = join(root, name);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
  } else if (readFileSync(path, "utf8") !== text) {
    console.error(`${name} is out of date. Run: npm run docs`);
    process.exitCode = 1;
  }
}
