import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ROOMS from "../../../src/rooms.json" with { type: "json" };
import { ROOT } from "../program/cli.ts";
import { type Import, type Syntax, syntaxOf } from "./syntax.ts";

/** A file of ours: its path from `src`, and its text. */
export type SourceFile = { readonly file: string; readonly text: string };

/** A module of ours, and what is in it. */
export type Module = SourceFile & Omit<Syntax, "imports"> & { readonly imports: readonly Imported[] };

/** `from` is a path from `src` where it is ours, else a package; null where only the running program knows it. */
type Imported = Import & { readonly isOurs: boolean };

/** A folder of `src`, of which every file is pure, or none needs to be. */
export type Room = { readonly path: string; readonly kind: string; readonly what: string };

export const rooms: readonly Room[] = ROOMS;

/** The entries, which are all that stands at the top. */
export const ENTRIES: readonly string[] = ["action.ts", "cli.ts", "index.ts"];

/** Says what of these modules breaks a rule; nothing when none does. */
export type Check = (modules: readonly Module[]) => readonly string[];

const SRC = join(ROOT, "src");

/** The files of `src` but the generated ones, by their paths from there. */
export function sourceFiles(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.startsWith("generated/"));
}

/** The same with their texts. */
export function readSources(): readonly SourceFile[] {
  return sourceFiles().map((file) => ({ file, text: readFileSync(join(SRC, file), "utf8") }));
}

/** Every module of ours but the generated ones. */
export function readModules(): readonly Module[] {
  return readSources().map(({ file, text }) => moduleOf(file, text));
}

export function moduleOf(file: string, text: string): Module {
  const { imports, ...rest } = syntaxOf(file, text);
  return { file, text, ...rest, imports: imports.map((imported) => resolved(imported, file)) };
}

function resolved(imported: Import, file: string): Imported {
  const { from } = imported;
  const isOurs = from?.startsWith(".") === true;
  return { ...imported, from: isOurs ? posix.join(posix.dirname(file), from) : from, isOurs };
}

/** What a module takes from others of ours that is there when the program runs: no types. */
export function valuesFrom({ imports }: Module): readonly string[] {
  return imports.flatMap(({ from, isOurs, isType }) => (isOurs && !isType && from !== null ? [from] : []));
}

/** Where a module stands in the order of rooms; the entries at the top come after all of them. */
export function placeOf(file: string): number {
  const room = roomOf(file);
  return room === null ? rooms.length : rooms.indexOf(room);
}

/** The innermost room that a module is in; null for an entry at the top. */
export function roomOf(file: string): Room | null {
  const within = rooms.filter(({ path }) => file.startsWith(`${path}/`));
  return within.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

export function isPure(file: string): boolean {
  return roomOf(file)?.kind === "pure";
}

export function isFrontEnd({ file }: Module): boolean {
  return /^(?:action|cli)(?:\/|\.ts$)/.test(file);
}
