import { describe, expect, it } from "vitest";
import { audiencesKnownBy, NO_NAMES, namesOf } from "../../../src/catalogue/names.ts";
import { catalogueOf, entry, idOf, namesIn } from "../../support/samples/catalogue.ts";

const TEXT =
  `audiences:\n${entry("vip", 1, ", owner: crm, description: Best, previewId: aud_1")}` +
  `  gone: { audienceId: { eu: ${idOf(2)} }, type: audience }\n${entry("same", 1)}groups:\n  all: [vip, gone]\n`;

describe("names", () => {
  it("know an audience by the id that it has in the environment; of two names the first counts", () => {
    expect(namesIn(TEXT).withId(idOf(1))?.name).toBe("vip");
    expect(namesIn(TEXT).withId(idOf(2))).toBeNull();
    expect(namesIn(TEXT, "us").withId(idOf(2))).toBeNull();
    expect(namesIn(TEXT, "eu").withId(idOf(2))?.name).toBe("gone");
  });

  it("say what was most likely meant, two letters swapped too", () => {
    const { near } = namesIn(TEXT);
    expect([near("vpi"), near("agone"), near("xyzxyz")]).toEqual(["vip", "gone", null]);
  });

  it("look a word up once", () => {
    const catalogue = catalogueOf(TEXT);
    const asked: string[] = [];
    const groups = new Map(catalogue.groups);
    groups.get = (name) => {
      asked.push(name);
      return catalogue.groups.get(name);
    };
    const names = namesOf({ ...catalogue, groups }, null);
    for (let n = 0; n < 5; n += 1) names.expand("all");
    expect(asked).toEqual(["all"]);
  });

  it("are none where there is no catalogue", () => {
    expect([NO_NAMES.expand("vip"), NO_NAMES.near("vip"), NO_NAMES.catalogue.isThere]).toEqual([
      null,
      null,
      false,
    ]);
  });
});

describe("what the catalogue says of an audience", () => {
  it("goes by its id, with the groups that bring it in", () => {
    const known = audiencesKnownBy(namesIn(TEXT, "eu"));
    expect(known.get(idOf(1))).toEqual({
      name: "vip",
      type: "segment",
      owner: "crm",
      description: "Best",
      previewId: "aud_1",
      groups: ["all"],
    });
    expect(known.get(idOf(2))).toMatchObject({ name: "gone", type: "audience", owner: null });
    expect(known.get(idOf(9))).toBeUndefined();
  });
});
