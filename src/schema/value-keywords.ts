import { FORMATS } from "./formats.ts";
import type { Check } from "./schema-error.ts";

/** What a keyword asks of a value: whether it fits, and what is said when it does not. */
type Demand = {
  readonly fits: (value: unknown) => boolean;
  readonly message: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** Keywords that speak of one value alone: from what is written behind them to what they ask. */
export const VALUE_KEYWORDS: Readonly<Record<string, (wanted: never) => Demand>> = {
  maximum: (limit: number) =>
    of(isNumber, (value) => value <= limit, `must be <= ${limit}`, { comparison: "<=", limit }),
  minimum: (limit: number) =>
    of(isNumber, (value) => value >= limit, `must be >= ${limit}`, { comparison: ">=", limit }),
  maxLength: (limit: number) =>
    of(isText, (text) => lengthOf(text) <= limit, more(limit, "characters"), { limit }),
  minLength: (limit: number) =>
    of(isText, (text) => lengthOf(text) >= limit, fewer(limit, "characters"), { limit }),
  pattern: (pattern: string) => {
    const expression = new RegExp(pattern, "u");
    return of(isText, (text) => expression.test(text), `must match pattern "${pattern}"`, { pattern });
  },
  format: (format: string) => {
    const isFormat = FORMATS[format];
    if (isFormat === undefined) throw new Error(`The schema has a format that is not known here: ${format}.`);
    return of(isText, isFormat, `must match format "${format}"`, { format });
  },
  const: (allowedValue: unknown) => ({
    fits: (value) => isSame(value, allowedValue),
    message: "must be equal to constant",
    params: { allowedValue },
  }),
  enum: (allowedValues: readonly unknown[]) => ({
    fits: (value) => allowedValues.some((allowed) => isSame(value, allowed)),
    message: "must be equal to one of the allowed values",
    params: { allowedValues },
  }),
  maxItems: (limit: number) =>
    of(Array.isArray, ({ length }) => length <= limit, more(limit, "items"), { limit }),
  minItems: (limit: number) =>
    of(Array.isArray, ({ length }) => length >= limit, fewer(limit, "items"), { limit }),
  minProperties: (limit: number) =>
    of(isMap, (value) => Object.keys(value).length >= limit, fewer(limit, "properties"), { limit }),
};

/** The check of one of these keywords. */
export function checkOf(keyword: string, { fits, message, params }: Demand): Check {
  return (value, at, found) => {
    if (!fits(value)) found.push({ instancePath: at, keyword, params, message });
  };
}

/** Whether a value is of a type that a schema names. */
export function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "object":
      return isMap(value);
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "number":
      return isNumber(value);
    default:
      return typeof value === type;
  }
}

/** Whether a value has keys. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values out of JSON are the same, whatever the order of keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (!isMap(one) || !isMap(other)) return one === other;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

/** What is asked of the values of one type alone: all others fit. */
function of<T>(
  isMeant: (value: unknown) => value is T,
  fits: (value: T) => boolean,
  message: string,
  params: Demand["params"],
): Demand {
  return { fits: (value) => !isMeant(value) || fits(value), message, params };
}

function more(limit: number, what: string): string {
  return `must NOT have more than ${limit} ${what}`;
}

function fewer(limit: number, what: string): string {
  return `must NOT have fewer than ${limit} ${what}`;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** In characters, not in halves of them. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
