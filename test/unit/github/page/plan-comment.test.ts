import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../src/domain/model.ts";
import { type PlanCommentInput, renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { decodeHeader, visiblePart } from "../../../../src/github/review/comment-header.ts";
import { apiDigest } from "../../../../src/github/review/reviewed.ts";
import { targetOf } from "../../../../src/github/run/target.ts";
import { planLine } from "../../../../src/render/page/summary-line.ts";
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
  const link = (n: number) =>
    `[\`campaigns/c${n}.yaml:2\`](https://github.example/acme/campaigns/blob/${COMMIT}/campaigns/c${n}.yaml#L2)`;
  expect(visible(plan, { origins })).toBe(`\
### Plan: 2 to change (1 widens), 1 in sync, 1 skipped (not draft), 1 errors.

> [!WARNING]
> **1 campaign can reach more people**: Spring @&#8203;jane &#124; &#60;b&#62;.

> [!CAUTION]
> **No exclude is left in 1 campaign**: Spring @&#8203;jane &#124; &#60;b&#62;. Everybody in an included audience receives the campaign.

Workflow Campaigns, API \`https://api.experiture.ai/public/v1\`

| Campaign | Can reach | Include | Exclude | Last known reach | Comes from | File |
| --- | --- | --- | --- | --- | --- | --- |
| Spring @&#8203;jane &#124; &#60;b&#62; | **more people** | as before, 1 afterwards | -1, 0 afterwards, **none is left** | 18,432, evaluated 2026-04-25 10:20 UTC | \`this pull request\` | ${link(3)} |
| Narrow | **fewer people** | as before, 1 afterwards | +1, 2 afterwards | 18,432, evaluated 2026-04-25 10:20 UTC | not known | ${link(2)} |

### Could not be read

<b>Campaign 6</b> in ${link(6)}

- campaign: \`4130bada-0000-4000-8000-000000000006\`
- reason: the API knows no such campaign (not-found)
- message: Campaign not found in this tenant. (HTTP 404, JOURNEY&#95;API.PUBLIC.CAMPAIGNS.NOT&#95;FOUND)
- correlation id: \`0b1c2d3e-0000-4000-8000-000000000001\`
- to mend: Check the campaignId, the API URL, and that the credentials belong to the workspace of this campaign.

### SKIPPED: not draft, nothing will be written

Only a draft can be changed. Make the file say what is live, or give it the id of a draft.

| Campaign | Status | Differs in | File |
| --- | --- | --- | --- |
| Campaign 5 | <b>scheduled</b> | 1 audience | ${link(5)} |

<details>
<summary><b>Campaign 5</b>: left alone</summary>

Campaign \`4130bada-0000-4000-8000-000000000005\`

\`\`\`diff
+ include  segment  a1b2c3d4-0000-4000-8000-000000000002  (in the file, not live)
\`\`\`

</details>

### Changes

<details open>
<summary><b>Spring @&#8203;jane &#124; &#60;b&#62;</b>: more people</summary>

Campaign \`4130bada-0000-4000-8000-000000000003\`

Can reach more people: 1 exclude removed.\\
**NO EXCLUDE IS LEFT: everybody in an included audience receives the campaign.**

\`\`\`diff
- exclude  audience  a1b2c3d4-0000-4000-8000-000000000009  (removed: more people)
  full replacement: 1 included, 0 excluded afterwards
\`\`\`

</details>

<details open>
<summary><b>Narrow</b>: fewer people</summary>

Campaign \`4130bada-0000-4000-8000-000000000002\`

Can reach fewer people: 1 exclude added.

\`\`\`diff
+ exclude  segment  a1b2c3d4-0000-4000-8000-000000000008  (added: fewer people)
  full replacement: 1 included, 2 excluded afterwards
\`\`\`

</details>

### Warnings

- **warning\\[made-up\\]**: Something general. Of no file.

---

<sub>commit \`${COMMIT}\` · digest \`sha256:${"ab".repeat(32)}\` · planned 2026-11-23 10:00 UTC · [run](${RUN_URL})<br>Merging applies exactly these changes, each campaign on its own. One whose file or live audiences differ by then is refused, and told here.</sub>`);
});

