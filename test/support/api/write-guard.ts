import type { WriteGuard } from "../../../src/domain/ports.ts";

/** Lets every write pass. */
export const OPEN: WriteGuard = {
  pass: () => true,
  freshUntil: () => Number.POSITIVE_INFINITY,
  readAgain: async () => undefined,
  refused: () => undefined,
};

/** Lets a write pass until the API refuses it for a while; then only after the campaign was read again. */
export function guardReading(readAgain: () => Promise<void>): WriteGuard {
  let isFresh = true;
  return {
    ...OPEN,
    pass: () => isFresh,
    async readAgain() {
      await readAgain();
      isFresh = true;
    },
    refused() {
      isFresh = false;
    },
  };
}
