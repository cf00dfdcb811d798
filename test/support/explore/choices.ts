/** What was chosen at one moment, and how many alternatives there were. */
export type Choice = { index: number; readonly of: number };

/** The choices of one path: those given are made again, after them the first alternative is taken each time. */
export type Choices = {
  /** Whether what was given is used up: what comes now is new. */
  isNew(): boolean;
  take<T>(alternatives: readonly T[]): T;
  readonly made: readonly Choice[];
};

/** @param given the index of each choice that is made again. */
export function createChoices(given: readonly number[]): Choices {
  const made: Choice[] = [];
  return {
    made,
    isNew: () => made.length >= given.length,
    take(alternatives) {
      const index = given[made.length] ?? 0;
      const taken = alternatives[index];
      if (taken === undefined) {
        throw new Error(`Choice ${made.length + 1} is ${index}, of ${alternatives.length} alternatives.`);
      }
      made.push({ index, of: alternatives.length });
      return taken;
    },
  };
}

/** The choices to give for the next path, depth first; null after the last one. */
export function nextChoices(made: readonly Choice[]): readonly number[] | null {
  for (let last = made.length - 1; last >= 0; last -= 1) {
    const { index, of } = made[last] as Choice;
    if (index + 1 < of) return [...made.slice(0, last).map((choice) => choice.index), index + 1];
  }
  return null;
}
