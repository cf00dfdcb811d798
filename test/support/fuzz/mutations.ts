import fc from "fast-check";
import { anyText } from "./any-text.ts";

/** Pieces that YAML, JSON, Markdown or a terminal give a meaning to, beside words of our files. */
const PIECES = [
  ..."\n|\n  |: |- |[|]|{|}|, |\"|'|#|&a |*a|!t |? |<<: |---\n|...\n|%YAML 1.1\n|> |\n\t|\r\n|\0|\uFEFF|~|12e4567|0x1F".split(
    "|",
  ),
  ..."| |\\|@|`|\u00a0|\u202e|\u2066|\u001b[31m|\u009b|\u2028|\ud83d|\\u001b|null|true|-1|1e999|[]|{}".split(
    "|",
  ),
  ...[
    "campaignId",
    "include",
    "exclude",
    "audienceId",
    "type",
    "segment",
    "labels",
    "version",
    "environments",
  ],
  ...["__proto__", "constructor", "toString", "apiUrl", "https://user:word@host/", "../../x", "**/*.yaml"],
  ...["| ", "\u0430udienceId", "a1b2c3d4-0000-0000-0000-000000000001"],
];

const piece = fc.constantFrom(...PIECES);

/** Texts of meaningful pieces, which get further than random letters. */
export const soup: fc.Arbitrary<Uint8Array> = fc
  .array(piece, { maxLength: 60 })
  .map((pieces) => Buffer.from(pieces.join("")));

export const randomBytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 300 });

/** One to three pieces again and again, up to the largest file that is read: what makes a parser slow. */
export const repeated: fc.Arbitrary<Uint8Array> = fc
  .record({
    before: fc.array(piece, { maxLength: 3 }),
    pieces: fc.array(piece, { minLength: 1, maxLength: 3 }),
    length: fc.integer({ min: 1, max: 65_536 }),
  })
  .map(({ before, pieces, length }) => {
    const unit = pieces.join("") || " ";
    return Buffer.from(before.join("") + unit.repeat(Math.ceil(length / unit.length))).subarray(0, length);
  });

/** The text with a few bytes changed, put in or taken out. */
export function mutatedText(text: string): fc.Arbitrary<Buffer> {
  const valid = Buffer.from(text);
  const change = fc.record({
    at: fc.nat(valid.length - 1),
    remove: fc.nat(3),
    add: fc.oneof(
      fc.uint8Array({ maxLength: 3 }),
      piece.map((each) => Buffer.from(each)),
    ),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce<Buffer>(
        (bytes, { at, remove, add }) =>
          Buffer.concat([bytes.subarray(0, at), add, bytes.subarray(at + remove)]),
        valid,
      ),
    );
}

type Operation = "replace" | "remove" | "repeat" | "copy";

/** A JSON value with one to three changes somewhere in it: another value, nothing, an entry twice, a part of itself. */
export function mutatedJson(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    from: fc.nat(),
    operation: fc.constantFrom<Operation[]>("replace", "replace", "remove", "repeat", "copy"),
    by: fc.oneof(piece, fc.jsonValue({ maxDepth: 2 }), anyText({ maxLength: 10 })),
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const root = { value: structuredClone(value) };
    for (const each of changes) apply(root, each);
    return root.value;
  });
}

type Place = { readonly parent: object; readonly key: string };

function apply(
  root: { value: unknown },
  { at, from, operation, by }: { at: number; from: number; operation: Operation; by: unknown },
): void {
  const places = placesIn(root);
  const { parent, key } = places[at % places.length] ?? { parent: root, key: "value" };
  const source = places[from % places.length] ?? { parent: root, key: "value" };
  const value: unknown = Reflect.get(parent, key);
  if (operation === "replace") Reflect.set(parent, key, by);
  if (operation === "copy") Reflect.set(parent, key, structuredClone(Reflect.get(source.parent, source.key)));
  if (operation === "remove" && !Array.isArray(parent)) Reflect.deleteProperty(parent, key);
  if (operation === "remove" && Array.isArray(parent)) parent.splice(Number(key), 1);
  if (operation === "repeat" && Array.isArray(parent)) parent.splice(Number(key), 0, structuredClone(value));
}

function placesIn(node: object): Place[] {
  return Object.keys(node).flatMap((key) => {
    const child: unknown = Reflect.get(node, key);
    const below = typeof child === "object" && child !== null ? placesIn(child) : [];
    return [{ parent: node, key }, ...below];
  });
}
