import { describe, expect, it } from "vitest";
import { firstErrors, loadCampaigns } from "../../../src/declarations/load.ts";
import type { ResolvedCampaign } from "../../../src/declarations/resolve.ts";
import { makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import { entry, idOf, namesIn } from "../../support/samples/catalogue.ts";
import {
  AUDIENCE,
  CAMPAIGN,
  details,
  file,
  INCLUDE,
  load,
  OTHER,
  place,
  told,
  VALID,
} from "../../support/samples/declarations.ts";

const AN_AUDIENCE =
  'a name of the catalogue or a map such as { audienceId: "a1b2c3d4-0000-0000-0000-000000000001", type: segment }';

const MAP = `campaignId:\n  staging: ${OTHER}\n  production: ${CAMPAIGN}\n${INCLUDE}`;

describe("a valid file", () => {
  it("becomes a spec in canonical form, with the place of its campaignId", () => {
    const text =
      `# a comment\nname: Spring\nlabels: { region: us }\nowner: crm\ncampaignId: ${CAMPAIGN.toUpperCase()}\n` +
      `include:\n  - { audienceId: ${OTHER.toUpperCase()}, type: audience }\n  - { audienceId: ${AUDIENCE}, type: segment }\n`;
    expect(load(text)).toEqual({
      campaigns: 1,
      diagnostics: [],
      files: 1,
      leftOut: 0,
      usedNames: new Set(),
      hasIdsByEnvironment: false,
      specs: [
        {
          campaignId: CAMPAIGN,
          name: "Spring",
          owner: "crm",
          labels: { region: "us" },
          audience: {
            include: [
              { audienceId: AUDIENCE, type: "segment" },
              { audienceId: OTHER, type: "audience" },
            ],
            exclude: [],
          },
          source: { file: "a.yaml", line: 5, column: 1 },
        },
      ],
    });
  });

  it("needs no name, owner, labels or exclude", () => {
    const [spec] = load(VALID).specs;
    expect(spec).toMatchObject({ name: null, owner: null, labels: {}, audience: { exclude: [] } });
  });

  it("case 20: ids in any case are the same; braces, spaces and prefixes are refused", () => {
    expect(load(VALID).specs).toEqual(load(VALID.replaceAll(CAMPAIGN, CAMPAIGN.toUpperCase())).specs);
    for (const id of [
      `"{${CAMPAIGN}}"`,
      `" ${CAMPAIGN}"`,
      `urn:uuid:${CAMPAIGN}`,
      CAMPAIGN.replaceAll("-", ""),
    ]) {
      expect(told(`campaignId: ${id}\n${INCLUDE}`)).toEqual(["invalid-id 1:13"]);
    }
    const braces = [
      `campaignId: {${CAMPAIGN}}\n${INCLUDE}`,
      `${VALID}exclude: [{ audienceId: {${OTHER}}, type: segment }]\n`,
    ];
    for (const text of braces) {
      expect(load(text).diagnostics.map(({ code }) => code)).toEqual(["wrong-type"]);
      expect(details(text)).toContain("If it stands in braces, delete them");
    }
  });
});

describe("include and exclude", () => {
  it.each([
    ["missing", `campaignId: ${CAMPAIGN}\n`, "missing-key 1:1"],
    ["null", `campaignId: ${CAMPAIGN}\ninclude:\n`, "empty-include 2:9"],
    ["~", `campaignId: ${CAMPAIGN}\ninclude: ~\n`, "empty-include 2:10"],
    ["[]", `campaignId: ${CAMPAIGN}\ninclude: []\n`, "empty-include 2:10"],
  ])('cases 13, 14: an error that says it is never read as "remove all audiences" (%s)', (_, text, where) => {
    expect(told(text)).toEqual([where]);
    expect(details(text)).toContain('never read as "remove all audiences"');
  });

  it("case 13: a map, a text or a number in place of the list is an error that says what it must be", () => {
    expect(told(`campaignId: ${CAMPAIGN}\ninclude: { audienceId: ${AUDIENCE} }\n`)).toEqual([
      "wrong-type 2:10",
    ]);
    expect(details(`campaignId: ${CAMPAIGN}\ninclude: vip\n`)).toContain("list of 1 to 25 audiences");
    expect(details(`campaignId: ${CAMPAIGN}\ninclude: 3\n`)).toContain("but it is a number");
  });

  it("an exclude that is empty is no list; [] is", () => {
    expect(told(`${VALID}exclude:\n`)).toEqual(["wrong-type 4:9"]);
    expect(details(`${VALID}exclude:\n`)).toContain("write exclude: []");
    expect(told(`${VALID}exclude: []\n`)).toEqual([]);
    expect(details(`${VALID}exclude: vip\n`)).toContain("must be a list of 0 to 25 audiences");
  });

  it("says what an entry must be when it is no map and no name", () => {
    expect(told(`${VALID}exclude: [[vip-customers]]\n`)).toEqual(["wrong-type 4:11"]);
    expect(details(`${VALID}exclude: [[vip-customers]]\n`)).toMatch(
      /Entry 1 of "exclude" must be a name of the catalogue or a map such as/,
    );
    expect(told(`${VALID}exclude: [VIP customers]\n`)).toEqual(["invalid-value 4:11"]);
    expect(details(`${VALID}exclude: [VIP customers]\n`)).toContain('"VIP customers" is no name');
    expect(told(`${VALID}exclude: [${OTHER}]\n`)).toEqual(["invalid-value 4:11"]);
    expect(details(`${VALID}exclude: [${OTHER}]\n`)).toContain("An id has its type beside it");
  });

  it.each(["123", "1.5", "true", "False", "null", "1e3", "0x1f"])(
    "a name that YAML reads as something else needs quotes: %s",
    (name) => {
      expect(told(`${VALID}exclude: [${name}]\n`)).toEqual(["quote-needed 4:11"]);
      expect(details(`${VALID}exclude: [${name}]\n`)).toContain(`quote it: "${name}"`);
    },
  );

  it("takes 25 entries and refuses 26", () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const id = AUDIENCE.slice(0, -2) + String(index + 10);
        return `  - { audienceId: ${id}, type: segment }\n`;
      }).join("");
    expect(told(`campaignId: ${CAMPAIGN}\ninclude:\n${list(25)}`)).toEqual([]);
    expect(told(`campaignId: ${CAMPAIGN}\ninclude:\n${list(27)}`)).toEqual(["too-many-entries 28:19"]);
    expect(details(`campaignId: ${CAMPAIGN}\ninclude:\n${list(27)}`)).toContain("Take out 2");
  });

  it("case 21: an error with the place of the first one: in a list, across both, with two types, in another case", () => {
    const twice = `campaignId: ${CAMPAIGN}\n${INCLUDE}  - { audienceId: ${AUDIENCE.toUpperCase()}, type: audience }\n`;
    expect(told(twice)).toEqual(["repeated-audience 4:19"]);
    expect(details(twice)).toContain("already in include on line 3, there with another type");
    const same = `campaignId: ${CAMPAIGN}\n${INCLUDE}  - { audienceId: ${AUDIENCE.toUpperCase()}, type: segment }\n`;
    expect(details(same)).toBe(
      `The audience ${AUDIENCE} is already in include on line 3. An audience may be named only once in a file, ids being compared without case. Delete one of the two.`,
    );
    const across = `${VALID}exclude: [{ audienceId: ${AUDIENCE}, type: segment }]\n`;
    expect(told(across)).toEqual(["repeated-audience 4:25"]);
    expect(details(across)).toContain("and here it is in exclude");
  });
});

