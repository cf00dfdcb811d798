/** How many stand in the API client's line at once: more than can be under way, and few enough to keep. */
const IN_LINE = 250;

/** Does the same for each item, as many at once as the client allows. */
export async function eachInLine<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const workOn = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(IN_LINE, items.length) }, workOn));
}
