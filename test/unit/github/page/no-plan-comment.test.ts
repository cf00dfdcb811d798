import { describe, expect, test } from "vitest";
import { COMMENT_LIMIT, utf8Length } from "../../../../src/github/page/limits.ts";
import { renderNoPlanComment } from "../../../../src/github/page/no-plan-comment.ts";
import { decodeHeader } from "../../../../src/github/review/comment-header.ts";
import { COMMIT, RUN_URL, target } from "../../../support/samples/github.ts";

const why = { words: "the API refused the credentials", sentence: "GET /campaigns answered 401." };
const render = (more: Partial<Parameters<typeof renderNoPlanComment>[0]> = {}) =>
  renderNoPlanComment({ why, target, commit: COMMIT, replaced: null, runUrl: RUN_URL, ...more });

describe("the comment of a commit without a plan", () => {
  test("says so first, then why, and that merging writes nothing", () => {
    const { body } = render();
    expect(body.split("\n")[1]).toBe("### No plan: the API refused the credentials");
    expect(body).toContain("`GET /campaigns` answered 401.");
    expect(body).toContain("Merging writes nothing.");
    expect(body).toContain(`commit \`${COMMIT}\``);
    expect(body).not.toContain("older commit");
  });

  test("names the commit whose plan stood there", () => {
    expect(render({ replaced: "f".repeat(40) }).body).toContain(
      "older commit `fffffff` and holds no longer. The edit history",
    );
    expect(render({ replaced: "" }).body).not.toContain("older commit");
  });

  test("authorises nothing", () => {
    const { body } = render({ replaced: "f".repeat(40) });
    expect(decodeHeader(body, target.key)).toEqual({
      target: target.key,
      commit: COMMIT,
      state: "planned",
      reviewed: { kind: "changes", changes: [] },
    });
  });

  test("whatever a message holds, it is text, and there is room for it", () => {
    const { body } = render({ why: { words: "<b>", sentence: "@team <!-- x --> ".repeat(9_000) } });
    expect(body).toContain("### No plan: &#60;b&#62;");
    expect(body.split("\n").slice(1).join()).not.toContain("<!--");
    expect(utf8Length(body)).toBeLessThanOrEqual(COMMENT_LIMIT);
  });
});
