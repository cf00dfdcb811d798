import type { Plugin } from "esbuild";

export function leanPackages(root: string, program: "cli" | "action"): Plugin;
