import { describe, expect, it } from "vitest";
import { MAX_FILE_BYTES } from "../../../src/domain/source-file.ts";
import { formatCampaign, keepsAll } from "../../../src/form/format-campaign.ts";
import { audienceId, campaignId } from "../../support/samples/bindings.ts";

const ID = campaignId(1);
const [A, B] = [audienceId(1), audienceId(2)];

describe("formatCampaign", () => {
  it("orders keys as the schema does, and keeps the order of entries", () => {
    const text = `exclude: [b, a]\ninclude:\n- {type: segment, audienceId: ${A.toUpperCase()}}\n-   vip\nname: 'Spring'\ncampaignId: "${ID.toUpperCase()}"\n`;
    expect(formatCampaign(text)).toBe(
      `campaignId: ${ID}\nname: Spring\ninclude:\n  - { audienceId: ${A}, type: segment }\n  - vip\nexclude:\n  - b\n  - a\n`,
    );
  });

  it("takes each comment along with the line that it speaks of, and leaves opening comments first", () => {
    const text = `# opening

# more of it
exclude: # whom not
  # why b
  - b # beside b

  # - c
# about the campaign
name: Spring # its name
include:
  - audienceId: ${A} # one
    # within
    type: segment
  - type: segment
    audienceId: ${B} # beside B
campaignId: ${ID}
# at the end
`;
    expect(formatCampaign(text)).toBe(`# opening

# more of it
campaignId: ${ID}
# about the campaign
name: Spring # its name
include:
  # within
  - { audienceId: ${A}, type: segment } # one
  - { audienceId: ${B}, type: segment } # beside B
exclude: # whom not
  # why b
  - b # beside b

  # - c
# at the end
`);
  });

  it("writes ids by environment one a line, and labels on one line where they fit and have no comments", () => {
    const text = `campaignId: { production: ${ID}, "true": ${campaignId(2)} }\nlabels:\n  region: "eu"\n  "1": 'a: b'\ninclude: [a]\n`;
    const ids = `campaignId:\n  production: ${ID}\n  "true": ${campaignId(2)}\n`;
    expect(formatCampaign(text)).toBe(`${ids}labels: { region: eu, "1": "a: b" }\ninclude:\n  - a\n`);
    const noted = text.replace('"eu"', '"eu" # where');
    expect(formatCampaign(noted)).toContain('labels:\n  region: eu # where\n  "1": "a: b"\n');
    const long = text.replace("eu", "e".repeat(100));
    expect(formatCampaign(long)).toContain(`labels:\n  region: ${"e".repeat(100)}\n`);
  });

  it.each([
    ["a comment above one", "\n  # why\n  a: us and ca\n  b: x\n", "\n  # why\n  a: us and ca\n  b: x\n"],
    ["a comment below them", "\n  a: us and ca\n  # so far\n", "\n  a: us and ca\n  # so far\n"],
    ["no comment", "\n  a: us and ca\n", " { a: us and ca }\n"],
    ["100 signs", `\n  a: ${"b".repeat(93)}\n`, ` { a: ${"b".repeat(93)} }\n`],
    ["101 signs", `\n  a: ${"b".repeat(94)}\n`, `\n  a: ${"b".repeat(94)}\n`],
  ])("writes labels with %s so that all of it can be read", (_, labels, written) => {
    const text = `campaignId: ${ID}\nlabels:${labels}include: [a]\n`;
    expect(formatCampaign(text)).toBe(`campaignId: ${ID}\nlabels:${written}include:\n  - a\n`);
  });

  it("puts two comments within one entry above it, and a blank line behind the opening comments only", () => {
    const entry = `- audienceId: ${A} # one\n  type: segment # two\n`;
    expect(formatCampaign(`# opening\n\ninclude:\n${entry}campaignId: ${ID}\n`)).toBe(
      `# opening\n\ncampaignId: ${ID}\ninclude:\n  # one\n  # two\n  - { audienceId: ${A}, type: segment }\n`,
    );
  });

  it.each([
    ["|\n  two\n  lines\n", '"two\\nlines\\n"'],
    ["'it''s'", "it's"],
    ['"\'s"', '"\'s"'],
    ['"\\"so\\""', "'\"so\"'"],
    ['"\\"so\\" it\'s"', '"\\"so\\" it\'s"'],
    ['"a\\tb"', '"a\\tb"'],
    ["'null'", '"null"'],
    ['"a: b #c"', '"a: b #c"'],
    ["Été à Lyon", "Été à Lyon"],
    ['""', '""'],
  ])("writes the text %s so that it stays that text", (value, written) => {
    const text = `name: ${value}\ncampaignId: ${ID}\ninclude: [a]\n`;
    expect(formatCampaign(text)).toBe(`campaignId: ${ID}\nname: ${written}\ninclude:\n  - a\n`);
  });

  it("quotes a name that is no plain word to YAML", () => {
    const text = `campaignId: ${ID}\ninclude: ["123", "true", "1-a", "b.c"]\n`;
    expect(formatCampaign(text)).toContain('  - "123"\n  - "true"\n  - "1-a"\n  - b.c\n');
  });

  it("ends lines in one way, and keeps at most one blank line, none at the top", () => {
    const text = `\r\n\r\ncampaignId: ${ID}\r\n\r\n\r\ninclude:\r\n\r\n  - a\r\n\r\n  - b\r\n\r\n`;
    expect(formatCampaign(text)).toBe(`campaignId: ${ID}\n\ninclude:\n  - a\n\n  - b\n`);
  });

  it("keeps an empty exclude, and the comments in it", () => {
    const text = `campaignId: ${ID}\ninclude: [a]\nexclude: [\n  # nobody\n]\n`;
    expect(formatCampaign(text)).toBe(`campaignId: ${ID}\ninclude:\n  - a\n# nobody\nexclude: []\n`);
  });

  it.each([
    "campaignId: x\n",
    "",
    `campaignId: ${ID}\ninclude: [a]\nunknown: 1\n`,
    `campaignId: ${ID}\ninclude: [a]\n# \r lone\n`,
  ])("gives nothing for a file with a mistake", (text) => {
    expect(formatCampaign(text)).toBeNull();
  });

  it("gives nothing where the file would become too large to be read", () => {
    const names = Array.from({ length: 15_000 }, () => "a").join(",");
    expect(formatCampaign(`campaignId: ${ID}\ninclude: [${names}]\n`)).toBeNull();
  });
});

