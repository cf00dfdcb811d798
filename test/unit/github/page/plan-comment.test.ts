import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/model.ts";
import { type PlanCommentInput, renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { decodeHeader, visiblePart } from "../../../../src/github/review/comment-header.ts";
import { apiDigest } from "../../../../src/github/review/reviewed.ts";
import { targetOf } from "../../../../src/github/run/target.ts";
import { escapeMarkdown } from "../../../../src/render/markdown/markdown-escape.ts";
import { planLine } from "../../../../src/render/page/summary-line.ts";
import { audienceNamed } from "../../../support/samples/audiences.ts";
import {
  COMMIT,
  fileUrl,
  RUN_URL,
  reviewedOf,
  target,
  unlikeUpdates,
} from "../../../support/samples/github.ts";
import {
  audience,
  binding,
  GENERAL_WARNING,
  sampleError,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUnreadable,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const render = (plan: Plan, more: Partial<PlanCommentInput> = {}) =>
  renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL, ...more });

const visible = (plan: Plan, more: Partial<PlanCommentInput> = {}) => visiblePart(render(plan, more).body);

const bytes = (text: string) => Buffer.byteLength(text);

const narrowing = sampleUpdate(2, {
  name: "Narrow",
  after: binding([audience(1)], [audience(9, "audience"), audience(8)]),
});

const bare = sampleUpdate(3, { name: "Spring @jane | <b>", after: binding([audience(1)]) });

/** Changes 12 audiences: longer than what stays open. */
const long = sampleUpdate(4, {
  name: "Long",
  after: binding(
    Array.from({ length: 13 }, (_, n) => audience(20 + n)),
    [audience(9, "audience")],
  ),
});

test("a plan with everything in it", () => {
  const plan = samplePlan([narrowing, bare, sampleSkip(5), sampleUnreadable(6), sampleNoOp(7)], {
    digest: `sha256:${"ab".repeat(32)}`,
    diagnostics: [GENERAL_WARNING],
  });
  const origins = new Map([[bare.campaignId, "this pull request" as const]]);
  const url = (n: number) => `https://github.example/acme/campaigns/blob/${COMMIT}/campaigns/c${n}.yaml#L2`;
  const link = (n: number) => `[\`campaigns/c${n}.yaml:2\`](${url(n)})`;
  expect(visible(plan, { origins })).toBe(`\
### 2 campaigns change: 1 can reach more people, 1 fewer

> [!CAUTION]
> **No exclude is left in 1 campaign**: Spring @&#8203;jane &#124; &#60;b&#62;. Everybody in an included audience receives the campaign.

> [!WARNING]
> **▲ 1 campaign can reach more people**: Spring @&#8203;jane &#124; &#60;b&#62;\\
> **▼ 1 campaign can reach fewer people**: Narrow

Workflow Campaigns, API \`https://api.experiture.ai/public/v1\`

| People | Campaign | What changes, and reach |
| --- | --- | --- |
| **▲ more people** | [Spring @&#8203;jane &#124; &#60;b&#62;](${url(3)}) | **no exclude is left**; no longer excludes 1 audience<br>18,432, counted 7 months ago |
| **▼ fewer people** | [Narrow](${url(2)}) | now excludes 1 audience<br>18,432, counted 7 months ago |

### Could not be read

<b>Campaign 6</b> in ${link(6)}

- campaign: \`4130bada-0000-4000-8000-000000000006\`
- reason: the API knows no such campaign (not-found)
- message: Campaign not found in this tenant. (HTTP 404, JOURNEY&#95;API.PUBLIC.CAMPAIGNS.NOT&#95;FOUND)
- correlation id: \`0b1c2d3e-0000-4000-8000-000000000001\`
- to mend: Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.

### SKIPPED: not draft, nothing will be written

Only a draft can be changed. Make the file say what is live, or give it the id of a draft.

| Campaign | Status | Differs in |
| --- | --- | --- |
| [Campaign 5](${url(5)}) | <b>scheduled</b> | 1 audience |

<details>
<summary><b>Campaign 5</b>: left alone</summary>

Campaign \`4130bada-0000-4000-8000-000000000005\`

- only the file includes \`a1b2c3d4-0000-4000-8000-000000000002\` (segment)

</details>

### Changes

<details open>
<summary><b>Spring @&#8203;jane &#124; &#60;b&#62;</b>: ▲ more people</summary>

Campaign \`4130bada-0000-4000-8000-000000000003\`

**NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.**

- ▲ more people: no longer excludes \`a1b2c3d4-0000-4000-8000-000000000009\` (audience)

Afterwards: 1 included, 0 excluded.

</details>

<details open>
<summary><b>Narrow</b>: ▼ fewer people</summary>

Campaign \`4130bada-0000-4000-8000-000000000002\`

- ▼ fewer people: now excludes \`a1b2c3d4-0000-4000-8000-000000000008\` (segment)

Afterwards: 1 included, 2 excluded.

</details>

### Warnings

- **warning\\[made-up\\]**: Something general. Of no file.

---

<sub>Plan: 2 to change (1 widens), 1 in sync, 1 skipped (not draft), 1 errors.<br>commit \`${COMMIT}\` · digest \`sha256:${"ab".repeat(32)}\` · planned 2026-11-23 10:00 UTC · [run](${RUN_URL})<br>Merging applies exactly these changes, each campaign on its own. One whose file or live audiences differ by then is refused, and told here.</sub>`);
});

