import type { Check, JsonSchema, SchemaError } from "./schema-error.ts";
import { isMap, isSame } from "./value-keywords.ts";

/** What a keyword needs for the schemas in it: the check of one, and of one that has a name. */
export type Compiler = {
  readonly compile: (schema: JsonSchema) => Check;
  readonly refer: (pointer: string) => Check;
};

type Schemas = readonly JsonSchema[];

/** Keywords with schemas in them, and those that look at several keys or items together. */
export const NESTED_KEYWORDS: Readonly<
  Record<string, (wanted: never, compiler: Compiler, schema: JsonSchema) => Check>
> = {
  $ref: (pointer: string, { refer }) => refer(pointer),
  not: (inner: JsonSchema, { compile }) => {
    const check = compile(inner);
    return (value, at, found) => {
      if (fits(check, value)) found.push(complaint(at, "not", {}, "must NOT be valid"));
    };
  },
  anyOf: (inner: Schemas, { compile }) => {
    const checks = inner.map(compile);
    return (value, at, found) => {
      if (checks.some((check) => fits(check, value))) return;
      for (const check of checks) check(value, at, found);
      found.push(complaint(at, "anyOf", {}, "must match a schema in anyOf"));
    };
  },
  allOf: (inner: Schemas, { compile }) => allOf(inner.map(compile)),
  if: (condition: JsonSchema, { compile }, schema) => {
    const test = compile(condition);
    const branchOf = (keyword: string) => compile((schema[keyword] ?? {}) as JsonSchema);
    const [whenFits, whenNot] = [branchOf("then"), branchOf("else")];
    return (value, at, found) => {
      const [failingKeyword, branch] = fits(test, value) ? ["then", whenFits] : ["else", whenNot];
      const before = found.length;
      branch(value, at, found);
      if (found.length > before)
        found.push(complaint(at, "if", { failingKeyword }, `must match "${failingKeyword}" schema`));
    };
  },
  uniqueItems: () => checkUnique,
  items: (inner: JsonSchema, { compile }) => {
    const check = compile(inner);
    return (value, at, found) => {
      if (!Array.isArray(value)) return;
      for (const [index, item] of value.entries()) check(item, `${at}/${index}`, found);
    };
  },
  required: (keys: readonly string[]) => (value, at, found) => {
    if (!isMap(value)) return;
    for (const missingProperty of keys.filter((key) => value[key] === undefined)) {
      const message = `must have required property '${missingProperty}'`;
      found.push(complaint(at, "required", { missingProperty }, message));
    }
  },
  propertyNames: (inner: JsonSchema, { compile }) => {
    const check = compile(inner);
    return (value, at, found) => {
      if (isMap(value)) for (const key of Object.keys(value)) checkName(check, key, at, found);
    };
  },
  additionalProperties: (inner: JsonSchema | false, { compile }, { properties = {} }) => {
    const known = new Set(Object.keys(properties as object));
    const check = inner === false ? null : compile(inner);
    return (value, at, found) => {
      if (!isMap(value)) return;
      for (const key of Object.keys(value).filter((key) => !known.has(key))) {
        if (check === null) found.push(unknownKey(at, key));
        else check(value[key], below(at, key), found);
      }
    };
  },
  properties: (inner: Readonly<Record<string, JsonSchema>>, { compile }) => {
    const checks = Object.entries(inner).map(([key, each]) => [key, below("", key), compile(each)] as const);
    return (value, at, found) => {
      if (!isMap(value)) return;
      for (const [key, path, check] of checks) {
        if (value[key] !== undefined) check(value[key], at + path, found);
      }
    };
  },
};

/** All of these checks, one after another. */
export function allOf(checks: readonly Check[]): Check {
  return (value, at, found) => {
    for (const check of checks) check(value, at, found);
  };
}

function fits(check: Check, value: unknown): boolean {
  const found: SchemaError[] = [];
  check(value, "", found);
  return found.length === 0;
}

function checkName(check: Check, propertyName: string, at: string, found: SchemaError[]): void {
  const own: SchemaError[] = [];
  check(propertyName, at, own);
  if (own.length === 0) return;
  found.push(...own.map((error) => ({ ...error, propertyName })));
  found.push(complaint(at, "propertyNames", { propertyName }, "property name must be valid"));
}

const checkUnique: Check = (value, at, found) => {
  if (!Array.isArray(value)) return;
  const seen = new Map<string, number[]>();
  let repeated: { readonly i: number; readonly j: number } | null = null;
  for (const [i, item] of value.entries()) {
    const sketch = sketchOf(item);
    const alike = seen.get(sketch) ?? [];
    const j = alike.findLast((index) => isSame(value[index], item));
    if (j !== undefined) repeated = { i, j };
    alike.push(i);
    seen.set(sketch, alike);
  }
  if (repeated === null) return;
  const message = `must NOT have duplicate items (items ## ${repeated.j} and ${repeated.i} are identical)`;
  found.push(complaint(at, "uniqueItems", repeated, message));
};

/** What is the same for values that are the same, and seldom for others: so few of many are compared with one another. */
function sketchOf(value: unknown): string {
  if (!isMap(value)) return Array.isArray(value) ? `[${value.length}]` : String(value);
  const parts = Object.entries(value).map(([key, each]) => [key, typeof each === "object" ? null : each]);
  return JSON.stringify(parts.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function unknownKey(at: string, key: string): SchemaError {
  const message = "must NOT have additional properties";
  return complaint(at, "additionalProperties", { additionalProperty: key }, message);
}

function complaint(
  instancePath: string,
  keyword: string,
  params: SchemaError["params"],
  message: string,
): SchemaError {
  return { instancePath, keyword, params, message };
}

function below(at: string, key: string): string {
  return `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
