let underWay = 0;
let before = Error.stackTraceLimit;

/** Does work of whose many faults nobody reads where they come from: to write that down can take a third of the time. */
export async function withoutTraces<T>(work: () => Promise<T>): Promise<T> {
  if (underWay === 0) before = Error.stackTraceLimit;
  underWay += 1;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    underWay -= 1;
    if (underWay === 0) Error.stackTraceLimit = before;
  }
}
