import type { Bounds } from "../../domain/model.ts";

/** What reach is or can be, and what it was before; null where that is not known. */
export type ExpectedReach = Bounds & { readonly before: number | null };

/** `possible`: only a count that is not known yet can tell. */
export type ReachVerdict = "held" | "broken" | "possible";
