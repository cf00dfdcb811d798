import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { declareChanged } from "../../src/commands/changed/declare-changed.ts";
import type { ValidDeclarations } from "../../src/commands/declare.ts";
import { readDeclarations } from "../../src/commands/declare.ts";
import type { CampaignSpec } from "../../src/domain/model.ts";
import { buildPlan, type LiveRead } from "../../src/plan/build.ts";
import { OLD_REACH } from "../support/api/fake-api.ts";
import { makeWorkspace, type Workspace } from "../support/program/cli.ts";
import { sampleBase } from "../support/samples/base-commit.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";
import { entry, idOf } from "../support/samples/catalogue.ts";

const open: Workspace[] = [];
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.remove();
});

/** What a group of the catalogue stands for, by numbers of audiences. */
type Catalogue = { readonly low: readonly number[]; readonly high: readonly number[] };

/** A campaign as its author thinks of it: words that it includes. How and where it is written is another matter. */
type Wanted = {
  readonly n: number;
  readonly words: readonly ("low" | "high" | 7 | 8)[];
  readonly name: string | null;
};

type World = { readonly catalogue: Catalogue; readonly campaigns: readonly Wanted[] };

/** How a file is written. */
type Style = { readonly form: "plain" | "comment" | "CRLF" | "flow" | "reversed"; readonly path: number };

const anyGroup = fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1 });
const anyCatalogue: fc.Arbitrary<Catalogue> = fc.record({ low: anyGroup, high: anyGroup });
const anyWanted = fc.record({
  n: fc.integer({ min: 1, max: 5 }),
  words: fc.uniqueArray(fc.constantFrom("low" as const, "high" as const, 7 as const, 8 as const), {
    minLength: 1,
  }),
  name: fc.constantFrom(null, null, "Spring"),
});
const anyCampaigns = fc.uniqueArray(anyWanted, { selector: ({ n }) => n, minLength: 1, maxLength: 5 });
const anyStyles = fc.array(
  fc.record({
    form: fc.constantFrom(
      "plain" as const,
      "comment" as const,
      "CRLF" as const,
      "flow" as const,
      "reversed" as const,
    ),
    path: fc.constantFrom(0, 1),
  }),
  { minLength: 5, maxLength: 5 },
);

/** Two states of a project: most of the second is as in the first. */
const anyTwo = fc
  .record({
    catalogue: anyCatalogue,
    campaigns: anyCampaigns,
    later: anyCampaigns,
    other: fc.option(anyCatalogue),
  })
  .map(({ catalogue, campaigns, later, other }) => {
    const kept = campaigns.filter(({ n }) => n % 2 === 0);
    const added = later.filter(({ n }) => kept.every((each) => each.n !== n));
    const now = { catalogue: other ?? catalogue, campaigns: [...kept, ...added] };
    return {
      before: { catalogue, campaigns },
      now: now.campaigns.length === 0 ? { ...now, campaigns } : now,
    };
  });

function write({ n, words, name }: Wanted, { form }: Style): string {
  const entries = words.map((word) =>
    typeof word === "number" ? `{ audienceId: ${idOf(word)}, type: segment }` : word,
  );
  const include = `include:\n${entries.map((each) => `  - ${each}\n`).join("")}`;
  const named = name === null ? "" : `name: ${name}\n`;
  const plain = `campaignId: ${campaignId(n)}\n${named}${include}`;
  switch (form) {
    case "plain":
      return plain;
    case "comment":
      return `# why\n${plain}# and so on\n`;
    case "CRLF":
      return plain.replaceAll("\n", "\r\n");
    case "flow":
      return `{ "campaignId": "${campaignId(n)}", include: [${entries.join(", ")}]${name === null ? "" : `, name: '${name}'`} }\n`;
    case "reversed":
      return `include:\n${[...entries]
        .reverse()
        .map((each) => `- ${each}\n`)
        .join("")}${named}campaignId: ${campaignId(n)}\n`;
  }
}

function filesOf({ catalogue, campaigns }: World, styles: readonly Style[]): Record<string, string> {
  const audiences = [1, 2, 3].map((n) => entry(`a${n}`, n)).join("");
  const group = (numbers: readonly number[]): string => `[${numbers.map((n) => `a${n}`).join(", ")}]`;
  const styleOf = (n: number): Style => styles[n - 1] ?? { form: "plain", path: 0 };
  return {
    "audiences.yaml": `audiences:\n${audiences}groups:\n  low: ${group(catalogue.low)}\n  high: ${group(catalogue.high)}\n`,
    ...Object.fromEntries(
      campaigns.map((wanted) => {
        const style = styleOf(wanted.n);
        const path = style.path === 0 ? `campaigns/c${wanted.n}.yaml` : `campaigns/moved/${wanted.n}.yml`;
        return [path, write(wanted, style)];
      }),
    ),
  };
}

/** What an author means, without a file: all that may differ, as one text. */
function meant({ words, name }: Wanted, catalogue: Catalogue): string {
  const numbers = words.flatMap((word) => (typeof word === "number" ? [word] : catalogue[word]));
  return JSON.stringify([[...new Set(numbers)].sort(), name]);
}

