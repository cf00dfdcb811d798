import { describe, expect, it } from "vitest";
import { NetworkError } from "../../../src/domain/errors.ts";
import { createBreaker } from "../../../src/patience/breaker.ts";
import { createInstantClock } from "../../support/clocks/instant-clock.ts";

const LAST = new Error("GET /x was refused: 503.");

function tripped() {
  const clock = createInstantClock();
  const breaker = createBreaker(clock, 5_000);
  for (let i = 0; i < 18; i += 1) expect(breaker.failed(LAST, "usual")).toBeNull();
  const error = breaker.failed(LAST, "usual");
  if (error === null) throw new Error("Not tripped.");
  return { clock, breaker, error };
}

describe("breaker", () => {
  it("case 38: the breaker opens with the 19th failure and gives everybody one error that names the last failure", () => {
    const { breaker, error } = tripped();
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toBe(
      `The API fails too often, so it is not asked for 5 s. The last failure: ${LAST.message}`,
    );
    expect(error).toMatchObject({ cause: LAST, sent: "withheld" });
    expect(breaker.admit("tried")).toEqual({ kind: "refused", error });
    expect(breaker.failed(new Error("another"), "usual")).toBe(error);
  });

  it("gives one back for each success, and never holds more than 18", () => {
    const breaker = createBreaker(createInstantClock(), 5_000);
    for (let i = 0; i < 50; i += 1) breaker.succeeded();
    for (let i = 0; i < 18; i += 1) breaker.failed(LAST, "usual");
    breaker.succeeded();
    expect(breaker.failed(LAST, "usual")).toBeNull();
    expect(breaker.failed(LAST, "usual")).not.toBeNull();
  });

  it("lets a single request try after the pause", () => {
    const { clock, breaker, error } = tripped();
    clock.advance(4_999);
    expect(breaker.admit("tried")).toEqual({ kind: "refused", error });
    clock.advance(1);
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
    expect(breaker.admit("tried")).toEqual({ kind: "refused", error });
    breaker.succeeded();
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
  });

  it("pauses again when the trial fails", () => {
    const { clock, breaker, error } = tripped();
    clock.advance(5_000);
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
    clock.advance(3_000);
    expect(breaker.failed(LAST, "usual")).toBe(error);
    clock.advance(4_999);
    expect(breaker.admit("tried")).toEqual({ kind: "refused", error });
  });

  it("tries one call that was never sent after a second, and lets the others wait for it", () => {
    const { clock, breaker } = tripped();
    expect(breaker.admit("new")).toEqual({ kind: "wait", ms: 1000 });
    clock.advance(400);
    expect(breaker.admit("new")).toEqual({ kind: "wait", ms: 600 });
    clock.advance(600);
    expect(breaker.admit("new")).toEqual({ kind: "go", as: "half-open" });
    expect(breaker.admit("new")).toEqual({ kind: "wait", ms: 100 });
    breaker.succeeded();
    expect(breaker.admit("new")).toEqual({ kind: "go", as: "usual" });
  });

  it("refuses all when that one fails, but not for failures of what was under way before", () => {
    const { clock, breaker, error } = tripped();
    expect(breaker.failed(LAST, "usual")).toBe(error);
    expect(breaker.admit("new")).toMatchObject({ kind: "wait" });
    clock.advance(1000);
    expect(breaker.admit("new")).toEqual({ kind: "go", as: "half-open" });
    expect(breaker.failed(LAST, "usual")).toBe(error);
    expect(breaker.admit("new")).toEqual({ kind: "wait", ms: 100 });
    expect(breaker.failed(LAST, "half-open")).toBe(error);
    expect(breaker.admit("new")).toEqual({ kind: "refused", error });
  });

  it("a request that was let through and then not sent leaves its place to the next one", () => {
    const { clock, breaker, error } = tripped();
    clock.advance(1_000);
    expect(breaker.admit("new")).toEqual({ kind: "go", as: "half-open" });
    breaker.unsent("half-open");
    expect(breaker.admit("new")).toEqual({ kind: "go", as: "half-open" });
    clock.advance(4_000);
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
    expect(breaker.admit("tried")).toEqual({ kind: "refused", error });
    breaker.unsent("usual");
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
    expect(breaker.admit("tried")).toEqual({ kind: "refused", error });
    breaker.succeeded();
    breaker.unsent("usual");
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
    expect(breaker.admit("tried")).toEqual({ kind: "go", as: "usual" });
  });
});