describe("values that YAML reads as something else", () => {
  it.each([
    [`campaignId: 12e45678\n${INCLUDE}`, "quote-needed 1:13", '"12e45678"'],
    [`${VALID}name: 2024\n`, "quote-needed 4:7", '"2024"'],
    [`${VALID}owner: true\n`, "quote-needed 4:8", '"true"'],
    [`${VALID}labels: { a: 1.50 }\n`, "quote-needed 4:14", '"1.50"'],
    [`${VALID}exclude: [{ audienceId: ${OTHER}, type: 5 }]\n`, "quote-needed 4:69", '"5"'],
    [`${VALID}exclude: [{ audienceId: 0123, type: segment }]\n`, "quote-needed 4:25", '"0123"'],
  ])("case 15: an error at its place that says to quote it (%j)", (text, where, quoted) => {
    expect(told(text)).toEqual([where]);
    expect(details(text)).toContain(`quote it: ${quoted}`);
  });

  it("case 15: a date in place of an id is an error that says to quote it", () => {
    const text = `${VALID}exclude: [{ audienceId: 2024-01-01, type: segment }]\n`;
    expect(told(text)).toEqual(["invalid-id 4:25"]);
    expect(details(text)).toContain("put it in quotes");
  });

  it("a key without a value is told as empty", () => {
    expect(told(`${VALID}name:\n`)).toEqual(["wrong-type 4:6"]);
    expect(details(`${VALID}name:\n`)).toContain("but it is empty");
  });
});

