import type { SandboxSeed } from "../src/sandbox/world/model.ts";

export function madeByHand(listPaging?: "none" | "page" | "cursor" | "repeating" | "short"): SandboxSeed;
