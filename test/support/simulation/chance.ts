import { seededRandom } from "../chance/seeded-random.ts";

/** A seeded source of chance: one seed gives the same draws on every machine. */
export type Chance = {
  /** From 0 up to 1. */
  readonly number: () => number;
  happens(probability: number): boolean;
  /** A real number from low up to high. */
  between(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** Another source whose draws do not depend on how often this one is asked later. */
  fork(): Chance;
};

/** @param seed a whole number. */
export function createChance(seed: number): Chance {
  const number = seededRandom(seed);
  const between = (low: number, high: number): number => low + number() * (high - low);
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  return {
    number,
    happens: (probability) => number() < probability,
    between,
    whole,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new Error("There is nothing to pick from.");
      return list[whole(0, list.length - 1)] as T;
    },
    fork: () => createChance(Math.floor(number() * 2 ** 32)),
  };
}