describe("keys", () => {
  it.each([
    ["nme", "name"],
    ["Include", "include"],
    ["included", "include"],
    ["campaign_id", "campaignId"],
    ["c\u0430mpaignId", "campaignId"],
    ["name\u00a0", "name"],
    ["la\u200bbels", "labels"],
  ])("case 17: an error that names the nearest known key (%j)", (key, known) => {
    expect(details(`${VALID}${key}: x\n`)).toContain(`Did you mean "${known}"?`);
  });

  it("case 17: a look-alike letter and a space that is none are named by their code points", () => {
    expect(details(`${VALID}c\u0430mpaignId: x\n`)).toContain("U+0430");
    expect(details(`${VALID}name\u00a0: x\n`)).toContain("U+00A0");
    expect(details(`${VALID}nme: x\n`)).not.toContain("U+");
  });

  it("a misspelt key is not told as missing as well, but another one is", () => {
    expect(told(`campaingId: ${CAMPAIGN}\n${INCLUDE}`)).toEqual(["unknown-key 1:1"]);
    expect(told(`campaingId: ${CAMPAIGN}\n`)).toEqual(["missing-key 1:1", "unknown-key 1:1"]);
  });

  it("a misspelt key in one entry does not hide that another entry lacks it", () => {
    const text = `campaignId: ${CAMPAIGN}\ninclude:\n  - { audienceID: ${AUDIENCE}, type: segment }\n  - { type: segment }\n`;
    expect(told(text)).toEqual(["unknown-key 3:7", "missing-key 4:5"]);
  });

  it("one mistake does not hide another on its line", () => {
    expect(told(`${VALID}exclude: [{ audienceId: x, type: *y }]\n`)).toEqual([
      "invalid-id 4:25",
      "alias-not-allowed 4:34",
    ]);
  });

  it("in an entry, id is taken for audienceId, and nothing far is suggested", () => {
    const entry = (keys: string) => `campaignId: ${CAMPAIGN}\ninclude:\n  - { ${keys}, type: segment }\n`;
    expect(told(entry(`id: ${AUDIENCE}`))).toEqual(["unknown-key 3:7"]);
    expect(details(entry(`audienceId: ${AUDIENCE}, note: x`))).toContain(
      'There is no key "note" here. Known keys: audienceId, type.',
    );
  });

  it("both keys of an empty entry are told", () => {
    expect(told(`campaignId: ${CAMPAIGN}\ninclude:\n  - {}\n`)).toEqual([
      "missing-key 3:5",
      "missing-key 3:5",
    ]);
  });

  it("a long key is cut in the message", () => {
    expect(details(`${VALID}${"k".repeat(500)}: x\n`).length).toBeLessThan(300);
  });
});

describe("the whole file", () => {
  it("must be a map", () => {
    expect(told("- a\n")).toEqual(["wrong-type 1:1"]);
    expect(details("hello\n")).toContain('but it is the text "hello"');
    expect(told("12\n")).toEqual(["wrong-type 1:1"]);
  });

  it("has every mistake told in one run", () => {
    const text = `campaignId: x\nnme: y\ninclude:\n  - { audienceId: z, type: list }\n  - vip\nname: 1\nname: 2\n`;
    expect(told(text)).toEqual([
      "invalid-id 1:13",
      "unknown-key 2:1",
      "invalid-id 4:19",
      "invalid-value 4:28",
      "unknown-name 5:5",
      "quote-needed 6:7",
      "duplicate-key 7:1",
    ]);
  });

  it("with an error yields no spec", () => {
    expect(load(`${VALID}nme: x\n`)).toMatchObject({ specs: [], campaigns: 0 });
  });
});

