/** What is to be done when a signal aborts. */
const WATCHED = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Does something when a signal aborts, and gives what takes that back; nothing where there is no signal, or it was
 * aborted before. A signal gets one listener however many wait for it: Node.js looks through all of them for each more.
 */
export function whenAborted(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const waiting = WATCHED.get(signal) ?? watch(signal);
  waiting.add(act);
  return () => {
    waiting.delete(act);
  };
}

function watch(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  WATCHED.set(signal, waiting);
  const doAll = (): void => {
    for (const act of waiting) {
      waiting.delete(act);
      act();
    }
  };
  signal.addEventListener("abort", doAll, { once: true });
  return waiting;
}
