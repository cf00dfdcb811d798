import type { Diagnostic } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import type { SchemaError } from "../schema/schema-error.ts";
import { nearestKey } from "../text/nearest-key.ts";
import { describeFault, type Fault } from "./describe-fault.ts";
import { keySpan, pathOf, valueSpan } from "./locate.ts";
import { knownKeys, placeOf, type Shape } from "./shape.ts";
import { diagnosticAt } from "./source-text.ts";
import type { YamlDocument } from "./yaml-document.ts";

/**
 * Checks a document against the schema of its kind. A place that already has a diagnostic gets no second one, since
 * the two would tell the same mistake.
 */
export function checkShape(document: YamlDocument, shape: Shape): readonly Diagnostic[] {
  const { root, text } = document;
  if (root === null || shape.validate(document.value)) return [];
  const faults = shape.validate.errors.map(faultOf).filter((fault) => fault !== null);
  const told = new Set(document.diagnostics.map(startOf));
  const spoilt = spoiltLines(document.diagnostics);
  const diagnostics: Diagnostic[] = [];
  for (const fault of faults.filter((fault) => !followsFromTypo(fault, faults, shape))) {
    const span = spanOfFault(root, fault);
    const { code, detail } = describeFault(fault, shape, document, span);
    const diagnostic = diagnosticAt(text, code, span, detail);
    const key = startOf(diagnostic);
    // Two keys can be missing in one map; any other two complaints about one place are one mistake.
    if (spoilt.has(lineOf(diagnostic))) continue;
    if (told.has(key) && code !== "missing-key") continue;
    if (code !== "missing-key") told.add(key);
    diagnostics.push(diagnostic);
  }
  return diagnostics;
}

/** Lines with a hidden character: what the schema finds wrong there is most likely that character. */
function spoiltLines(diagnostics: readonly Diagnostic[]): ReadonlySet<number | undefined> {
  const hidden = diagnostics.filter(({ code }) => code === "control-character");
  return new Set(hidden.map(lineOf));
}

function lineOf({ range }: Diagnostic): number | undefined {
  return range?.start.line;
}

/** Where a diagnostic begins, as a key. */
function startOf({ range }: Diagnostic): string {
  return JSON.stringify(range?.start);
}

function faultOf(error: SchemaError): Fault | null {
  const path = pathOf(error.instancePath);
  if (error.keyword === "additionalProperties") {
    return { error, path, at: "key", key: String(error.params.additionalProperty) };
  }
  // The complaint about the name itself comes beside this one.
  if (error.keyword === "propertyNames" || error.keyword === "if") return null;
  if (error.propertyName !== undefined) return { error, path, at: "key", key: error.propertyName };
  return { error, path, at: "value" };
}

function spanOfFault(root: unknown, fault: Fault): Span {
  return fault.at === "key" ? keySpan(root, [...fault.path, fault.key]) : valueSpan(root, fault.path);
}

/** Whether a key is missing only because an unknown key beside it is that key, misspelt. */
function followsFromTypo(fault: Fault, all: readonly Fault[], shape: Shape): boolean {
  if (fault.error.keyword !== "required") return false;
  const keys = knownKeys(shape, placeOf(shape, fault.path));
  return all.some(
    (other) =>
      other.at === "key" &&
      other.error.keyword === "additionalProperties" &&
      other.error.instancePath === fault.error.instancePath &&
      nearestKey(other.key, keys) === fault.error.params.missingProperty,
  );
}