it.each([
  ["- a\n", "a map with the keys campaignId and include"],
  [
    `campaignId: []\n${INCLUDE}`,
    "a UUID (8-4-4-4-12 hexadecimal digits), or a map from environment names to UUIDs",
  ],
  [`campaignId: { a: [] }\n${INCLUDE}`, "a UUID (8-4-4-4-12 hexadecimal digits)"],
  [`${VALID}name: []\n`, "text"],
  [`${VALID}owner: []\n`, "text"],
  [`${VALID}labels: []\n`, "a map of text to text"],
  [`${VALID}labels: { a: [] }\n`, "text"],
  [`campaignId: ${CAMPAIGN}\ninclude: {}\n`, `a list of 1 to 25 audiences, each ${AN_AUDIENCE}`],
  [`campaignId: ${CAMPAIGN}\ninclude: [[]]\n`, AN_AUDIENCE],
  [
    `campaignId: ${CAMPAIGN}\ninclude: [{ audienceId: [], type: segment }]\n`,
    "a UUID (8-4-4-4-12 hexadecimal digits)",
  ],
  [`campaignId: ${CAMPAIGN}\ninclude: [{ audienceId: ${AUDIENCE}, type: [] }]\n`, "audience or segment"],
  [`${VALID}exclude: {}\n`, `a list of 0 to 25 audiences, each ${AN_AUDIENCE}`],
  [`${VALID}exclude: [[]]\n`, AN_AUDIENCE],
  [`${VALID}exclude: [{ audienceId: [], type: segment }]\n`, "a UUID (8-4-4-4-12 hexadecimal digits)"],
  [`${VALID}exclude: [{ audienceId: ${OTHER}, type: [] }]\n`, "audience or segment"],
])("%j: what must be there is told", (text, expected) => {
  expect(details(text)).toContain(`must be ${expected}`);
});

describe("environments", () => {
  const options = (environment: string | null, needsEnvironment: boolean) => ({
    environment,
    needsEnvironment,
  });

  it("choose the id, and the place stays that of the key", () => {
    const [spec] = load(MAP, "staging").specs;
    expect(spec).toMatchObject({ campaignId: OTHER, source: { line: 1, column: 1 } });
    expect(load(VALID, "staging").specs).toHaveLength(1);
  });

  it("are asked for once, however many files need one", () => {
    const many = ["c.yaml", "a.yaml", "b.yaml"].map((name) =>
      file(name, MAP.replaceAll("4130", name === "a.yaml" ? "4130" : `41${name.charCodeAt(0)}`)),
    );
    const { diagnostics, specs } = loadCampaigns(many, options(null, true));
    expect(specs).toEqual([]);
    const asked = diagnostics.filter(({ code }) => code === "environment-required");
    expect(asked.map(({ file: name }) => name)).toEqual(["a.yaml"]);
    expect(asked[0]?.detail).toMatch(/Choose one with --environment\. 2 more places need one too\.$/);
  });

  it("must be chosen where there is a map, but not to validate", () => {
    expect(told(MAP)).toEqual(["environment-required 1:1"]);
    expect(details(MAP)).toContain('"staging", "production"');
    const checked = loadCampaigns([file("a.yaml", MAP)], options(null, false));
    expect(checked).toEqual({
      specs: [],
      campaigns: 1,
      files: 1,
      leftOut: 0,
      usedNames: new Set(),
      hasIdsByEnvironment: true,
      diagnostics: [],
    });
  });

  it("need not have every campaign where they are partial: it is left out, counted, and still checked", () => {
    const only = `campaignId: { production: ${CAMPAIGN} }\n${INCLUDE}`;
    const choice = { ...options("staging", true), isPartial: true };
    const both = [file("a.yaml", only), file("b.yaml", VALID.replace(CAMPAIGN, OTHER))];
    const loaded = loadCampaigns(both, choice);
    expect(loaded).toMatchObject({ campaigns: 2, leftOut: 1, diagnostics: [] });
    expect(loaded.specs.map(({ source }) => source.file)).toEqual(["b.yaml"]);
    const wrong = loadCampaigns([file("a.yaml", `${only}exclude: [nobody]\n`)], choice);
    expect(wrong).toMatchObject({ campaigns: 0, leftOut: 0 });
    expect(wrong.diagnostics.map(place)).toEqual(["unknown-name 4:11"]);
  });

  it("leave out only what has no id there, whose audiences need none either", () => {
    const vip = `audiences:\n  vip: { audienceId: { production: ${idOf(1)} }, type: segment }\n${entry("all", 2)}`;
    const choice = { ...options("staging", true), isPartial: true, names: namesIn(vip, "staging") };
    const only = `campaignId: { production: ${CAMPAIGN} }\ninclude: [vip]\n`;
    expect(loadCampaigns([file("a.yaml", only)], choice)).toMatchObject({ leftOut: 1, diagnostics: [] });
    const both = `campaignId: { staging: ${OTHER}, production: ${CAMPAIGN} }\ninclude: [all]\n`;
    expect(loadCampaigns([file("a.yaml", both)], choice)).toMatchObject({
      leftOut: 0,
      specs: [{ campaignId: OTHER }],
    });
  });

  it("are asked for once, of two files too", () => {
    const two = [
      file("a.yaml", MAP),
      file("b.yaml", MAP.replace(CAMPAIGN, AUDIENCE).replace(OTHER, idOf(3))),
    ];
    expect(loadCampaigns(two, options(null, true)).diagnostics.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/--environment\. 1 more place needs one too\.$/),
    ]);
  });

  it("must be in the map", () => {
    expect(told(MAP, "prodution")).toEqual(["environment-missing 1:1"]);
    expect(details(MAP, "prodution")).toContain('Did you mean "production"?');
    expect(details(MAP, "eu")).not.toContain("Did you mean");
  });

  it("are checked as a map of names to ids", () => {
    expect(told(`campaignId: {}\n${INCLUDE}`)).toEqual(["invalid-value 1:13"]);
    expect(told(`campaignId: { a: x, b: 12 }\n${INCLUDE}`)).toEqual(["invalid-id 1:18", "quote-needed 1:24"]);
    expect(told(`campaignId: { __proto__: ${CAMPAIGN} }\n${INCLUDE}`, "a")).toContain("invalid-value 1:15");
    expect(told(`campaignId: [${CAMPAIGN}]\n${INCLUDE}`)).toEqual(["wrong-type 1:13"]);
  });
});

