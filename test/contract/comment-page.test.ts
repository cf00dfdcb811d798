import { beforeAll, expect, test } from "vitest";
import { type Measured, measure } from "../../scripts/picture/chromium.mjs";
import { commentPage } from "../../scripts/picture/page.mjs";
import type { Update } from "../../src/domain/model.ts";
import { renderPlanComment } from "../../src/github/page/plan-comment.ts";
import { escapeText } from "../../src/text/invisible.ts";
import { COMMIT, fileUrl, RUN_URL, target, unlikeUpdates } from "../support/samples/github.ts";
import { samplePlan } from "../support/samples/plan.ts";

/** Names that make a column wide, or look wide: long without a blank, CJK, right to left, emoji. */
const NAMES = ["N".repeat(75), "春のキャンペーン".repeat(6), "حملة الربيع للعملاء", "🌸👩‍💻 Spring"];

/** What of a comment a person sees first, in CSS pixels: a desk's window, and a phone's. */
const SCREENS = [
  { screen: "a desk", width: 886, height: 800 },
  { screen: "a phone", width: 390, height: 700 },
];

const updates = (count: number): readonly Update[] =>
  unlikeUpdates(count, Math.ceil(count / 2)).map((update, n) => ({
    ...update,
    name: NAMES[n % NAMES.length] ?? null,
  }));

function commentOf(count: number): string {
  const plan = samplePlan(updates(count));
  return renderPlanComment({ plan, target, commit: COMMIT, origins: new Map(), fileUrl, runUrl: RUN_URL })
    .body;
}

const CASES = SCREENS.flatMap((screen) => [1, 12, 120].map((count) => ({ ...screen, count }))).map(
  (each, index) => ({ ...each, index }),
);

let measured: readonly Measured[];
beforeAll(() => {
  const page = (count: number, width: number) => commentPage(commentOf(count), { theme: "light", width });
  measured = measure(CASES.map(({ count, width }) => ({ html: page(count, width), width })));
});

test.each(CASES)(
  "$count changes on $screen: nothing is cut off sideways, and the first screen says which way",
  ({ count, width, height, index }) => {
    const { cut, texts } = measured[index] as Measured;
    expect(cut).toEqual([]);
    for (const { text, right } of texts) expect(right, text).toBeLessThanOrEqual(width);
    const first = texts.filter(({ bottom }) => bottom <= height).map(({ text }) => text);
    expect(first.join("")).toMatch(
      count === 1 ? /1 campaign changes/ : new RegExp(`${count} campaigns change`),
    );
    expect(first.join("")).toMatch(/▲ (?:\d+ campaigns can reach )?more people/);
  },
);

test.each([1, 12, 120])("%i changes: no invisible character stands inside code", (count) => {
  const code = [...commentOf(count).matchAll(/(`+)(?!`)(.+?)\1/g)].map(([, , text = ""]) => text);
  expect(code.length).toBeGreaterThan(0);
  for (const text of code) expect(escapeText(text)).toBe(text);
});
