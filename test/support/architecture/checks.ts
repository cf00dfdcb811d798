import { EDGES } from "./edges.ts";
import type { Check } from "./modules.ts";
import { ORDER } from "./order.ts";
import { PURITY } from "./purity.ts";
import { SHAPE } from "./shape.ts";
import { WORDS_ONCE } from "./words.ts";

/** The rules of the rooms, by what each demands. */
export const CHECKS: Readonly<Record<string, Check>> = {
  ...ORDER,
  ...PURITY,
  ...EDGES,
  ...WORDS_ONCE,
  ...SHAPE,
};