describe("an owner that the project asks for", () => {
  const owners = (text: string) =>
    loadCampaigns([file("a.yaml", text)], {
      environment: null,
      needsEnvironment: true,
      requiresOwners: true,
    });

  it("is told at the campaign where it is missing, in whatever form the file is", () => {
    const flow = `{ campaignId: ${CAMPAIGN}, include: [{ audienceId: ${AUDIENCE}, type: segment }] }\n`;
    expect([VALID, flow].map((text) => owners(text).diagnostics.map(place))).toEqual([
      ["without-owner 1:1"],
      ["without-owner 1:3"],
    ]);
    expect(owners(VALID).diagnostics[0]?.detail).toBe(
      "This campaign has no owner, and the project file asks for one with requireOwners. Add the key owner, with the team or person who answers for it.",
    );
    expect(owners(`${VALID}owner: crm\n`).diagnostics).toEqual([]);
  });

  it("is not asked for while the file has another mistake", () => {
    expect(owners(`${VALID}nme: x\n`).diagnostics.map(place)).toEqual(["unknown-key 4:1"]);
  });
});

describe("one campaign in two files", () => {
  function both(first: string, second: string, environment: string | null) {
    const sources = [file("a.yaml", first), file("b.yaml", second)];
    return loadCampaigns(sources, { environment, needsEnvironment: false });
  }

  it("case 22: an error in both, each naming the other with its place", () => {
    const upper = `# x\n${VALID.replace(CAMPAIGN, CAMPAIGN.toUpperCase())}`;
    const { specs, campaigns, diagnostics } = both(VALID, upper, null);
    expect({ specs, campaigns }).toEqual({ specs: [], campaigns: 0 });
    expect(diagnostics.map(({ file, detail }) => [file, /[ab]\.yaml:\d:\d/.exec(detail)?.[0]])).toEqual([
      ["a.yaml", "b.yaml:2:1"],
      ["b.yaml", "a.yaml:1:1"],
    ]);
    expect(diagnostics[0]?.detail).toBe(
      `The campaign ${CAMPAIGN} is also declared in b.yaml:2:1, and each file would undo the other. Keep one of them.`,
    );
  });

  it("case 22: told also beside other mistakes, and other files are left alone", () => {
    const sources = [
      file("a.yaml", `${VALID}nme: x\n`),
      file("b.yaml", VALID),
      file("c.yaml", VALID.replace(CAMPAIGN, OTHER)),
    ];
    const { specs, diagnostics } = loadCampaigns(sources, { environment: null, needsEnvironment: true });
    expect(diagnostics.map(place)).toEqual([
      "repeated-campaign 1:1",
      "unknown-key 4:1",
      "repeated-campaign 1:1",
    ]);
    expect(specs.map(({ source }) => source.file)).toEqual(["c.yaml"]);
  });

  it("compares maps an environment at a time", () => {
    const inOne = (name: string) => `campaignId: { ${name}: ${CAMPAIGN} }\n${INCLUDE}`;
    expect(both(inOne("a"), inOne("b"), null).diagnostics).toEqual([]);
    expect(both(inOne("a"), inOne("a"), null).diagnostics.map(place)).toEqual([
      "repeated-campaign 1:15",
      "repeated-campaign 1:15",
    ]);
    expect(both(inOne("a"), VALID, null).diagnostics).toHaveLength(2);
    expect(both(MAP, VALID, "staging").diagnostics).toEqual([]);
    expect(both(MAP, VALID, "production").diagnostics).toHaveLength(2);
  });

  it("may name one campaign for two environments in one file", () => {
    const text = `campaignId: { a: ${CAMPAIGN}, b: ${CAMPAIGN} }\n${INCLUDE}`;
    expect(load(text, "a").specs).toHaveLength(1);
  });
});

