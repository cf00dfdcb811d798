import { expect, test } from "vitest";
import { makeDiagnostic } from "../../../../src/domain/diagnostics.ts";
import { renderInvalidComment } from "../../../../src/github/page/invalid-comment.ts";
import { decodeHeader, visiblePart } from "../../../../src/github/review/comment-header.ts";
import { COMMIT, RUN_URL, target } from "../../../support/samples/github.ts";

const start = { line: 3, column: 5 };

const errors = (count: number, detail = "It is <b>.") =>
  Array.from({ length: count }, (_, n) =>
    makeDiagnostic("invalid-id", { detail, file: `c${n}.yaml`, range: { start, end: start } }),
  );

const render = (diagnostics: ReturnType<typeof errors>) =>
  renderInvalidComment({ diagnostics, target, commit: COMMIT, runUrl: RUN_URL });

test("says what is wrong, and leaves nothing of an older plan to be applied", () => {
  const warning = makeDiagnostic("repeated-live-audience", { detail: "Once.", file: null });
  const { body, header, isCut } = render([...errors(1), warning]);
  expect(isCut).toBe(false);
  expect(decodeHeader(body, target.key)).toEqual(header);
  expect(header).toEqual({
    target: target.key,
    commit: COMMIT,
    state: "planned",
    reviewed: { kind: "changes", changes: [] },
  });
  expect(visiblePart(body)).toBe(`\
### No plan: 1 error in the files

Workflow Campaigns

- **error\\[invalid-id\\]** \`c0.yaml:3:5\`: The id is not a UUID. It is &#60;b&#62;.

---

<sub>commit \`${COMMIT}\` · [run](${RUN_URL})<br>Merging writes nothing.</sub>`);
});

test("shows the first few and says where the rest is", () => {
  const { body, isCut } = render(errors(25));
  expect(isCut).toBe(true);
  expect(body.match(/^- \*\*error/gm)).toHaveLength(20);
  expect(body).toContain(`_5 errors more. See the [summary of the run](${RUN_URL})._`);
});

test("keeps the limit with the longest details", () => {
  const { body, isCut } = render(errors(20, "x".repeat(9_000)));
  expect(isCut).toBe(true);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_000);
  expect(body.match(/^- \*\*error/gm)).toHaveLength(7);
  expect(body).toContain("_13 errors more.");
});