test("a plan with nothing to do is short, and authorises nothing", () => {
  const plan = samplePlan([sampleNoOp(1)]);
  const { body, header, isCut } = render(plan);
  expect(isCut).toBe(false);
  expect(header.reviewed).toEqual({ kind: "changes", changes: [] });
  expect(visiblePart(body).split("\n")).toEqual([
    "### Plan: 0 to change, 1 in sync, 0 skipped (not draft), 0 errors.",
    "",
    "Workflow Campaigns, API `https://api.experiture.ai/public/v1`",
    "",
    "---",
    "",
    expect.stringMatching(/<br>Merging writes nothing\.<\/sub>$/),
  ]);
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
  const note = "`drift`: live was changed elsewhere";

  test("drift has its badge, and a note of what merging does to it", () => {
    const text = visible(plan, {
      origins: new Map([
        [bare.campaignId, "drift"],
        [narrowing.campaignId, "this pull request and drift"],
      ]),
    });
    expect(text).toContain("| `drift` | [`campaigns/c3.yaml:2`]");
    expect(text).toContain("| `this pull request` and `drift` | [`campaigns/c2.yaml:2`]");
    expect(text).toContain(note);
  });

  test("no drift, no note", () => {
    expect(visible(plan, { origins: new Map([[bare.campaignId, "this pull request"]]) })).not.toContain(note);
  });

  test("no column when the base is not at hand", () => {
    expect(visible(plan)).not.toContain("Comes from");
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

describe("the banner", () => {
  test("is not there when nobody more can be reached", () => {
    expect(visible(samplePlan([narrowing]))).not.toContain("[!");
  });

  test("names as many as there is room for", () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      sampleUpdate(n, { name: `Campaign ${n} ${"x".repeat(60)}` }),
    );
    const line = /^> \*\*60 campaigns can reach more people.*$/m.exec(visible(samplePlan(many)))?.[0] ?? "";
    const named = line.match(/Campaign \d+ x/g)?.length ?? 0;
    expect(named).toBeGreaterThan(5);
    expect(line).toMatch(new RegExp(` and ${60 - named} more\\.$`));
    expect(bytes(line)).toBeLessThan(1_400);
  });

  test("names none where even one is too long when it is made safe", () => {
    expect(visible(samplePlan([sampleUpdate(1, { name: "\u202E".repeat(120) })]))).toContain(
      "**1 campaign can reach more people**: 1 by name below.",
    );
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
    expect(text.split("\n")[0]).toBe(`### ${planLine(plan.summary)}`);
    expect(text).toContain("| Campaign 2 | <b>scheduled</b> |");
    expect(text).toContain("<b>Campaign 1</b> in [");
    const rows = text.match(/^\| Campaign \d+ \| \*\*(?:more|fewer) people\*\*/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(40);
    expect(text.match(/^\| Campaign \d+ \| \*\*more people/gm)).toHaveLength(40);
    expect(text).toContain(
      `_${(3_000 - rows).toLocaleString("en")} rows more left out here for want of room. See the [summary of the run](${RUN_URL}); the JSON result (output \`plan-path\`) has them all._`,
    );
  });

  test("those that can reach more people are kept longest", () => {
    const { body } = render(samplePlan(unlikeUpdates(120, 20)));
    const directions = [...body.matchAll(/<summary><b>[^<]*<\/b>: (more|fewer) people/g)].map(
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
    expect(header.reviewed).toEqual({ kind: "digest", digest: plan.digest });
    expect(body).toContain("merging applies all of it, or nothing at all when anything differs by then");
    expect(bytes(body)).toBeLessThanOrEqual(65_000);
  });

  test("many errors do not take the room of changes", () => {
    const errors = Array.from({ length: 400 }, (_, n) =>
      sampleUnreadable(n, { error: { ...sampleError, message: `Trouble ${n}.` } }),
    );
    const { body } = render(samplePlan([...errors, ...unlikeUpdates(20)]));
    expect(body.match(/^\| Campaign \d+ \| \*\*more people/gm)).toHaveLength(20);
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
