import { displayWidth } from "../../../src/text/width.ts";

/** One line as it was written: broken by a newline, or by the edge of the screen. */
type Row = { text: string; readonly goesOn: boolean };

/** What a person would see on a terminal, whatever was written on it. */
export type ScreenModel = {
  columns: number;
  rows: number;
  write(text: string): void;
  /** Changes the width as a terminal does that breaks its lines anew, or as one that cuts them off. */
  resize(columns: number, how: "reflows" | "cuts"): void;
  /** Every line since the beginning, those that scrolled away too; empty ones at the end are left out. */
  lines(): readonly string[];
};

const ESCAPE = String.fromCharCode(27);
const TOKEN = new RegExp(`${ESCAPE}\\[([?\\d;]*)([A-Za-z])|[\\s\\S]`, "gu");

const UNFINISHED = new RegExp(`${ESCAPE}(?:\\[[?\\d;]*)?$`);

/**
 * A small terminal: text, newline, carriage return, colours, cursor up, erase to the end, wrapping on and off. Anything
 * else throws, so that nothing is written that this model does not understand.
 */
export function screenModel(columns: number, rows: number): ScreenModel {
  let lines: Row[] = [{ text: "", goesOn: false }];
  let row = 0;
  let column = 0;
  let wraps = true;
  const current = () => lines[row] as Row;
  const newline = (goesOn: boolean) => {
    const { text } = current();
    lines[row] = { text, goesOn };
    row += 1;
    column = 0;
    if (row === lines.length) lines.push({ text: "", goesOn: false });
  };
  const put = (character: string) => {
    const width = displayWidth(character);
    if (column + width > model.columns) {
      if (!wraps) return;
      newline(true);
    }
    current().text =
      cells(current().text, 0, column).padEnd(column) + character + cells(current().text, column + width);
    column += width;
  };
  const command = (argument: string, name: string) => {
    const top = Math.max(0, lines.length - model.rows);
    if (name === "m") return;
    if (name === "A") row = Math.max(top, row - Number(argument || 1));
    else if (name === "J" && argument === "") {
      lines = lines.slice(0, row + 1);
      current().text = cells(current().text, 0, column);
    } else if (argument === "?7" && (name === "l" || name === "h")) wraps = name === "h";
    else throw new Error(`The program wrote CSI ${argument}${name}, which the model does not know.`);
  };
  let rest = "";
  const model: ScreenModel = {
    columns,
    rows,
    write(text) {
      const all = rest + text;
      // The end of a sequence may come with what is written next.
      const cut = UNFINISHED.exec(all)?.index ?? all.length;
      rest = all.slice(cut);
      for (const [character, argument = "", name] of all.slice(0, cut).matchAll(TOKEN)) {
        if (name !== undefined) command(argument, name);
        else if (character === "\n") newline(false);
        else if (character === "\r") column = 0;
        else if (character === ESCAPE) throw new Error("An escape sequence that the model does not know.");
        else put(character);
      }
    },
    resize(wide, how) {
      model.columns = wide;
      if (how === "cuts") {
        for (const line of lines) line.text = cells(line.text, 0, wide);
        return;
      }
      const before = lines.slice(0, row).reduce((sum, { goesOn }) => sum + (goesOn ? 0 : 1), 0);
      lines = whole(lines).flatMap((text) => broken(text, wide));
      // The cursor stays in its line, which nothing is written on in these tests.
      let left = before;
      row = lines.findIndex(({ goesOn }) => left === 0 || (!goesOn && --left < 0));
    },
    lines: () =>
      lines
        .map(({ text }) => text.trimEnd())
        .join("\n")
        .trimEnd()
        .split("\n"),
  };
  return model;
}

/** The part of a text from one column to another. */
function cells(text: string, from: number, to = Number.POSITIVE_INFINITY): string {
  let column = 0;
  let part = "";
  for (const character of text) {
    if (column >= from && column + displayWidth(character) <= to) part += character;
    column += displayWidth(character);
  }
  return part;
}

function whole(lines: readonly Row[]): string[] {
  const texts = [""];
  for (const { text, goesOn } of lines) {
    texts.push(`${texts.pop()}${text}`);
    if (!goesOn) texts.push("");
  }
  texts.pop();
  return texts;
}

function broken(text: string, columns: number): Row[] {
  const parts: string[] = [];
  let part = "";
  for (const character of text) {
    if (displayWidth(part + character) > columns) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  parts.push(part);
  return parts.map((each, index) => ({ text: each, goesOn: index < parts.length - 1 }));
}
