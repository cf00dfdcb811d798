import { describe, expect, it } from "vitest";
import { NetworkError } from "../../../src/errors.ts";
import { createCircuit } from "../../../src/experiture/circuit.ts";
import { createInstantClock } from "./instant-clock.ts";

const LAST = new Error("GET /x was refused: 503.");

function tripped() {
  const clock = createInstantClock();
  const circuit = createCircuit(clock, 5_000);
  for (let i = 0; i < 18; i += 1) expect(circuit.failed(LAST, "usual")).toBeNull();
  const error = circuit.failed(LAST, "usual");
  if (error === null) throw new Error("Not tripped.");
  return { clock, circuit, error };
}

describe("circuit", () => {
  it("case 38: the circuit opens with the 19th failure and gives everybody one error that names the last failure", () => {
    const { circuit, error } = tripped();
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain(LAST.message);
    expect(error.cause).toBe(LAST);
    expect(circuit.passage("tried")).toEqual({ kind: "refused", error });
    expect(circuit.failed(new Error("another"), "usual")).toBe(error);
  });

  it("gives one back for each success, and never holds more than 18", () => {
    const circuit = createCircuit(createInstantClock(), 5_000);
    for (let i = 0; i < 50; i += 1) circuit.succeeded();
    for (let i = 0; i < 18; i += 1) circuit.failed(LAST, "usual");
    circuit.succeeded();
    expect(circuit.failed(LAST, "usual")).toBeNull();
    expect(circuit.failed(LAST, "usual")).not.toBeNull();
  });

  it("lets a single request try after the pause", () => {
    const { clock, circuit, error } = tripped();
    clock.advance(4_999);
    expect(circuit.passage("tried")).toEqual({ kind: "refused", error });
    clock.advance(1);
    expect(circuit.passage("tried")).toEqual({ kind: "go", as: "usual" });
    expect(circuit.passage("tried")).toEqual({ kind: "refused", error });
    circuit.succeeded();
    expect(circuit.passage("tried")).toEqual({ kind: "go", as: "usual" });
    expect(circuit.passage("tried")).toEqual({ kind: "go", as: "usual" });
  });

  it("pauses again when the trial fails", () => {
    const { clock, circuit, error } = tripped();
    clock.advance(5_000);
    expect(circuit.passage("tried")).toEqual({ kind: "go", as: "usual" });
    clock.advance(3_000);
    expect(circuit.failed(LAST, "usual")).toBe(error);
    clock.advance(4_999);
    expect(circuit.passage("tried")).toEqual({ kind: "refused", error });
  });

  it("tries one call that was never sent after a second, and lets the others wait for it", () => {
    const { clock, circuit } = tripped();
    expect(circuit.passage("new")).toEqual({ kind: "wait", ms: 1000 });
    clock.advance(1000);
    expect(circuit.passage("new")).toEqual({ kind: "go", as: "trial" });
    expect(circuit.passage("new")).toEqual({ kind: "wait", ms: 100 });
    circuit.succeeded();
    expect(circuit.passage("new")).toEqual({ kind: "go", as: "usual" });
  });

  it("refuses all when that one fails, but not for failures of what was under way before", () => {
    const { clock, circuit, error } = tripped();
    expect(circuit.failed(LAST, "usual")).toBe(error);
    expect(circuit.passage("new")).toMatchObject({ kind: "wait" });
    clock.advance(1000);
    expect(circuit.passage("new")).toEqual({ kind: "go", as: "trial" });
    expect(circuit.failed(LAST, "usual")).toBe(error);
    expect(circuit.passage("new")).toEqual({ kind: "wait", ms: 100 });
    expect(circuit.failed(LAST, "trial")).toBe(error);
    expect(circuit.passage("new")).toEqual({ kind: "refused", error });
  });
});
