import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ROOMS from "../../../src/rooms.json" with { type: "json" };
import { ROOT } from "../program/cli.ts";

/** A module of ours: its path from `src`, and what it imports, types too: a path from `src`, or a package. */
export type Module = { readonly file: string; readonly text: string; readonly imports: readonly string[] };

/** A folder of `src`, of which every file is pure, or none needs to be. */
export type Room = { readonly path: string; readonly kind: string; readonly what: string };

export const rooms: readonly Room[] = ROOMS;

/** Every module of ours but the generated ones. */
export function readModules(): readonly Module[] {
  const src = join(ROOT, "src");
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !file.startsWith("generated/"))
    .map((file) => moduleOf(file, readFileSync(join(src, file), "utf8")));
}

export function moduleOf(file: string, text: string): Module {
  const named = [
    ...text.matchAll(
      /^(?:import|export)\b[^;"]*?\bfrom\s*"([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ),
  ].map(([, from, effect, dynamic]) => from ?? effect ?? dynamic ?? "");
  const imports = named.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(file), name) : name));
  return { file, text, imports };
}

/** Where a module stands in the order of rooms; the entries at the top come after all of them. */
export function placeOf(file: string): number {
  const room = roomOf(file);
  return room === null ? rooms.length : rooms.indexOf(room);
}

/** The innermost room that a module is in; null for an entry at the top. */
function roomOf(file: string): Room | null {
  const within = rooms.filter(({ path }) => file.startsWith(`${path}/`));
  return within.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

export function isPure(file: string): boolean {
  return roomOf(file)?.kind === "pure";
}
