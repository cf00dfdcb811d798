const LF = 0x0a;

/**
 * Takes apart what `git cat-file --batch` prints: bytes by blob id. What is no blob, is missing, or has more than `most`
 * bytes is left out.
 */
export async function* blobsIn(
  output: AsyncIterable<Buffer>,
  most: number,
): AsyncIterable<readonly [id: string, bytes: Uint8Array]> {
  const input = takingFrom(output);
  for (;;) {
    const head = await input.line();
    if (head === null) return;
    const [id = "", kind, size] = head.split(" ");
    if (size === undefined) continue;
    const length = Number(size);
    const bytes = await input.take(length, kind === "blob" && length <= most);
    if (bytes !== null && kind === "blob" && length <= most) yield [id, bytes];
    // A line end of its own stands behind each.
    await input.take(1, false);
  }
}

/** Takes lines and numbers of bytes from a stream of pieces. */
function takingFrom(output: AsyncIterable<Buffer>) {
  const pieces = output[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const next = async (): Promise<Buffer | null> => {
    const { done, value } = await pieces.next();
    return done === true ? null : value;
  };
  return {
    async line(): Promise<string | null> {
      while (!held.includes(LF)) {
        const piece = await next();
        if (piece === null) return null;
        held = Buffer.concat([held, piece]);
      }
      const end = held.indexOf(LF);
      const line = held.toString("latin1", 0, end);
      held = held.subarray(end + 1);
      return line;
    },
    /** Null where the stream ends before, or where the bytes are not to be kept. */
    async take(count: number, isKept: boolean): Promise<Uint8Array | null> {
      const kept: Buffer[] = [];
      let left = count;
      while (left > held.length) {
        left -= held.length;
        if (isKept) kept.push(held);
        const piece = await next();
        if (piece === null) return null;
        held = piece;
      }
      kept.push(held.subarray(0, left));
      held = held.subarray(left);
      return isKept ? Buffer.concat(kept) : null;
    },
  };
}
