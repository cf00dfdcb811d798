import type { Plugin } from "esbuild";

export function leanPackages(root: string): Plugin;
