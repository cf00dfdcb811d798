import fc from "fast-check";
import { expect, test } from "vitest";
import { blobsIn } from "../../../src/git/blobs.ts";

/** A stream of these bytes in pieces of such a size. */
async function* inPieces(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function taken(printed: Buffer, size: number, most = 100) {
  const found: [string, string][] = [];
  for await (const [id, bytes] of blobsIn(inPieces(printed, size), most)) {
    found.push([id, Buffer.from(bytes).toString("latin1")]);
  }
  return found;
}

const printed = (id: string, content: string, kind = "blob") =>
  `${id} ${kind} ${Buffer.byteLength(content, "latin1")}\n${content}\n`;

test("whatever the pieces are that it comes in, each blob comes out whole", async () => {
  const contents = fc.array(
    fc.string({ maxLength: 60, unit: fc.constantFrom("a", "\n", "\0", " ", "\xff") }),
  );
  await fc.assert(
    fc.asyncProperty(contents, fc.integer({ min: 1, max: 90 }), async (all, size) => {
      const output = Buffer.from(all.map((content, n) => printed(`id${n}`, content)).join(""), "latin1");
      expect(await taken(output, size)).toEqual(all.map((content, n) => [`id${n}`, content]));
    }),
  );
});

test("what is missing, no blob, or too large is left out, and what follows is not", async () => {
  const output = [
    printed("1", "a"),
    "2 missing\n",
    printed("3", "x".repeat(101)),
    printed("4", "parent 1", "commit"),
    printed("5", "x".repeat(100)),
  ].join("");
  for (const size of [1, 7, 1000]) {
    expect((await taken(Buffer.from(output), size)).map(([id]) => id)).toEqual(["1", "5"]);
  }
});

test("what was cut off is left out", async () => {
  const whole = Buffer.from(printed("1", "a") + printed("2", "bcd"));
  for (const length of [0, 3, whole.length - 3]) {
    expect(await taken(whole.subarray(0, length), 4)).toEqual(length > 5 ? [["1", "a"]] : []);
  }
});