describe("many files", () => {
  it("passes on what could not be read, in order", () => {
    const unreadable = makeDiagnostic("file-unreadable", { detail: "gone", file: "b.yaml" });
    const loaded = loadCampaigns([unreadable, file("a.yaml", VALID)], {
      environment: null,
      needsEnvironment: true,
    });
    expect(loaded).toMatchObject({ campaigns: 1, files: 2, diagnostics: [unreadable] });
    const none = makeDiagnostic("not-a-campaign", { detail: "It is a saved plan.", file: "b.yaml" });
    const choice = { environment: null, needsEnvironment: true };
    expect(loadCampaigns([none, file("a.yaml", VALID)], choice)).toMatchObject({ campaigns: 1, files: 1 });
  });

  it("knows whether any has ids by environment", () => {
    const both = [file("a.yaml", MAP), file("b.yaml", VALID.replace(CAMPAIGN, AUDIENCE))];
    const choice = { environment: null, needsEnvironment: false };
    expect(loadCampaigns(both, choice).hasIdsByEnvironment).toBe(true);
  });

  it("keeps of each file only what is needed to show the place of its campaign", () => {
    const heads: string[] = [];
    const see = (_: unknown, { claims }: ResolvedCampaign) =>
      void heads.push(...claims.map(({ head }) => head));
    const texts = [`# x\n${VALID}`, `${INCLUDE}campaignId: ${OTHER}`];
    const files = texts.map((text, index) => file(`${index}.yaml`, text));
    loadCampaigns(files, { environment: null, needsEnvironment: true, see });
    expect(heads).toEqual([`# x\ncampaignId: ${CAMPAIGN}`, `${INCLUDE}campaignId: ${OTHER}`]);
  });

  it("asks for one file after the other", () => {
    const taken: string[] = [];
    function* sources() {
      for (const name of ["a.yaml", "b.yaml"]) {
        taken.push(name);
        yield file(name, VALID.replace(CAMPAIGN, name === "a.yaml" ? CAMPAIGN : OTHER));
      }
    }
    expect(loadCampaigns(sources(), { environment: null, needsEnvironment: true }).specs).toHaveLength(2);
    expect(taken).toEqual(["a.yaml", "b.yaml"]);
  });

  it("shows exactly 20 errors without a further line", () => {
    const keys = (count: number) =>
      Array.from({ length: count }, (_, index) => `note-${index}: x\n`).join("");
    expect(load(VALID + keys(20)).diagnostics).toHaveLength(20);
    expect(load(VALID + keys(21)).diagnostics.at(-1)?.detail).toContain("and 1 more that is not shown");
  });

  it("shows of one file by itself the first 20 errors, and every warning", () => {
    const of = (code: "unknown-key" | "type-differs", count: number) =>
      Array.from({ length: count }, () => makeDiagnostic(code, { detail: "It is wrong.", file: "a.yaml" }));
    const shown = firstErrors([...of("unknown-key", 22), ...of("type-differs", 30)]);
    expect(shown.filter(({ code }) => code === "unknown-key")).toHaveLength(20);
    expect(shown.filter(({ code }) => code === "type-differs")).toHaveLength(30);
    expect(shown.slice(50)).toEqual([
      makeDiagnostic("more-errors", {
        detail: "… and 2 more that are not shown. Mend the first 20 and run again.",
        file: "a.yaml",
      }),
    ]);
    expect(firstErrors(of("type-differs", 30))).toHaveLength(30);
  });
});