test("a plan with nothing to do is short, and authorises nothing", () => {
  const plan = samplePlan([sampleNoOp(1)]);
  const { body, header, isCut } = render(plan);
  expect(isCut).toBe(false);
  expect(header.reviewed).toEqual({ kind: "changes", changes: [] });
  expect(visiblePart(body).split("\n")).toEqual([
    "### No changes",
    "",
    "Workflow Campaigns, API `https://api.experiture.ai/public/v1`",
    "",
    "---",
    "",
    expect.stringMatching(
      /^<sub>Plan: 0 to change, 1 in sync, 0 skipped \(not draft\), 0 errors\.<br>.*<br>Merging writes nothing\.<\/sub>$/,
    ),
  ]);
});

test("says how many declared campaigns have no id for the environment", () => {
  const { body } = render(samplePlan([sampleNoOp(1)], { leftOut: 3 }));
  expect(body).toContain(
    "\n### No changes\n\n3 campaigns have no id for this environment: left out.\n\nWorkflow",
  );
});

test("the header is found first, and holds what was reviewed", () => {
  const plan = samplePlan([bare, narrowing, sampleSkip(5)]);
  const { body, header } = render(plan);
  expect(header).toEqual({
    target: target.key,
    commit: COMMIT,
    api: apiDigest(plan.apiUrl),
    state: "planned",
    reviewed: reviewedOf(plan),
  });
  expect(decodeHeader(body, target.key)).toEqual(header);
});

test("two targets are told apart in words", () => {
  const other = targetOf({ workflow: "Two_2", environment: "eu_1", config: "eu/campaignctl.yaml" });
  expect(visible(samplePlan([]), { target: other })).toContain(
    "Workflow Two&#95;2, environment <b>eu&#95;1</b>, project file `eu/campaignctl.yaml`, API ",
  );
});

describe("where changes come from", () => {
  const plan = samplePlan([bare, narrowing]);
  const note = "`drift`: live is not what the base branch declares";

  test("drift has its badge, and a note of what merging does to it", () => {
    const text = visible(plan, {
      origins: new Map([
        [bare.campaignId, "drift"],
        [narrowing.campaignId, "this pull request and drift"],
      ]),
    });
    expect(text).toMatch(/^\| \*\*▲ more people\*\* \| \[Spring [^\n|]*\) `drift` \|/m);
    expect(text).toMatch(/\| \[Narrow\][^\n|]*\) `this pull request` and `drift` \|/);
    expect(text).toContain(note);
  });

  test.each([
    ["no drift", new Map([[bare.campaignId, "this pull request" as const]])],
    ["no base at hand", null],
    ["drift of a campaign that is skipped", new Map([[sampleSkip(5).campaignId, "drift" as const]])],
  ])("%s, no badge and no note", (_, origins) => {
    const text = visible(samplePlan([bare, narrowing, sampleSkip(5)]), { origins });
    expect(text).not.toContain(note);
    expect(text).not.toContain("`drift`");
    expect(text).not.toContain("`this pull request`");
  });
});

