/** Lines around a difference that are shown with it. */
const CONTEXT = 3;

type Line = { readonly sign: " " | "-" | "+"; readonly text: string };

/** How one text differs from another, line by line, as `diff -u` shows it; empty where it does not. */
export function lineDiff(name: string, before: string, after: string): string {
  const lines = compareLines(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines).map(([from, to]) => writeHunk(lines, from, to));
  return hunks.length === 0 ? "" : [`--- ${name}`, `+++ ${name}`, ...hunks, ""].join("\n");
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** By the longest common subsequence of what lies between the same first and the same last lines. */
function compareLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const middle = compareMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  const same = (text: string): Line => ({ sign: " ", text });
  return [...before.slice(0, head).map(same), ...middle, ...before.slice(before.length - tail).map(same)];
}

function compareMiddle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, young] = [before[row], after[column]];
    if (old !== undefined && old === young) {
      lines.push({ sign: " ", text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (young === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: "-", text: old });
      row += 1;
    } else if (young !== undefined) {
      lines.push({ sign: "+", text: young });
      column += 1;
    }
  }
  return lines;
}

/** From where to where lines are shown: differences with the lines around them, those that touch as one. */
function hunksOf(lines: readonly Line[]): readonly (readonly [from: number, to: number])[] {
  const hunks: [number, number][] = [];
  for (const [index, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    const last = hunks.at(-1);
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks;
}

function writeHunk(lines: readonly Line[], from: number, to: number): string {
  const shown = lines.slice(from, to);
  const range = (sign: "-" | "+"): string => {
    const isOf = (line: Line): boolean => line.sign === " " || line.sign === sign;
    const count = shown.filter(isOf).length;
    const before = lines.slice(0, from).filter(isOf).length;
    return `${sign}${count === 0 ? before : before + 1},${count}`;
  };
  const head = `@@ ${range("-")} ${range("+")} @@`;
  return [head, ...shown.map(({ sign, text }) => sign + text)].join("\n");
}
