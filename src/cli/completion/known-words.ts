import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { readProject } from "../../commands/declare.ts";
import { readNames } from "../../commands/read-names.ts";
import { CATALOGUE_FILE, PROJECT_FILE } from "../../domain/source-file.ts";
import { RULE_NAMES } from "../../guardrails/guardrails.ts";
import type { Candidate, Wanted, WordSource } from "./wanted.ts";

/**
 * What a source has for a word that was begun. What cannot be read has nothing.
 *
 * @param cwd the working directory of the shell.
 */
export function knownWords(source: WordSource, { begun, given }: Wanted, cwd: string): readonly Candidate[] {
  const folder = resolve(cwd, given.get("C") ?? ".");
  switch (source) {
    case "rules":
      return RULE_NAMES.map((word) => ({ word, about: "" }));
    case "environments":
      return environmentsOf(projectIn(folder, given));
    case "audiences":
      return audiencesOf(projectIn(folder, given), folder);
    default:
      return filesFor(begun, folder, source);
  }
}

type ProjectRead = ReturnType<typeof readProject>;

/** A project file that is no file would be waited for, or taken from who types. */
function projectIn(cwd: string, given: Wanted["given"]): ProjectRead {
  const config = given.get("config") ?? null;
  if (config !== null && !statSync(resolve(cwd, config)).isFile()) throw new Error(`${config} is no file.`);
  return readProject({ config, cwd });
}

function environmentsOf({ project }: ProjectRead): readonly Candidate[] {
  return Object.entries(project?.environments ?? {}).map(([word, { apiUrl }]) => ({
    word,
    about: apiUrl ?? "",
  }));
}

function audiencesOf({ project, place }: ProjectRead, cwd: string): readonly Candidate[] {
  const catalogue = readNames(place, project, { cwd, environment: null }).names?.catalogue;
  if (catalogue === undefined) return [];
  const audiences = [...catalogue.audiences.values()];
  return [
    ...audiences.map(({ name, type, description }) => ({ word: name, about: description ?? type })),
    ...[...catalogue.groups.keys()].map((word) => ({ word, about: "group" })),
  ];
}

/** What is in the folder that was begun to be typed: folders, and files of the kind that is meant. */
function filesFor(begun: string, cwd: string, source: WordSource): readonly Candidate[] {
  const typed = begun.slice(0, begun.lastIndexOf("/") + 1);
  const folder = typed.startsWith("~/") ? join(homedir(), typed.slice(2)) : resolve(cwd, typed);
  const isHidden = begun.slice(typed.length).startsWith(".");
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() || leadsToFolder(entry, folder) }))
    .filter(({ name, isFolder }) => name.startsWith(".") === isHidden && (isFolder || isMeant(name, source)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, isFolder }) => ({
      word: `${typed}${asPath(name, typed)}${isFolder ? "/" : ""}`,
      about: "",
    }));
}

function leadsToFolder(entry: { name: string; isSymbolicLink(): boolean }, folder: string): boolean {
  return (
    entry.isSymbolicLink() &&
    statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isDirectory() === true
  );
}

function isMeant(name: string, source: WordSource): boolean {
  // A name that is no UTF-8 cannot be written down.
  if (name.includes("\uFFFD") || source === "folders") return false;
  return source === "files" || (/\.ya?ml$/i.test(name) && name !== PROJECT_FILE && name !== CATALOGUE_FILE);
}

/** A name that begins with a hyphen would be read as a flag. */
function asPath(name: string, typed: string): string {
  return typed === "" && /^[-~]/.test(name) ? `./${name}` : name;
}
