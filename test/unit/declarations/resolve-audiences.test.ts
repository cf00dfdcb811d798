import { describe, expect, it } from "vitest";
import { type Names, NO_NAMES } from "../../../src/catalogue/names.ts";
import { loadCampaigns } from "../../../src/declarations/load.ts";
import { withoutHang } from "../../support/fuzz/budget.ts";
import { entry, idOf, namesIn } from "../../support/samples/catalogue.ts";
import { CAMPAIGN, file, place } from "../../support/samples/declarations.ts";

const MANY = Array.from({ length: 30 }, (_, n) => `m${n}`);
const NAMES = namesIn(
  `audiences:\n${entry("a", 1)}${entry("b", 2)}${entry("c", 3)}  people: { audienceId: ${idOf(4)}, type: audience }\n` +
    MANY.map((name, n) => entry(name, 100 + n)).join("") +
    `groups:\n  ab: [a, b]\n  bc: [b, c]\n  all: [ab, bc]\n  many: [${MANY.join(", ")}]\n  most: [${MANY.slice(0, 24).join(", ")}]\n`,
);

const plain = (n: number, type = "segment") => `{ audienceId: ${idOf(n)}, type: ${type} }`;
const list = (key: string, entries: readonly string[]) =>
  `${key}:\n${entries.map((word) => `  - ${word}\n`).join("")}`;

/** The campaign that these entries declare; the first entry of include stands on line 3. */
function declared(include: readonly string[], exclude: readonly string[] = [], names: Names | null = NAMES) {
  const text = `campaignId: ${CAMPAIGN}\n${list("include", include)}${exclude.length > 0 ? list("exclude", exclude) : ""}`;
  const loaded = loadCampaigns([file("a.yaml", text)], { environment: null, needsEnvironment: true, names });
  const audience = loaded.specs[0]?.audience;
  return {
    include: audience?.include.map(({ audienceId }) => Number(audienceId.slice(-3))),
    exclude: audience?.exclude.map(({ audienceId }) => Number(audienceId.slice(-3))),
    told: loaded.diagnostics.map(place),
    details: loaded.diagnostics.map(({ detail }) => detail).join("\n"),
    loaded,
  };
}

describe("names stand for audiences", () => {
  it("one for an audience, a group for all its members, beside plain ids", () => {
    expect(declared(["a", plain(9)], ["bc"])).toMatchObject({ include: [1, 9], exclude: [2, 3], told: [] });
    expect(declared(["people"]).loaded.specs[0]?.audience.include).toEqual([
      { audienceId: idOf(4), type: "audience" },
    ]);
  });

  it("and the names that were used are known", () => {
    expect(declared(["a", plain(9)], ["bc"]).loaded.usedNames).toEqual(new Set(["a", "bc"]));
  });
});

describe("an audience counts once as long as a group brings it in", () => {
  it.each([
    ["by two groups", ["ab", "bc"], [1, 2, 3]],
    ["by a group and another of its members", ["all"], [1, 2, 3]],
    ["by a group and by its name", ["ab", "a"], [1, 2]],
    ["by its name and by a group", ["a", "ab"], [1, 2]],
    ["by its id and by a group", [plain(2), "bc"], [2, 3]],
    ["by one group twice", ["ab", "ab"], [1, 2]],
  ])("%s", (_, include, ids) => {
    expect(declared(include)).toMatchObject({ include: ids, told: [] });
  });

  it.each([
    ["by one name twice", ["a", "a"], "4:5"],
    ["by its name and its id", ["a", plain(1)], "4:19"],
    ["by its id and its name", [plain(1), "a"], "4:5"],
    ["twice, with a group between", ["a", "ab", "a"], "5:5"],
    ["twice, after a group", ["ab", "a", plain(1)], "5:19"],
  ])("written out twice it is an error: %s", (_, include, where) => {
    const { told, details } = declared(include);
    expect(told).toEqual([`repeated-audience ${where}`]);
    expect(details).toContain("An audience may be named only once in a file");
  });

  it("with two types it is an error", () => {
    const { told, details } = declared(["ab", plain(1, "audience")]);
    expect(told).toEqual(["repeated-audience 4:19", "type-differs 4:19"]);
    expect(details).toContain(
      `The audience ${idOf(1)} is already in include on line 3, where the group "ab" brings it in, there with another type. An audience has one type.`,
    );
  });
});

describe("no audience is in both lists", () => {
  it.each([
    [
      "by name",
      ["a"],
      ["a"],
      `The audience "a" (${idOf(1)}) is already in include on line 3, and here it is in exclude.`,
    ],
    ["by id and name", [plain(1)], ["a"], "is already in include on line 3, and here it is in exclude."],
    [
      "by a group in one",
      ["a"],
      ["ab"],
      `The group "ab" brings in "a" (${idOf(1)}), which is already in include on line 3`,
    ],
    [
      "by a group in the other",
      ["ab"],
      ["a"],
      'already in include on line 3, where the group "ab" brings it in, and here',
    ],
    ["by groups in both", ["ab"], ["all"], 'The group "all", by way of "ab", brings in "a"'],
  ])("%s", (_, include, exclude, detail) => {
    const { told, details } = declared(include, exclude);
    expect(told).toEqual(["repeated-audience 5:5"]);
    expect(details).toContain(detail);
  });

  it("and all that a group brings in is told at once", () => {
    expect(declared(["ab"], ["all"]).details).toContain("So are 1 more that it brings in.");
  });
});

