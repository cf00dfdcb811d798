import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { systemCode } from "../text/system-code.ts";

const STREAMS = ["/dev/stdin", "/dev/stdout", "/dev/stderr"];

/**
 * The open descriptor that a path names: `/dev/stdin`, or `/dev/fd/63`, which is what a shell makes of `<(…)`. Null for
 * every other path, whatever it leads to.
 */
export function descriptorOf(path: string): number | null {
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(path)?.[1];
  const descriptor = number === undefined ? STREAMS.indexOf(path) : Number(number);
  return descriptor === -1 ? null : descriptor;
}

const PIECE = 64 * 1024;

/** Reads an open descriptor to its end, which may be long in coming; no further than just over `most` bytes. */
export function readDescriptor(descriptor: number, most: number): Buffer {
  const pieces: Buffer[] = [];
  for (let total = 0; total <= most; ) {
    const piece = Buffer.allocUnsafe(PIECE);
    const count = whenReady(() => readSync(descriptor, piece, 0, PIECE, null));
    if (count === 0) break;
    pieces.push(piece.subarray(0, count));
    total += count;
  }
  return Buffer.concat(pieces);
}

/** Reads a file, or the open descriptor that a path names, no further than just over `most` bytes. */
export function readAtMost(path: string, most: number): Buffer {
  const named = descriptorOf(path);
  const descriptor = named ?? openSync(path, "r");
  try {
    return readDescriptor(descriptor, most);
  } finally {
    if (named === null) closeSync(descriptor);
  }
}

/** Writes a text to an open descriptor, whole. */
export function writeDescriptor(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += whenReady(() => writeSync(descriptor, bytes, done));
}

const RETRY_MS = 10;

/** Whoever shares a pipe may have set it not to block. Then it says EAGAIN until there is something to do. */
function whenReady(act: () => number): number {
  for (;;) {
    try {
      return act();
    } catch (error) {
      // What Windows says at the end of a pipe.
      if (systemCode(error) === "EOF") return 0;
      if (systemCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
