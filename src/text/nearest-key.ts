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
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance =
      plain.length > 1 && candidate.toLowerCase().endsWith(plain)
        ? 1
        : editDistance(plain, plainForm(candidate));
    if (distance < bestDistance && distance <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** What a word looks like at a glance: compatibility forms, look-alikes, case, separators and invisibles undone. */
function plainForm(word: string): string {
  const latin = Array.from(word.slice(0, 64).normalize("NFKC"), (letter) => BY_LOOK.get(letter) ?? letter);
  return latin
    .join("")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Levenshtein distance with one row of memory. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length }, (_, index) => index + 1);
  let distance = b.length;
  for (const [index, letter] of Array.from(a).entries()) {
    let diagonal = index;
    distance = index + 1;
    row = row.map((above, column) => {
      distance = Math.min(above + 1, distance + 1, diagonal + (letter === b[column] ? 0 : 1));
      diagonal = above;
      return distance;
    });
  }
  return distance;
}