describe("many campaigns", () => {
  const rowsIn = (text: string) => text.match(/^\| \*\*▲/gm)?.length ?? 0;
  const summary = "<summary>3 campaigns more, what widens first</summary>";

  test("are folded above 20 rows, whole tables both", () => {
    const text = visible(samplePlan(Array.from({ length: 23 }, (_, n) => sampleUpdate(n))));
    const [open = "", folded = ""] = text.split(`<details>\n${summary}\n\n`);
    expect(rowsIn(open)).toBe(20);
    expect(folded.split("\n\n</details>")[0]).toMatch(
      /^\| People \|[^\n]*\n\| --- [^\n]*\n(?:\| \*\*▲[^\n]*\n?){3}$/,
    );
  });

  test("20 are not", () => {
    const text = visible(samplePlan(Array.from({ length: 20 }, (_, n) => sampleUpdate(n))));
    expect(rowsIn(text)).toBe(20);
    expect(text).not.toContain("campaigns more, what widens first");
  });
});

describe("skipped campaigns that this pull request does not touch", () => {
  const origins = new Map([
    [sampleSkip(5).campaignId, "drift" as const],
    [sampleSkip(6).campaignId, "drift" as const],
    [sampleSkip(7).campaignId, "this pull request and drift" as const],
  ]);

  test("are one line, and those that it touches are not", () => {
    const text = visible(samplePlan([sampleSkip(5), sampleSkip(6), sampleSkip(7)]), { origins });
    expect(text).toContain(
      "<details>\n<summary>2 campaigns that this pull request does not touch are not draft and differ from their files: left alone</summary>\n\n| Campaign |",
    );
    expect(text.match(/<b>Campaign \d<\/b>: left alone/g)).toEqual(["<b>Campaign 7</b>: left alone"]);
    expect(text).toMatch(/^### SKIPPED: not draft[\s\S]*\| \[Campaign 7\]/m);
  });

  test("alone have no heading", () => {
    const text = visible(samplePlan([sampleSkip(5)]), { origins });
    expect(text).not.toContain("SKIPPED");
    expect(text).toContain(
      "<summary>1 campaign that this pull request does not touch is not draft and differs from its file: left alone</summary>",
    );
  });
});

describe("names and people", () => {
  const plan = (minCount: number) =>
    samplePlan([sampleUpdate(1, { name: "Spring" })], {
      privacy: { minCount },
      audiences: audienceNamed(2, "VIP customers", {
        size: { count: 12, isExact: true, at: "2026-11-23T10:00:00.000Z" },
      }),
    });

  test("stand in the table and in the list, with what reach can become", () => {
    const text = visible(plan(0));
    expect(text).toContain("| now includes VIP customers<br>18,432 → at most 18,444, counted 7 months ago |");
    expect(text).toContain(
      `- ▲ more people: now includes **VIP customers** (segment, 12 people) \`${audience(2).audienceId}\``,
    );
  });

  test("a few people are not counted for others, nor can they be worked out", () => {
    const text = visible(plan(20));
    expect(text).toContain("(segment, fewer than 20 people)");
    expect(text).not.toMatch(/18,444|\b12\b people/);
  });

  test("a few names are enough in a row", () => {
    const audiences = Object.assign({}, ...[2, 3, 4, 5].map((n) => audienceNamed(n, `Name ${n}`)));
    const after = binding(
      [1, 2, 3, 4, 5].map((n) => audience(n)),
      [audience(9, "audience")],
    );
    expect(visible(samplePlan([sampleUpdate(1, { after })], { audiences }))).toContain(
      "| now includes Name 2, Name 3 and 2 more<br>18,432",
    );
  });

  test.each([
    ["letters", "x".repeat(75), 10],
    ["letters of another script", "ש".repeat(75), 10],
    ["wide letters", "春".repeat(60), 15],
    ["pictures", "👩‍💻".repeat(30), 15],
    ["what is invisible", "\u202E".repeat(30), 30],
  ])("%s without a blank get places to be broken at, and nothing more", (_, name, pieces) => {
    const audiences = audienceNamed(2, name);
    const row =
      /^\| \*\*▲.*$/m.exec(visible(samplePlan([sampleUpdate(1, { name })], { audiences })))?.[0] ?? "";
    const [, , campaign = "", changes = ""] = row.split("|");
    for (const cell of [campaign, changes]) {
      expect(cell.split("<wbr>")).toHaveLength(pieces);
      expect(cell.replaceAll("<wbr>", "")).toContain(escapeMarkdown(name));
    }
  });

  test("an ordinary name is never broken", () => {
    expect(
      visible(samplePlan([sampleUpdate(1, { name: "Re-engagement of subscribers ".repeat(4) })])),
    ).not.toContain("<wbr>");
  });
});

describe("details", () => {
  const states = (text: string) =>
    [...text.matchAll(/<details( open)?>\n<summary><b>([^<]*)/g)].map(
      ([, open, name]) => `${name}${open ?? ""}`,
    );

  test("are open while they are short, the campaigns that can reach more people first", () => {
    expect(states(visible(samplePlan([narrowing, bare])))).toEqual([
      "Spring @&#8203;jane &#124; &#60;b&#62; open",
      "Narrow open",
    ]);
  });

  test("are folded from the one on that makes them long", () => {
    expect(states(visible(samplePlan([sampleUpdate(1), narrowing, long])))).toEqual([
      "Campaign 1 open",
      "Long",
      "Narrow",
    ]);
  });
});

describe("the alert", () => {
  const either = (n: number) =>
    sampleUpdate(n, { name: `Swap ${n}`, after: binding([audience(3)], [audience(9, "audience")]) });

  test("is only a note when nobody more can be reached", () => {
    expect(visible(samplePlan([narrowing])).match(/\[!\w+\]/g)).toEqual(["[!NOTE]"]);
  });

  test("is not there where nothing changes", () => {
    expect(visible(samplePlan([sampleNoOp(1), sampleSkip(2)]))).not.toContain("[!");
  });

  test("has a line for each direction, what widens first", () => {
    const text = visible(samplePlan([narrowing, either(4), sampleUpdate(1)]));
    expect(text).toContain(`\
> [!WARNING]
> **▲ 1 campaign can reach more people**: Campaign 1\\
> **◆ 1 campaign can go either way**: Swap 4\\
> **▼ 1 campaign can reach fewer people**: Narrow

`);
  });

  test("names at most ten a direction", () => {
    const many = Array.from({ length: 13 }, (_, n) => sampleUpdate(n));
    const others = Array.from({ length: 11 }, (_, n) => either(100 + n));
    const text = visible(samplePlan([...many, ...others]));
    expect(text).toMatch(/: Campaign 0, Campaign 1, .*Campaign 9 and 3 more\\\n/);
    expect(text).toMatch(/: Swap 100, Swap 101, .*Swap 109 and 1 more\n/);
  });

  test("names as many as there is room for", () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      sampleUpdate(n, { name: `Campaign ${n} ${"|".repeat(100)}` }),
    );
    const line = /^> \*\*▲ 60 campaigns can reach more people.*$/m.exec(visible(samplePlan(many)))?.[0] ?? "";
    const named = line.match(/Campaign \d+ &/g)?.length ?? 0;
    expect(named).toBeGreaterThan(2);
    expect(named).toBeLessThan(10);
    expect(line).toMatch(new RegExp(` and ${60 - named} more$`));
    expect(bytes(line)).toBeLessThan(2_600);
  });

  test("names none where even one is too long when it is made safe", () => {
    const names = ["\u202E", "\u202D"].map((character) => character.repeat(120));
    const plan = samplePlan([
      sampleUpdate(1, { name: names[0] ?? "" }),
      sampleUpdate(2, { ...narrowing, name: names[1] ?? "" }),
    ]);
    expect(visible(plan)).toContain("**▲ 1 campaign can reach more people**: 1 by name below\\\n");
  });
});