describe("25 audiences are the most, counted as they come out", () => {
  it("of which the message stands at the entry that goes over it, and names its group", () => {
    const { told, details } = declared(["a", "many"]);
    expect(told).toEqual(["too-many-entries 4:5"]);
    expect(details).toBe(
      '"include" must come to 1 to 25 audiences, and it comes to 31: the group "many" here, which brings in 30, is too much. Take out 6.',
    );
  });

  it("and an entry by itself may be the one too many", () => {
    expect(declared(["most", "a"])).toMatchObject({ told: [] });
    expect(declared(["most", "a", "b"]).details).toContain(
      "it comes to 26: this entry is the first one too many. Take out 1.",
    );
    expect(declared(["a"], ["most", "b", "c"]).details).toContain('"exclude" must come to 0 to 25 audiences');
  });
});

describe("a name that means nothing", () => {
  it("is told with what was meant, each of them", () => {
    const { told, details } = declared(["peolpe", "zzzzz"]);
    expect(told).toEqual(["unknown-name 3:5", "unknown-name 4:5"]);
    expect(details).toContain(
      'No audience and no group in audiences.yaml has the name "peolpe". Did you mean "people"? Add it there, or mend it here.',
    );
    expect(details).toContain('"zzzzz". Add it there');
  });

  it("is shown also where it has a word of secrets in it", () => {
    expect(declared(["key-accounts"]).details).toContain('the name "key-accounts"');
  });

  it("is told as such where there is no catalogue", () => {
    expect(declared(["vip"], [], NO_NAMES).details).toBe(
      '"vip" is a name, and there is no catalogue that could say what it stands for: audiences.yaml is not there. Add it, or write the audienceId and the type here.',
    );
  });

  it("is not told where the catalogue itself has a mistake: nobody knows then", () => {
    expect(declared(["peolpe"], [], null)).toMatchObject({ told: [], include: undefined });
  });
});

describe("ids by environment", () => {
  const names = (environment: string | null) =>
    namesIn(
      `audiences:\n  a: { audienceId: { eu: ${idOf(1)}, us: ${idOf(2)} }, type: segment }\ngroups:\n  g: [a]\n`,
      environment,
    );
  const text = `campaignId: ${CAMPAIGN}\ninclude: [g]\n`;
  const load = (environment: string | null, needsEnvironment: boolean) =>
    loadCampaigns([file("a.yaml", text)], { environment, needsEnvironment, names: names(environment) });

  it("the chosen one counts", () => {
    expect(load("us", true).specs[0]?.audience.include).toEqual([{ audienceId: idOf(2), type: "segment" }]);
  });

  it("none for it is an error", () => {
    const { diagnostics } = load("asia", false);
    expect(diagnostics.map(place)).toEqual(["audience-without-id 2:11"]);
    expect(diagnostics[0]?.detail).toBe(
      'The group "g" brings in "a", which has no id for the environment "asia", only for "eu", "us". Add it in audiences.yaml on line 2, or take the name out here.',
    );
  });

  it("without an environment one must be chosen, but not to validate", () => {
    expect(load(null, true).diagnostics.map(place)).toEqual(["environment-required 2:11"]);
    expect(load(null, false)).toMatchObject({ diagnostics: [], campaigns: 1, specs: [] });
    const named = loadCampaigns([file("a.yaml", text.replace("[g]", "[a]"))], {
      environment: null,
      needsEnvironment: true,
      names: names(null),
    });
    expect([load(null, true), named].map(({ diagnostics }) => diagnostics[0]?.detail)).toEqual([
      'The group "g" brings in "a", which has an id for each of "eu", "us", and only one can be meant. Choose one with --environment.',
      '"a" has an id for each of "eu", "us", and only one can be meant. Choose one with --environment.',
    ]);
  });
});

it("a plain id with another type than in the catalogue is a warning, and the campaign still counts", () => {
  const { told, details, include } = declared([plain(1, "audience")]);
  expect(told).toEqual(["type-differs 3:19"]);
  expect(details).toContain('is "a" in the catalogue (audiences.yaml, line 2), with the type segment.');
  expect(include).toEqual([1]);
});

it("one name that was taken out is found as quickly in thousands of files as in one", () => {
  const names = namesIn(
    `audiences:\n${Array.from({ length: 2_000 }, (_, n) => entry(`season-${n}`, n)).join("")}`,
  );
  const files = Array.from({ length: 5_000 }, (_, n) =>
    file(
      `${n}.yaml`,
      `campaignId: ${CAMPAIGN.slice(0, -4)}${String(n).padStart(4, "0")}\ninclude: [seson-12345]\n`,
    ),
  );
  const load = () => loadCampaigns(files, { environment: null, needsEnvironment: true, names });
  expect(withoutHang(load).diagnostics).toHaveLength(5_000);
});
