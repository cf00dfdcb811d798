// docs/library.md: all that the library exports, from the declarations that the build writes.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

const FILE = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "dist/index.d.ts");

const INTRO = `# The library

\`\`\`ts
import { planFiles, renderPlanText } from "campaignctl";

const { plan } = await planFiles({ paths: ["campaigns"] });
console.log(renderPlanText(plan));
\`\`\`

The same steps as the command line takes, as functions without streams, signals or exit codes of their own: \`readDeclarations\`, \`resolveSettings\`, \`compose\`, \`plan\`, \`apply\`, \`wait\`. [The life of a plan](concepts.md) tells what each does. A mistake in a file, a setting or an access is an error of the classes below; what became of a campaign is a value. Node 20.18.1 or later, ES modules only; the types are in the package.

This page has all that is exported, and is made from the code. A type that is named here and has no entry stands in \`dist/index.d.ts\`.
`;

const SECTIONS = {
  Functions: "TSDeclareFunction",
  Errors: "ClassDeclaration",
  Values: "VariableDeclaration",
  Types: "TSTypeAliasDeclaration",
};

export function libraryPage() {
  const declarations = readDeclarations();
  const sections = Object.entries(SECTIONS).map(([title, kind]) => {
    const entries = declarations
      .filter(({ type }) => type === kind)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return [`## ${title}\n`, ...entries.map(entryOf)].join("\n");
  });
  return [INTRO, ...sections].join("\n");
}

function readDeclarations() {
  const text = readFileSync(FILE, "utf8");
  const { program } = parseSync(FILE, text);
  let end = 0;
  return program.body.flatMap((statement) => {
    const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(end, statement.start))?.[1] ?? "";
    end = statement.end;
    const node = statement.declaration;
    if (!node) return [];
    const name = node.id?.name ?? node.declarations[0].id.name;
    return [{ name, comment, type: node.type, code: text.slice(node.start, node.end) }];
  });
}

function entryOf({ name, comment, code }) {
  const written = code.replace(/^declare /, "");
  return `### ${name}\n\n${wordsOf(comment)}\`\`\`ts\n${written}\n\`\`\`\n`;
}

/** What a comment says as Markdown: its sentences, then a line for each parameter and each error. */
function wordsOf(comment) {
  const text = comment.replaceAll(/^ *\* ?/gm, "").replaceAll(/\{@link (\w+)\}/g, "`$1`");
  const [sentences = "", ...tags] = text
    .split(/^@/m)
    .map((part) => part.trim().replaceAll(/\n\s*(?!\n)/g, " "));
  const lines = tags.map((tag) => `- ${tag.replace(/^param (\w+)/, "`$1`:").replace(/^throws/, "Throws")}\n`);
  return [sentences === "" ? "" : `${sentences}\n\n`, ...lines, lines.length > 0 ? "\n" : ""].join("");
}