describe("the limit", () => {
  test("3,000 campaigns: digests in the header, rows first, and where the rest is", () => {
    const plan = samplePlan([...unlikeUpdates(3_000, 40), sampleUnreadable(1), sampleSkip(2)]);
    const { body, header, isCut } = render(plan);
    expect(isCut).toBe(true);
    expect(bytes(body)).toBeLessThanOrEqual(65_000);
    expect(header.reviewed).toMatchObject({ kind: "digests", digests: { length: 3_000 } });
    expect(decodeHeader(body, target.key)).toEqual(header);
    const text = visiblePart(body);
    expect(text.split("\n")[0]).toBe("### 3,000 campaigns change: 40 can reach more people, 2,960 fewer");
    expect(text).toContain(`\n<sub>${planLine(plan.summary)}<br>`);
    expect(text).toMatch(/^\| \[Campaign 2\]\([^|]*\) \| <b>scheduled<\/b> \|/m);
    expect(text).toContain("<b>Campaign 1</b> in [");
    const rows = text.match(/^\| \*\*[▲▼] (?:more|fewer) people\*\* \| \[Campaign \d+\]/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(40);
    expect(text.match(/^\| \*\*▲ more people\*\* \| \[Campaign \d+\]/gm)).toHaveLength(40);
    expect(text).toContain("<summary>2,980 campaigns more, what widens first</summary>");
    expect(text).toContain(
      `_${(3_000 - rows).toLocaleString("en")} rows more left out here for want of room. See the [summary of the run](${RUN_URL}); the JSON result (output \`plan-path\`) has them all._`,
    );
  });

  test("those that can reach more people are kept longest", () => {
    const { body } = render(samplePlan(unlikeUpdates(120, 20)));
    const directions = [...body.matchAll(/<summary><b>[^<]*<\/b>: [▲▼] (more|fewer) people/g)].map(
      ([, word]) => word,
    );
    expect(directions.length).toBeGreaterThan(10);
    expect(directions.length).toBeLessThan(120);
    expect(directions).toEqual([...directions].sort().reverse());
  });

  test("a header that would take the readers' room has digests", () => {
    expect(render(samplePlan(unlikeUpdates(500))).header.reviewed.kind).toBe("digests");
  });

  test("beyond digests it is all or nothing, and the comment says so", () => {
    const plan = samplePlan(unlikeUpdates(3_400));
    const { body, header } = render(plan);
    expect(header.reviewed).toMatchObject({ kind: "digest", digest: plan.digest, named: { length: 3_400 } });
    expect(body).toContain("merging applies all of it, or nothing at all when anything differs by then");
    expect(bytes(body)).toBeLessThanOrEqual(65_000);
  });

  test("many errors do not take the room of changes", () => {
    const errors = Array.from({ length: 400 }, (_, n) =>
      sampleUnreadable(n, { error: { ...sampleError, message: `Trouble ${n}.` } }),
    );
    const { body } = render(samplePlan([...errors, ...unlikeUpdates(20)]));
    expect(body.match(/^\| \*\*▲ more people\*\* \| \[Campaign \d+\]/gm)).toHaveLength(20);
    expect(body).toMatch(/_\d+ campaigns more left out/);
    expect(bytes(body)).toBeLessThanOrEqual(65_000);
  });

  test("is counted in bytes", () => {
    const plan = samplePlan(
      Array.from({ length: 300 }, (_, n) => sampleUpdate(n, { name: "春".repeat(100) })),
    );
    expect(bytes(render(plan).body)).toBeLessThanOrEqual(65_000);
    expect(bytes(render(plan).body)).toBeGreaterThan(60_000);
  });
});
