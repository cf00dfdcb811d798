// The table of rooms in CONTRIBUTING.md, from the one list of them.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The page with its table made anew. */
export function contributingPage() {
  const rooms = JSON.parse(readFileSync(join(root, "src/rooms.json"), "utf8"));
  const rows = rooms.map(({ path, kind, what }) => `| \`src/${path}/\` | ${kind} | ${what} |`);
  const table = ["| room | | what is in it |", "| --- | --- | --- |", ...rows].join("\n");
  const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  return page.replace(/(<!-- docs:rooms -->\n)[\s\S]*?(<!-- \/docs -->)/, `$1\n${table}\n\n$2`);
}
