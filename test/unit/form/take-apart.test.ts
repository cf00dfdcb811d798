import { describe, expect, test } from "vitest";
import { takeApart } from "../../../src/form/take-apart.ts";
import { audienceId, campaignId } from "../../support/samples/bindings.ts";

const ID = campaignId(1);

/** The lines of each key. */
function regionsOf(text: string): readonly (readonly [string, string])[] | null {
  const regions = takeApart(text)?.regions ?? null;
  return regions === null ? null : [...regions].map(([key, span]) => [key, text.slice(...span)]);
}

describe("a key has its lines", () => {
  const opening = "# opening\n\n";
  const id = `campaignId: ${ID} # its id\n`;
  const include = `include: # whom
  # why
  - a # one
  - audienceId: ${audienceId(1)}
    # within
    type: segment
  # below
`;
  const name = "name: Spring";

  test("with the comments beside and below it, and without those above it", () => {
    expect(regionsOf(`${opening}${id}${include}\n# about the name\n${name}`)).toEqual([
      ["campaignId", id],
      ["include", include],
      ["name", name],
    ]);
  });

  test("also where its value is in brackets over several lines", () => {
    const brackets = "include: [ # whom\n  a,\n  # why\n  b\n] # so\n";
    expect(regionsOf(`${id}${brackets}${name}\n# closing\n`)).toEqual([
      ["campaignId", id],
      ["include", brackets],
      ["name", `${name}\n`],
    ]);
  });

  test.each([
    ["all are in braces on one line", `{ campaignId: ${ID}, include: [a] }\n`],
    ["they are in braces", `{\n  campaignId: ${ID},\n  include: [a]\n}\n`],
    ["they do not begin their lines", `  campaignId: ${ID}\n  include: [a]\n`],
  ])("but not where %s", (_, text) => {
    expect(takeApart(text)?.sections.map(({ key }) => key)).toEqual(["campaignId", "include"]);
    expect(regionsOf(text)).toBeNull();
  });
});

test("a comment belongs to what it stands at", () => {
  const text = `# opening
campaignId: ${ID}
# above the labels
labels: { a: b, # beside them
  # behind them
} # at their end

# above include
include:
  - a # beside a

  # above b
  - b
  # below b
# above owner
owner: crm
  # behind all
# closing
`;
  const remark = (words: string, isAfterBlank = false) => ({ text: `# ${words}`, isAfterBlank });
  const bare = { above: [], beside: null, isAfterBlank: false };
  const found = takeApart(text);
  expect([found?.opening, found?.isOpeningApart, found?.closing]).toEqual([
    [remark("opening")],
    false,
    [remark("behind all"), remark("closing")],
  ]);
  expect(found?.sections).toEqual([
    { ...bare, key: "campaignId", value: ID, parts: [], below: [] },
    {
      ...bare,
      key: "labels",
      above: [remark("above the labels")],
      beside: "# at their end",
      value: null,
      parts: [{ ...bare, text: "a: b", beside: "# beside them" }],
      below: [remark("behind them")],
    },
    {
      ...bare,
      key: "include",
      above: [remark("above include", true)],
      value: null,
      parts: [
        { ...bare, text: "a", beside: "# beside a" },
        { ...bare, text: "b", above: [remark("above b", true)] },
      ],
      below: [remark("below b")],
    },
    { ...bare, key: "owner", above: [remark("above owner")], value: "crm", parts: [], below: [] },
  ]);
});

test("nothing but a file without a mistake is taken apart", () => {
  expect(["", "a: [\n", "a: 1\na: 2\n"].map(takeApart)).toEqual([null, null, null]);
});
