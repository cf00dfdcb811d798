import type { DiagnosticCode } from "../domain/diagnostics.ts";
import type { Span } from "../domain/source-file.ts";
import type { SchemaError } from "../schema/schema-error.ts";
import { codePointName } from "../text/invisible.ts";
import { nearestKey } from "../text/nearest-key.ts";
import { quoteWhole } from "../text/quote.ts";
import type { Path } from "./locate.ts";
import { knownKeys, placeOf, type Shape } from "./shape.ts";
import type { YamlDocument } from "./yaml-document.ts";

/** One complaint of the validator, with the place it is about. */
export type Fault = ValueFault | KeyFault;

/** The value at `path` is to blame. */
type ValueFault = { readonly error: SchemaError; readonly path: Path; readonly at: "value" };

/** A key of the map at `path` is to blame. */
type KeyFault = {
  readonly error: SchemaError;
  readonly path: Path;
  readonly at: "key";
  readonly key: string;
};

type Described = { readonly code: DiagnosticCode; readonly detail: string };

/** Code and detail of a complaint: what is wrong, and how to mend it. */
export function describeFault(fault: Fault, shape: Shape, document: YamlDocument, span: Span): Described {
  if (fault.at === "key")
    return fault.error.keyword === "additionalProperties" ? unknownKey(fault, shape) : badName(fault, shape);
  const value = valueAt(document.value, fault.path);
  const place = placeOf(shape, fault.path);
  const special = shape.special?.(place, fault.error, value);
  if (special) return special;
  switch (fault.error.keyword) {
    case "required":
      return missingKey(fault, shape, place);
    case "type":
      return wrongType(fault, shape, value, document.text.text.slice(span[0], span[1]));
    case "maxItems":
      return tooMany(fault, shape, value);
    case "enum":
      return notOneOf(fault, shape, value);
    default:
      return notAllowed(fault, shape, value);
  }
}

function unknownKey({ key, path }: KeyFault, shape: Shape): Described {
  const known = knownKeys(shape, placeOf(shape, path));
  const near = nearestKey(key, known);
  const detail =
    `There is no key ${quote(key)} here${oddCharacters(key)}. ` +
    (near === null ? "" : `Did you mean ${quote(near)}? `) +
    (known.length === 0 ? "Delete it." : `Known keys: ${known.join(", ")}.`);
  return { code: "unknown-key", detail };
}

const ENVIRONMENT_NAME = "at most 100 letters and digits, with - . _ / or spaces between them";

function badName({ key, path }: KeyFault, shape: Shape): Described {
  const wanted = shape.names?.[placeOf(shape, path)] ?? ENVIRONMENT_NAME;
  return {
    code: "invalid-value",
    detail: `${quote(key)} cannot be used as a name here. Use ${wanted}.`,
  };
}

function oddCharacters(key: string): string {
  const odd = [...new Set(key.match(/[^\x20-\x7e]/gu))].slice(0, 3).map(codePointName);
  return odd.length === 0 ? "" : ` (it holds ${odd.join(", ")}, which can look like something else)`;
}

function missingKey(fault: Fault, shape: Shape, place: string): Described {
  const key = String(fault.error.params.missingProperty);
  const below = place === "" ? key : `${place}/${key}`;
  const where = fault.path.length === 0 ? `this ${shape.name}` : nameOf(fault.path);
  const detail = `The key ${quote(key)} is missing in ${where}. Add it: it must be ${shape.expected[below] ?? "there"}.`;
  return { code: "missing-key", detail };
}

function wrongType(fault: Fault, shape: Shape, value: unknown, source: string): Described {
  const allowed = [fault.error.params.type].flat().join(",").split(",");
  if (allowed.includes("string") && (isLiteral(value) || isWord(value, source))) {
    const detail =
      `YAML reads ${source} as ${value === null ? "nothing" : kindOf(value)}, and ${nameOf(fault.path)} must be ${expectedAt(shape, fault.path)}. ` +
      `If this is the text that is meant, quote it: ${JSON.stringify(source)}.`;
    return { code: "quote-needed", detail };
  }
  const remedy =
    value === null ? "Fill it in, or delete the key if it is not needed." : "Write it in that form.";
  const detail = `${capital(nameOf(fault.path))} must be ${expectedAt(shape, fault.path)}, but it is ${kindOf(value)}. ${remedy}`;
  return { code: "wrong-type", detail };
}

function isLiteral(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

/** The word `null`, as in a list of names. */
function isWord(value: unknown, source: string): boolean {
  return value === null && /^null$/i.test(source);
}

function tooMany(fault: Fault, shape: Shape, value: unknown): Described {
  const count = (value as readonly unknown[]).length;
  const over = count - Number(fault.error.params.limit);
  const detail = `${capital(nameOf(fault.path))} must be ${expectedAt(shape, fault.path)}, but it has ${count} entries. Take out ${over}.`;
  return { code: "too-many-entries", detail };
}

function notOneOf(fault: Fault, shape: Shape, value: unknown): Described {
  const allowed = (fault.error.params.allowedValues as readonly unknown[]).map(String);
  const near = typeof value === "string" ? nearestKey(value, allowed) : null;
  const detail =
    `${capital(nameOf(fault.path))} must be ${expectedAt(shape, fault.path)}, but it is ${shown(value)}. ` +
    (near === null ? `Write ${allowed.join(" or ")}.` : `Did you mean ${quote(near)}?`);
  return { code: "invalid-value", detail };
}

function notAllowed(fault: Fault, shape: Shape, value: unknown): Described {
  const isId = shape.ids.includes(placeOf(shape, fault.path)) && typeof value === "string";
  const remedy = isId ? idRemedy(value) : "Write it in that form.";
  const detail = `${capital(nameOf(fault.path))} must be ${expectedAt(shape, fault.path)}, but it is ${shown(value)}. ${remedy}`;
  return { code: isId ? "invalid-id" : "invalid-value", detail };
}

function idRemedy(value: string): string {
  if (/\$[{(]|<[A-Za-z]/.test(value))
    return "This is a placeholder that was not filled in. Write the id in its place.";
  if (/[\u2018-\u201f\u00ab\u00bb]/.test(value))
    return "Typographic quotes are no quotes in YAML. Delete them, or type straight ones.";
  return "Copy the id without braces, spaces or prefix, and put it in quotes.";
}

/** `"type" of entry 2 of "include"`: how a place is called in a message. */
function nameOf(path: Path): string {
  if (path.length === 0) return "the file";
  const steps = path.map((part) => (/^\d+$/.test(part) ? `entry ${Number(part) + 1}` : quote(part)));
  return steps.reverse().join(" of ");
}

function expectedAt(shape: Shape, path: Path): string {
  return shape.expected[placeOf(shape, path)] ?? "as the schema says";
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  switch (typeof value) {
    case "string":
      return `the text ${shown(value)}`;
    case "number":
      return "a number";
    case "boolean":
      return "a true-or-false value";
    default:
      return Object.keys(value).length === 0 ? "an empty map" : "a map";
  }
}

function shown(value: unknown): string {
  if (typeof value === "object") return kindOf(value);
  return typeof value === "string" ? quote(value) : String(value);
}

/** A name from the file in quotes, cut to 60 characters. */
function quote(text: string): string {
  const whole = Array.from(text);
  return quoteWhole(whole.length > 60 ? `${whole.slice(0, 60).join("")}…` : text);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The validator only points at what is there. */
function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, part) => Reflect.get(found as object, part), value);
}
