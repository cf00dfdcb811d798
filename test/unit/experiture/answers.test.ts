import { expect, it } from "vitest";
import { factsOf, refusalOf } from "../../../src/experiture/answers.ts";
import type { HttpAnswer } from "../../../src/experiture/http.ts";

const CALL = { method: "GET", path: "/campaigns/1/summary" };

function refused(code: string, correlationId: string): HttpAnswer {
  const body = JSON.stringify({ success: false, error: { code }, correlationId });
  return { kind: "answer", status: 422, headers: {}, body };
}

it("a code or an id of nothing but blanks is none", () => {
  expect(refusalOf(refused(" \n", " "), CALL)).toMatchObject({ code: "http-422", correlationId: null });
  expect(refusalOf(refused(" \n", " "), CALL).message).toBe("GET /campaigns/1/summary was refused: 422.");
  expect(factsOf({ ...refused("X", ""), headers: { "x-correlation-id": " " } }).correlationId).toBeNull();
});

it("a code and an id are told without what cannot be seen", () => {
  expect(refusalOf(refused(" X.Y\u202e ", "r-1\u001b"), CALL)).toMatchObject({
    code: "X.Y\\u{202E}",
    correlationId: "r-1\\u{001B}",
  });
});
