/** Lets at most `size` pieces of work run at once, in the order in which they ask. */
export type Slots = { use<T>(work: () => Promise<T>): Promise<T> };

/** Makes `size` slots. */
export function makeSlots(size: number): Slots {
  let free = size;
  const waiting: (() => void)[] = [];
  const enter = async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    // A slot is handed on, not given back, so that nobody overtakes those who wait.
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async use(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
