import { describe, expect, test } from "vitest";
import { CUT_NOTE, foldPlan, MARK, planShownIn } from "../../../../../src/github/page/shown/reviewed-fold.ts";

/** Pieces of a plan, none of which may be cut. */
const PIECES = [
  "### Plan\n\n",
  "| a | b |\n| --- | --- |\n",
  "| 1 | ü |\n",
  "| 2 | y |\n",
  "\n<details open>\n<summary>One</summary>\n\nText\n\n```diff\n+ a\n\n+ b\n```\n\n</details>\n\n",
  "````\n```\n\n````\n\n",
  "x ``` y\n\n",
  "text\n| no table\n\n",
  "end".repeat(100),
];

const plan = PIECES.join("");
const prefixes = PIECES.map((_, index) => PIECES.slice(0, index).join("").trim());

const bytes = (text: string) => Buffer.byteLength(text, "utf8");
const whole = foldPlan(plan, Number.POSITIVE_INFINITY);

/** What is shown of the plan above the note that it was cut. */
const keptIn = (folded: string) =>
  folded.slice(folded.indexOf(MARK) + MARK.length, folded.indexOf(CUT_NOTE)).trim();

describe("a plan that is folded away", () => {
  test("is whole where there is room", () => {
    expect(whole).toBe(
      `<details>\n<summary>The plan that was reviewed</summary>\n\n${MARK}\n\n${plan}\n\n</details>`,
    );
    expect(foldPlan(plan, bytes(whole))).toBe(whole);
    expect(foldPlan(plan, bytes(whole) - 1)).toContain(CUT_NOTE);
  });

  test("keeps any room, and is cut between its pieces only", () => {
    const cut = Array.from({ length: bytes(whole) }, (_, room) => ({ room, folded: foldPlan(plan, room) }));
    for (const { room, folded } of cut) expect(bytes(folded)).toBeLessThanOrEqual(room);
    const shown = cut.flatMap(({ folded }) => (folded === "" ? [] : [keptIn(folded)]));
    expect([...new Set(shown)]).toEqual(prefixes);
  });

  test("is a note alone, and then nothing, where there is less and less room", () => {
    const note = `<details>\n<summary>The plan that was reviewed</summary>\n\n${MARK}\n\n${CUT_NOTE}\n\n</details>`;
    expect(foldPlan(plan.repeat(9), bytes(note))).toBe(note);
    expect(foldPlan(plan.repeat(9), bytes(note) - 1)).toBe("");
  });
});

describe("what is still open", () => {
  const detail = (id: string, text: string) =>
    `<details>\n<summary><b>${id}</b>: x</summary>\n\nCampaign \`${id}\`\n\n${text}\n\n</details>`;
  const [a, b, c] = [detail("a", "A ".repeat(200)), detail("b", "B"), detail("c", "C")];
  const text = `### 3 change\n\n### Changes\n\n${a}\n\n${b}\n\nend`;
  const room = bytes(foldPlan(text, Number.POSITIVE_INFINITY)) - 1;

  test("comes first where the plan is cut, as the plan tells it", () => {
    const open = [{ campaignId: "b", detail: detail("b", "now") }];
    expect(keptIn(foldPlan(text, room, open))).toBe(`### 3 change\n\n### Still open\n\n${b}\n\n### Changes`);
    expect(foldPlan(text, room + 1, open)).toBe(foldPlan(text, room + 1));
  });

  test("is told anew where the plan has left it out, once however often", () => {
    const open = [{ campaignId: "c", detail: c }];
    const once = planShownIn(foldPlan(text, 9_999, open));
    expect(once).toBe(text.replace("\n\n", `\n\n### Still open\n\n${c}\n\n`));
    const cut = foldPlan(once, room, open);
    expect(keptIn(cut)).toBe(`### 3 change\n\n### Still open\n\n${c}\n\n### Changes`);
    expect(foldPlan(once, 9_999, [{ campaignId: "d", detail: null }])).toContain(once);
  });
});

describe("the plan that a comment shows", () => {
  const header = "<!-- campaignctl:plan t-1 x -->\n";

  test("is all of it before the first apply", () => {
    expect(planShownIn(`${header}### Plan\r\n\r\ntext\n`)).toBe("### Plan\n\ntext");
  });

  test("is what the last result folded away", () => {
    expect(planShownIn(`${header}### Apply\n\n${whole}`)).toBe(plan);
  });

  test("goes to the end where nothing closes the fold", () => {
    expect(planShownIn(`${header}<details>\n</details>\n${MARK}\n\n### Plan\n`)).toBe("### Plan");
  });
});
