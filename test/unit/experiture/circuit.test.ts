import { describe, expect, it } from "vitest";
import { NetworkError } from "../../../src/errors.ts";
import { createCircuit } from "../../../src/experiture/circuit.ts";
import { createInstantClock } from "./instant-clock.ts";

const LAST = new Error("GET /x was refused: 503.");

function tripped() {
  const clock = createInstantClock();
  const circuit = createCircuit(clock, 5_000);
  for (let i = 0; i < 20; i += 1) expect(circuit.failed(LAST)).toBeNull();
  const error = circuit.failed(LAST);
  if (error === null) throw new Error("Not tripped.");
  return { clock, circuit, error };
}

describe("circuit", () => {
  it("(38) opens with the 21st failure and gives everybody one error that names the last failure", () => {
    const { circuit, error } = tripped();
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain(LAST.message);
    expect(error.cause).toBe(LAST);
    expect(circuit.refusal()).toBe(error);
    expect(circuit.failed(new Error("another"))).toBe(error);
  });

  it("gives one back for each success, and never holds more than 20", () => {
    const circuit = createCircuit(createInstantClock(), 5_000);
    for (let i = 0; i < 50; i += 1) circuit.succeeded();
    for (let i = 0; i < 20; i += 1) circuit.failed(LAST);
    circuit.succeeded();
    expect(circuit.failed(LAST)).toBeNull();
    expect(circuit.failed(LAST)).not.toBeNull();
  });

  it("lets a single request try after the pause", () => {
    const { clock, circuit, error } = tripped();
    clock.advance(4_999);
    expect(circuit.refusal()).toBe(error);
    clock.advance(1);
    expect(circuit.refusal()).toBeNull();
    expect(circuit.refusal()).toBe(error);
    circuit.succeeded();
    expect(circuit.refusal()).toBeNull();
    expect(circuit.refusal()).toBeNull();
  });

  it("pauses again when the trial fails", () => {
    const { clock, circuit, error } = tripped();
    clock.advance(5_000);
    expect(circuit.refusal()).toBeNull();
    clock.advance(3_000);
    expect(circuit.failed(LAST)).toBe(error);
    clock.advance(4_999);
    expect(circuit.refusal()).toBe(error);
  });
});
