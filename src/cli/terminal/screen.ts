import { displayWidth } from "../../text/width.ts";

/** A terminal as far as it is written to. One that does not know its size says 0. */
type Terminal = { readonly columns?: number; write(text: string): unknown };

/**
 * The one writer of a terminal with lines that change: what is said stays, one line below the other, and the live lines
 * stand below it.
 */
export type Screen = {
  /** Says something that stays. */
  write(text: string): void;
  /** Shows these as the live lines, in place of those that were shown; none takes them away. */
  show(lines: readonly string[]): void;
};

/** Without wrapping a line takes one row, however wide the terminal thinks its characters are. */
const NO_WRAP = "\x1b[?7l";
const WRAP = "\x1b[?7h";

/**
 * Draws on a terminal. The cursor is always below the live lines, and goes back to the first column, since keys that
 * are pressed meanwhile leave their marks there (`^C`).
 *
 * @param reflows whether the terminal breaks lines anew when it becomes narrower, so that they take more rows.
 */
export function openScreen(terminal: Terminal, reflows: boolean): Screen {
  let drawn: readonly string[] = [];
  const rowsOf = (line: string): number =>
    reflows ? Math.max(1, Math.ceil(displayWidth(line) / (terminal.columns || 80))) : 1;
  const erase = (): string => {
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line), 0);
    return rows === 0 ? "" : `\r\x1b[${rows}A\x1b[J`;
  };
  const draw = (above: string, lines: readonly string[]): void => {
    const live = lines.length === 0 ? "" : `${NO_WRAP}${lines.map((line) => `${line}\n`).join("")}${WRAP}`;
    const text = `${erase()}${above}${live}`;
    drawn = lines;
    if (text !== "") terminal.write(text);
  };
  return {
    write: (text) => draw(drawn.length === 0 || text.endsWith("\n") ? text : `${text}\n`, drawn),
    show: (lines) => draw("", lines),
  };
}