function expected(before: World, now: World) {
  const then = new Map(before.campaigns.map((wanted) => [wanted.n, meant(wanted, before.catalogue)]));
  const planned = now.campaigns.filter((wanted) => then.get(wanted.n) !== meant(wanted, now.catalogue));
  const gone = before.campaigns.filter(({ n }) => now.campaigns.every((wanted) => wanted.n !== n));
  return { planned: planned.map(({ n }) => n).sort(), gone: gone.length };
}

/** The groups that make what the base says of a campaign stand for something else now. */
function causesFor(n: number, before: World, now: World) {
  const words = before.campaigns.find((wanted) => wanted.n === n)?.words ?? [];
  const comesTo = ({ catalogue }: World): readonly number[] =>
    words.flatMap((word) => (typeof word === "number" ? [word] : catalogue[word]));
  const [then, later] = [new Set(comesTo(before)), new Set(comesTo(now))];
  const groups = words.filter((word) => typeof word !== "number");
  const differing = groups.filter(
    (group) =>
      now.catalogue[group].some((each) => !then.has(each)) ||
      before.catalogue[group].some((each) => !later.has(each)),
  );
  return differing.sort().map((name) => ["audiences.yaml", "group", name]);
}

function optionsFor(files: Readonly<Record<string, string>>) {
  const workspace = makeWorkspace(files);
  open.push(workspace);
  return { paths: [], cwd: workspace.path, config: null, environment: null, needsEnvironment: true };
}

async function changedIn(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) {
  const options = optionsFor(now);
  const declared = await declareChanged(options, sampleBase(options.cwd, before));
  if (declared.kind !== "valid") throw new Error(JSON.stringify(declared.diagnostics));
  return { declared, options };
}

function summaryOf({ specs, causes, diagnostics }: ValidDeclarations) {
  return {
    planned: specs.map((spec) => Number(spec.campaignId.slice(-3))).sort(),
    gone: diagnostics.filter(({ code }) => code === "no-longer-declared").length,
    causes,
  };
}

test("case 91: planned is what means something else than before, however and wherever it is written", async () => {
  await fc.assert(
    fc.asyncProperty(anyTwo, anyStyles, anyStyles, async ({ before, now }, then, later) => {
      const { declared } = await changedIn(filesOf(before, then), filesOf(now, later));
      const { causes, ...found } = summaryOf(declared);
      expect(found).toEqual(expected(before, now));
      // Only a catalogue that differs can change a campaign from elsewhere.
      for (const [id, told] of causes) {
        expect(told.map(({ file, kind, name }) => [file, kind, name])).toEqual(
          causesFor(Number(id.slice(-3)), before, now),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test("the same comes out where no text of the base is known by its blob id", async () => {
  await fc.assert(
    fc.asyncProperty(anyTwo, anyStyles, async ({ before, now }, styles) => {
      const [old, files] = [filesOf(before, styles), filesOf(now, styles)];
      const unlike = Object.fromEntries(
        Object.entries(old).map(([path, text]) => [path, `# unlike\n${text}`]),
      );
      const [quick, slow] = [await changedIn(old, files), await changedIn(unlike, files)];
      expect(summaryOf(quick.declared)).toEqual(summaryOf(slow.declared));
    }),
    { numRuns: 40 },
  );
});

const ORIGIN = {
  tool: { name: "campaignctl", version: "0.0.0" },
  createdAt: 0,
  environment: null,
  apiUrl: "https://api.example.test/public/v1",
};

const liveOf = ({ campaignId: id }: CampaignSpec): readonly [string, LiveRead] => [
  id,
  {
    campaign: {
      campaignId: id,
      name: null,
      authoringStatus: id.endsWith("3") ? "scheduled" : "draft",
      audience: binding([1, 7]),
      repeatedAudienceIds: [],
      liveAudiences: [],
      reach: OLD_REACH,
      channel: null,
      schedule: null,
      updatedAt: null,
      serverTime: null,
    },
  },
];

test("a plan of what changed is the whole plan, less what did not change", async () => {
  await fc.assert(
    fc.asyncProperty(anyTwo, anyStyles, async ({ before, now }, styles) => {
      const { declared, options } = await changedIn(filesOf(before, styles), filesOf(now, styles));
      const whole = readDeclarations(options);
      if (whole.kind !== "valid") throw new Error("not valid");
      const live = new Map(whole.specs.map(liveOf));
      const all = buildPlan(whole.specs, live, ORIGIN, []);
      const part = buildPlan(declared.specs, live, { ...ORIGIN, scope: declared.scope }, []);
      const ids = new Set(declared.specs.map((spec) => spec.campaignId));
      expect(part.changes).toEqual(all.changes.filter((change) => ids.has(change.campaignId)));
      expect(part.scope).toMatchObject({ kind: "changed", planned: ids.size, declared: whole.specs.length });
    }),
    { numRuns: 25 },
  );
});
