import { basename, posix } from "node:path";
import { type Check, ENTRIES, type Module, roomOf } from "./modules.ts";

const MOST_FILES = 20;
const MOST_LINES = 250;
const MOST_OF_A_FUNCTION = 60;

/** The rules of sizes, and of where files stand. */
export const SHAPE: Readonly<Record<string, Check>> = {
  "every folder is a room or is named in one's row, and nothing but the entries stands at the top": (
    modules,
  ) => modules.map(({ file }) => file).filter((file) => !hasRow(file) && !ENTRIES.includes(file)),
  "no folder has more than 20 files": (modules) => crowded(modules),
  "no file is over 250 lines": (modules) =>
    modules.filter(({ text }) => isLong(text)).map(({ file }) => file),
  "no function, arrow or method is over 60 lines": (modules) =>
    modules.flatMap(({ file, functions }) =>
      functions.filter(({ lines }) => lines > MOST_OF_A_FUNCTION).map(({ line }) => `${file}:${line}`),
    ),
  "no barrel but index.ts, no catch-all": (modules) =>
    modules.filter((module) => isBarrel(module) || isCatchAll(module)).map(({ file }) => file),
};

/** The vocabulary is one, in two files. */
const PASSES_ON = ["index.ts", "domain/model.ts"];

function isBarrel({ file, imports }: Module): boolean {
  if (basename(file) === "index.ts" && file !== "index.ts") return true;
  return !PASSES_ON.includes(file) && imports.some(({ isPassedOn }) => isPassedOn);
}

function isCatchAll({ file }: Module): boolean {
  return /(?:^|\/)(?:utils?|helpers?|common|misc|shared|types)(?:\/|\.ts$)/.test(file);
}

function hasRow(file: string): boolean {
  const room = roomOf(file);
  if (room === null) return false;
  const below = posix.dirname(posix.relative(room.path, file));
  return below === "." || room.what.includes(`\`${below}/\``);
}

/** The folders that have more files than a folder may have, and how many. */
export function crowded(files: readonly Pick<Module, "file">[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { file } of files) {
    const folder = posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder}: ${count}`);
}

/** Whether a file has more lines than a file may have. */
export function isLong(text: string): boolean {
  return text.split("\n").length > MOST_LINES + 1;
}
