import { describe, expect, test } from "vitest";
import { openScreen } from "../../../../src/cli/terminal/screen.ts";
import { type ScreenModel, screenModel } from "../../../support/program/screen-model.ts";

/** A screen of ours on a terminal, each of whose rows is known. */
function open({ columns = 40, rows = 12, reflows = true } = {}) {
  const terminal = screenModel(columns, rows);
  return { terminal, screen: openScreen(terminal, reflows) };
}

const shown = (terminal: ScreenModel) => terminal.lines();

test("what is said stays, in its order, and the live lines stand below it", () => {
  const { terminal, screen } = open();
  screen.write("plan\n");
  screen.show(["one waits", "two waits"]);
  screen.write("The API limits how fast it may be asked (429): it takes longer.\n");
  screen.show(["one waits still"]);
  screen.write("one: confirmed\n");
  expect(shown(terminal)).toEqual([
    "plan",
    "The API limits how fast it may be asked",
    "(429): it takes longer.",
    "one: confirmed",
    "one waits still",
  ]);
  screen.show([]);
  expect(shown(terminal).at(-1)).toBe("one: confirmed");
});

test("a key that leaves its mark leaves no live line behind", () => {
  const { terminal, screen } = open();
  screen.show(["one waits", "two waits"]);
  terminal.write("^C");
  screen.write("Interrupted: waiting ends.\n");
  screen.show(["two waits"]);
  screen.show([]);
  expect(shown(terminal)).toEqual(["Interrupted: waiting ends."]);
});

test("text without an end of line is no beginning of a live line", () => {
  const { terminal, screen } = open();
  screen.show(["one waits"]);
  screen.write("said");
  screen.show(["one waits"]);
  expect(shown(terminal)).toEqual(["said", "one waits"]);
});

describe("a live line takes one row", () => {
  test.each([
    ["longer than the terminal is wide", "a name that is longer than twenty columns"],
    ["wide characters", "春の再エンゲージメントキャンペーン"],
    ["exactly as wide", "12345678901234567890"],
    // Terminals do not agree on how wide these are: whatever they think, nothing wraps.
    ["pictures", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"],
  ])("%s", (_, line) => {
    const { terminal, screen } = open({ columns: 20, reflows: false });
    screen.write("said\n");
    for (let time = 0; time < 5; time++) screen.show([line, "next"]);
    expect(shown(terminal)).toHaveLength(3);
    screen.show([]);
    expect(shown(terminal)).toEqual(["said"]);
  });
});

describe("when the terminal changes its width", () => {
  const long = "a live line of thirty-two letters";
  test.each([
    { how: "reflows", to: 12 },
    { how: "reflows", to: 80 },
    { how: "cuts", to: 12 },
    { how: "cuts", to: 80 },
  ] as const)(
    "no live line is left, and nothing is lost that was said: one that $how, to $to",
    ({ how, to }) => {
      const { terminal, screen } = open({ columns: 40, rows: 20, reflows: how === "reflows" });
      screen.write("said 1\nsaid 2\n");
      screen.show([long, "春の再エンゲージ", "b"]);
      terminal.resize(to, how);
      screen.show(["short"]);
      expect(shown(terminal)).toEqual(["said 1", "said 2", "short"]);
      screen.show([]);
      expect(shown(terminal)).toEqual(["said 1", "said 2"]);
    },
  );
});

test("a terminal that does not know its size is taken for one of 80 columns", () => {
  let written = "";
  const write = (text: string) => {
    written += text;
  };
  const screen = openScreen({ columns: 0, write }, true);
  screen.show(["one waits"]);
  screen.show(["one waits still"]);
  expect(written).toContain("\u001b[1A");
  expect(written).not.toContain("Infinity");
});

test("the model takes a sequence that comes in pieces", () => {
  const screen = screenModel(10, 3);
  for (const piece of ["ab\u001b", "[", "1", "A\u001b[3", "1mc"]) screen.write(piece);
  expect(screen.lines()).toEqual(["abc"]);
});