describe("keepsAll", () => {
  const text = `# opening
campaignId: { eu: ${ID}, us: ${campaignId(2)} }
name: Spring
owner: crm
labels: { region: eu } # where
include:
  - { audienceId: ${A}, type: segment }
  - vip
exclude: [gone, { audienceId: ${B}, type: audience }]
`;

  it.each([
    ["as it is", text],
    ["with keys and labels in another order", `${text.replace("owner: crm\n", "")}owner: crm\n`],
    ["with ids in upper case", text.replace(A, A.toUpperCase()).replace(ID, ID.toUpperCase())],
    ["with its comments elsewhere", `${text.replace("# opening\n", "")}# opening\n`],
    ["with other ends of lines", text.replaceAll("\n", "\r\n")],
  ])("a text %s", (_, other) => expect(keepsAll(text, other)).toBe(true));

  it.each([
    ["name", "Spring", "Autumn"],
    ["owner", "crm", "sales"],
    ["label", "region: eu", "region: us"],
    ["id", campaignId(2), campaignId(3)],
    ["environment", "us:", "ca:"],
    ["audience", A, audienceId(3)],
    ["type", "type: segment", "type: audience"],
    ["name of an audience", "vip", "vips"],
    ["excluded name", "gone", "lost"],
    ["excluded audience", B, audienceId(3)],
    [
      "order of the entries",
      `[gone, { audienceId: ${B}, type: audience }]`,
      `[{ audienceId: ${B}, type: audience }, gone]`,
    ],
    ["comment", "# where", "# there"],
    ["number of comments", " # where", ""],
    ["number of mistakes", "name: Spring", "nam: Spring"],
    ["number of documents", "# opening", "# opening\n---\nname: x\n---"],
  ])("no text with another %s", (_, from, to) => {
    expect(text).toContain(from);
    const other = text.replace(from, to);
    expect(keepsAll(text, other)).toBe(false);
    expect(keepsAll(other, text)).toBe(false);
  });

  it("no text with a mistake, though both have it, and none that is larger than a file may be", () => {
    const wrong = text.replace("owner", "ownr");
    expect(keepsAll(wrong, wrong)).toBe(false);
    const large = (bytes: number) => `${text}#`.padEnd(bytes, "x");
    expect(keepsAll(large(MAX_FILE_BYTES), large(MAX_FILE_BYTES))).toBe(true);
    expect(keepsAll(large(MAX_FILE_BYTES + 1), large(MAX_FILE_BYTES + 1))).toBe(false);
  });
});
