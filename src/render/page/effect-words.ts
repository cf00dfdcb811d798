import type { Direction } from "../../domain/model.ts";

/** What a change of this direction means in two or three words. */
export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  widens: "more people",
  mixed: "either way",
  narrows: "fewer people",
  none: "no difference",
};

/** The sign of a direction; its word always stands beside it. */
export const DIRECTION_SIGNS: Readonly<Record<Direction, string>> = {
  widens: "▲",
  mixed: "◆",
  narrows: "▼",
  none: "·",
};

/** A direction with its sign: `▲ more people`. The sign never stands alone. */
export function directionText(direction: Direction): string {
  return `${DIRECTION_SIGNS[direction]} ${DIRECTION_WORDS[direction]}`;
}

/** Said of a change that takes away the last exclude. */
export const NO_EXCLUDE_WARNING =
  "NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.";
