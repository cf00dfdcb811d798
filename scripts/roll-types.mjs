import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * The types of a package in one file: what its entry exports, and all that this names, each with its comment.
 *
 * @param entry the declaration file of the entry, as TypeScript wrote it beside those of the other modules.
 */
export function rollTypes(entry) {
  const read = cached(readModule);
  const wanted = exportsOf(read, entry);
  const idOf = ({ file, name }) => `${file}#${name}`;
  const exported = new Map([...wanted].map(([name, file]) => [idOf(find(read, file, name)), name]));
  const [names, rolled, packages] = [new Map(exported), new Map(), new Map()];
  const add = (file, name) => {
    const found = find(read, file, name);
    if (found.module === null) {
      packages.set(found.name, found.from);
      return found.name;
    }
    const id = idOf(found);
    const isTaken = !names.has(id) && [...names.values()].includes(found.name);
    if (!names.has(id)) names.set(id, isTaken ? `${found.name}_${names.size}` : found.name);
    if (rolled.has(id)) return names.get(id);
    // Before what it names, which may be itself.
    rolled.set(id, null);
    const declaration = declarationOf(found, names.get(id), (used) => add(found.file, used));
    rolled.set(id, { isExported: exported.has(id), ...declaration });
    return names.get(id);
  };
  for (const [name, file] of wanted) add(file, name);
  const { text } = read(entry);
  const [opening = ""] = /^\/\*\*[\s\S]*?\*\/\n/.exec(text) ?? [];
  const parts = [...rolled.values()].map(textOf);
  return [opening, ...[...packages].map(foreign), ...parts, "export {};\n"].join("");
}

/** Packages are built in: whoever uses ours has none of them, and needs none of their types. */
function foreign([name, from]) {
  return from.startsWith("node:") ? `import type { ${name} } from "${from}";\n` : `type ${name} = unknown;\n`;
}

function textOf({ comment, text, isExported }) {
  return `${comment}${isExported ? "export " : ""}${text}\n`;
}

function cached(load) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, load(key));
    return known.get(key);
  };
}

/** What stands at the top of a declaration file: its own declarations, and what it takes from others. */
function readModule(file) {
  const text = readFileSync(file, "utf8");
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const module = { text, declared: new Map(), imported: new Map(), passedOn: new Map(), all: [] };
  let end = 0;
  for (const statement of program.body) {
    take(statement, module, text.slice(end, statement.start), dirname(file));
    end = statement.end;
  }
  return module;
}

function take(statement, module, gap, folder) {
  const from = statement.source?.value;
  const target = from?.startsWith(".") ? join(folder, from).replace(/\.[jt]s$/, ".d.ts") : from;
  if (statement.type === "ExportAllDeclaration") module.all.push(target);
  for (const specifier of statement.specifiers ?? []) {
    const [map, name, original] =
      statement.type === "ImportDeclaration"
        ? [module.imported, specifier.local.name, specifier.imported.name]
        : [module.passedOn, specifier.exported.name, specifier.local.name];
    map.set(name, { target, original, isOurs: from?.startsWith(".") });
  }
  const node = statement.declaration ?? (/^TS|Declaration$/.test(statement.type) ? statement : null);
  if (node === null || from !== undefined || statement.specifiers?.length > 0) return;
  const names = [node.id?.name ?? node.declarations?.map(({ id }) => id.name)].flat();
  const comment = gap.match(/\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/)?.[0] ?? "";
  for (const name of names) if (name !== undefined) module.declared.set(name, { node, comment });
}

/** The names that a module exports, and the file to look for each. */
function exportsOf(read, file) {
  const { text, declared, passedOn, all } = read(file);
  const own = [...declared.keys()].filter((name) =>
    new RegExp(`^export (?:declare )?\\w+ ${name}\\b`, "m").test(text),
  );
  const others = all.flatMap((target) => [...exportsOf(read, target)]);
  return new Map([...[...passedOn.keys(), ...own].map((name) => [name, file]), ...others]);
}

/** Where a name that a module uses is declared. */
function find(read, file, name) {
  const module = read(file);
  const declared = module.declared.get(name);
  if (declared !== undefined) return { file, name, module, ...declared };
  const link = module.passedOn.get(name) ?? module.imported.get(name);
  if (link !== undefined) {
    return link.isOurs ? find(read, link.target, link.original) : { module: null, name, from: link.target };
  }
  const target = module.all.find((each) => exportsOf(read, each).has(name));
  if (target === undefined) throw new Error(`${file} has no ${name}.`);
  return find(read, target, name);
}

/** The text of a declaration, with the names that it and others have in one file. */
function declarationOf({ node, comment, module, name }, own, nameOf) {
  const { text, declared, imported } = module;
  const edits = [];
  visit(node, (identifier) => {
    const used = identifier.name;
    if (used !== name && !declared.has(used) && !imported.has(used)) return;
    const renamed = used === name ? own : nameOf(used);
    if (renamed !== used) edits.push([identifier.start, identifier.start + used.length, renamed]);
  });
  let written = text.slice(node.start, node.end);
  for (const [start, end, renamed] of edits.sort(([a], [b]) => b - a))
    written = written.slice(0, start - node.start) + renamed + written.slice(end - node.start);
  return { comment, text: written.replaceAll(/^(?: {4})+/gm, (indent) => " ".repeat(indent.length / 2)) };
}

/** Every identifier that names something outside: no key of an object, no parameter. */
function visit(node, tell) {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, tell);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if (node.type === "TSImportType")
    throw new Error("A type has an import() in it, which cannot be rolled. Name it.");
  if (node.type === "Identifier") tell(node);
  for (const [key, value] of Object.entries(node)) {
    const isName = (key === "key" && !node.computed) || ["label", "parameterName", "property"].includes(key);
    if (isName) continue;
    if (key === "params" || key === "parameters") visit([value].flat().map(withoutName), tell);
    else visit(value, tell);
  }
}

function withoutName(parameter) {
  return parameter.type === "Identifier" ? { ...parameter, type: "" } : parameter;
}
