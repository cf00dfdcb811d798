import { quoteWhole } from "./quote.ts";

/** A Latin letter, then the Cyrillic and Greek ones that look like it. */
const LOOKALIKES = [
  "a\u0430\u03b1",
  "e\u0435",
  "o\u043e\u03bf",
  "p\u0440\u03c1",
  "c\u0441",
  "y\u0443",
  "x\u0445",
  "i\u0456\u03b9",
  "j\u0458",
  "s\u0455",
  "d\u0501",
  "h\u04bb",
  "q\u051b",
  "w\u051d",
  "v\u03bd",
  "k\u03ba",
  "A\u0410\u0391",
  "B\u0412\u0392",
  "E\u0415\u0395",
  "K\u041a\u039a",
  "M\u041c\u039c",
  "H\u041d\u0397",
  "O\u041e\u039f",
  "P\u0420\u03a1",
  "C\u0421",
  "T\u0422\u03a4",
  "X\u0425\u03a7",
  "I\u0399",
  "N\u039d",
];

const BY_LOOK: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.flatMap((row) => Array.from(row.slice(1), (other) => [other, row.charAt(0)] as const)),
);

/** The known word that was most likely meant, or null when none is near. */
export function nearestKey(written: string, known: readonly string[]): string | null {
  const plain = plainForm(written);
  const forms = plainForms(known);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of known.entries()) {
    const most = Math.min(bestDistance - 1, Math.max(1, Math.floor(candidate.length / 3)));
    const distance = distanceOf(plain, candidate, forms[index] ?? "", most);
    if (distance > most) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

function distanceOf(plain: string, candidate: string, form: string, most: number): number {
  return plain !== form && isEndOf(plain, candidate) ? 1 : editDistance(plain, form, most);
}

function isEndOf(plain: string, candidate: string): boolean {
  return plain.length > 1 && candidate.toLowerCase().endsWith(plain);
}

const FORMS = new WeakMap<readonly string[], readonly string[]>();

/** A catalogue has thousands of names, and many words may be looked for in it. */
function plainForms(known: readonly string[]): readonly string[] {
  const forms = FORMS.get(known) ?? known.map(plainForm);
  FORMS.set(known, forms);
  return forms;
}

/** What a word looks like at a glance: compatibility forms, look-alikes, case, separators and invisibles undone. */
function plainForm(word: string): string {
  const latin = Array.from(word.slice(0, 64).normalize("NFKC"), (letter) => BY_LOOK.get(letter) ?? letter);
  return latin
    .join("")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Levenshtein distance in which a swap of two neighbours is one step too; anything over `most` where it is over it. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const [above = [], before = []] = [rows[row - 1], rows[row - 2]];
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const [letter, other] = [a[row - 1], b[column - 1]];
      const steps = [
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (letter === other ? 0 : 1),
      ];
      const isSwap = letter === b[column - 2] && a[row - 2] === other;
      if (isSwap) steps.push((before[column - 2] ?? 0) + 1);
      line.push(Math.min(...steps));
    }
    if (Math.min(...line) > most) return most + 1;
    rows.push(line);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** A hint with a blank in front, or nothing. */
export function didYouMean(near: string | null): string {
  return near === null ? "" : ` Did you mean ${quoteWhole(near)}?`;
}
