import { describe, expect, test } from "vitest";
import { readCampaignFile } from "../../../src/declarations/campaign-file.ts";
import {
  type BaseMeaning,
  campaignsMeant,
  compareOtherText,
  compareSameText,
} from "../../../src/declarations/compare-file.ts";
import { type CampaignChoice, resolveCampaign } from "../../../src/declarations/resolve.ts";
import type { Cause } from "../../../src/domain/model.ts";
import { binding } from "../../support/samples/bindings.ts";
import { entry, namesIn } from "../../support/samples/catalogue.ts";
import { CAMPAIGN, file, OTHER } from "../../support/samples/declarations.ts";

/** A catalogue whose group `all` has these of the audiences a, b and c. */
const choice = (...members: readonly string[]): CampaignChoice => ({
  environment: null,
  needsEnvironment: true,
  names: namesIn(
    `audiences:\n${entry("a", 1)}${entry("b", 2)}${entry("c", 3)}groups:\n  all: [${members.join(", ")}]\n`,
  ),
});

const NOW = choice("a");
/** A catalogue with a mistake. */
const UNREADABLE: CampaignChoice = { environment: null, needsEnvironment: true, names: null };

const campaign = (include: string, more = "", name = "spring.yaml") =>
  readCampaignFile(file(name, `campaignId: ${CAMPAIGN}\nname: Spring\n${more}include: [${include}]\n`));

const base = (then: CampaignChoice | null, ...causes: readonly Cause[]): BaseMeaning => ({
  choice: then,
  catalogue: "audiences.yaml",
  causes,
});

const group = (name: string): Cause => ({ file: "audiences.yaml", kind: "group", name });
const WHOLE_FILE: Cause = { file: "audiences.yaml", kind: "file", name: null };
const OTHER_CATALOGUE: Cause = { file: "campaignctl.yaml", kind: "setting", name: "audiences" };

describe("a file that is as it was in the base", () => {
  const compared = (then: BaseMeaning, include = "all") => {
    const read = campaign(include);
    return compareSameText(read, resolveCampaign(read, NOW), NOW, then)[0];
  };
  const SAME = { campaignId: CAMPAIGN, name: "Spring", file: "spring.yaml", labels: null, isSame: true };

  test("means the same as long as the catalogue is the same, or its words stand for the same", () => {
    const same = { ...SAME, audience: null, causes: [] };
    expect(compared(base(null))).toEqual(same);
    expect(compared(base(choice("a")))).toEqual(same);
    expect(compared(base(choice("b")), "a")).toEqual(same);
    expect(compared(base(choice("a"), OTHER_CATALOGUE))).toEqual(same);
  });

  test("means something else where its group had other members, for that group", () => {
    expect(compared(base(choice("b", "c")))).toEqual({
      ...SAME,
      isSame: false,
      audience: binding([2, 3]),
      causes: [group("all")],
    });
  });

  test("tells what made another file the catalogue beside the group", () => {
    expect(compared(base(choice("b"), OTHER_CATALOGUE))?.causes).toEqual([group("all"), OTHER_CATALOGUE]);
  });

  test("means nothing that is known where the catalogue could not be read", () => {
    expect(compared(base(UNREADABLE))).toMatchObject({ isSame: false, audience: null, causes: [] });
  });

  test("is the same where it was not valid either, by the same catalogue", () => {
    expect(compared(base(null), "nobody")).toMatchObject({ isSame: true, name: null });
  });

  test("declares nothing where it is not valid now", () => {
    const read = campaign("nobody");
    const [found] = compareSameText(read, resolveCampaign(read, NOW), NOW, base(choice("b")));
    expect(found).toMatchObject({ campaignId: CAMPAIGN, name: null, isSame: false, causes: [WHOLE_FILE] });
  });
});

describe("a file of the base that says something else now", () => {
  const specOf = (include: string, more = "") => {
    const { spec } = resolveCampaign(campaign(include, more, "moved.yaml"), NOW);
    if (spec === null) throw new Error("It declares nothing.");
    return spec;
  };
  const compared = (written: string, now: string | null, then: BaseMeaning = base(null), more = "") => {
    const specs = new Map(now === null ? [] : [[CAMPAIGN, specOf(now)]]);
    return compareOtherText(campaign(written, more), specs, NOW, then)[0];
  };

  test("declared the same where only its form is another", () => {
    expect(compared("b", "b")).toEqual({
      campaignId: CAMPAIGN,
      name: "Spring",
      file: "spring.yaml",
      audience: binding([2]),
      labels: null,
      isSame: true,
      causes: [],
    });
  });

  test("declared other audiences, of its own accord", () => {
    expect(compared("b", "c")).toMatchObject({ isSame: false, audience: binding([2]), causes: null });
    expect(compared("all", "b", base(choice("c")))).toMatchObject({ audience: binding([3]), causes: null });
  });

  test("declared other audiences where only the catalogue is another", () => {
    expect(compared("all", "all", base(choice("b")))).toMatchObject({
      isSame: false,
      audience: binding([2]),
      causes: [group("all")],
    });
  });

  test("has other labels, which are known", () => {
    expect(compared("b", "b", base(null), "labels: { wave: x }\n")).toMatchObject({
      labels: { wave: "x" },
      isSame: false,
      causes: [],
    });
  });

  test("declared a campaign that nobody declares now", () => {
    expect(compared("b", null, base(null), "labels: { wave: x }\n")).toMatchObject({
      isSame: false,
      labels: null,
      causes: null,
    });
  });

  test("is not known where it had a mistake, but for the campaign", () => {
    expect(compared("nobody", "b")).toEqual({
      campaignId: CAMPAIGN,
      name: "Spring",
      file: "spring.yaml",
      audience: null,
      labels: null,
      isSame: false,
      causes: null,
    });
  });
});

test("without an environment nobody knows which of the ids for each was meant", () => {
  const map = `campaignId: { staging: ${OTHER}, production: ${CAMPAIGN} }\ninclude: [a]\n`;
  const meant = (environment: string | null, text = map) => {
    const chosen = { ...NOW, environment };
    return campaignsMeant(resolveCampaign(readCampaignFile(file("a.yaml", text)), chosen), chosen);
  };
  expect([meant(null), meant("production"), meant("staging")]).toEqual([[], [CAMPAIGN], [OTHER]]);
  expect(meant(null, `campaignId: ${CAMPAIGN}\ninclude: [a]\n`)).toEqual([CAMPAIGN]);
});
