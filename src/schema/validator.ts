import { allOf, NESTED_KEYWORDS } from "./nested-keywords.ts";
import type { Check, JsonSchema, SchemaError } from "./schema-error.ts";
import { checkOf, isOfType, VALUE_KEYWORDS } from "./value-keywords.ts";

/** Says whether data fits a schema, and leaves its complaints in `errors`. */
export type Validator = { (data: unknown): boolean; errors: readonly SchemaError[] };

/**
 * A validator for a schema of ours: JSON Schema 2020-12, with the keywords that our schemas use. It tells everything
 * that does not fit, in the order and the words of Ajv. It is made ready at its first use.
 */
export function validatorOf(schema: JsonSchema): Validator {
  let check: Check | null = null;
  const validate = (data: unknown): boolean => {
    check ??= compileRoot(schema);
    const found: SchemaError[] = [];
    check(data, "", found);
    validate.errors = found;
    return found.length === 0;
  };
  validate.errors = [] as readonly SchemaError[];
  return validate;
}

/** Keywords by what they are asked of, in the order in which their complaints come. */
const ORDER = {
  scalar: ["maximum", "minimum", "maxLength", "minLength", "pattern", "format"],
  any: ["$ref", "const", "enum", "not", "anyOf", "allOf", "if"],
  array: ["maxItems", "minItems", "items", "uniqueItems"],
  object: ["minProperties", "required", "propertyNames", "additionalProperties", "properties"],
} as const;
const KNOWN = new Set<string>([...Object.values(ORDER).flat(), "type", "then", "else", "$defs"]);

function compileRoot(root: JsonSchema): Check {
  const definitions = (root.$defs ?? {}) as Readonly<Record<string, JsonSchema>>;
  const checks = new Map<string, Check>();
  // Each definition is compiled once, when it is first asked for, so that one may name itself.
  const refer = (pointer: string): Check => {
    const definition = definitions[pointer.replace("#/$defs/", "")];
    if (definition === undefined) throw new Error(`The schema has no ${pointer}.`);
    return (value, at, found) => {
      const check = checks.get(pointer) ?? compile(definition);
      checks.set(pointer, check);
      check(value, at, found);
    };
  };
  const compile = (schema: JsonSchema): Check => {
    const strange = Object.keys(schema).find((key) => !KNOWN.has(key));
    if (strange !== undefined)
      throw new Error(`The schema has a keyword that is not known here: ${strange}.`);
    const checksOf = (group: keyof typeof ORDER) =>
      ORDER[group].filter((keyword) => keyword in schema).map(checkOfKeyword);
    const checkOfKeyword = (keyword: string): Check => {
      const wanted = schema[keyword] as never;
      const demand = VALUE_KEYWORDS[keyword]?.(wanted);
      if (demand !== undefined) return checkOf(keyword, demand);
      return NESTED_KEYWORDS[keyword]?.(wanted, { compile, refer }, schema) ?? allOf([]);
    };
    const [scalar, any, array, object] = [
      checksOf("scalar"),
      checksOf("any"),
      checksOf("array"),
      checksOf("object"),
    ];
    const type = checkType(schema.type);
    // What is no list or no map at all is told where complaints about its items or keys would be.
    const isLate = schema.type === "array" ? array.length > 0 : schema.type === "object" && object.length > 0;
    return allOf([...(isLate ? [] : type), ...scalar, ...any, ...(isLate ? type : []), ...array, ...object]);
  };
  return compile(root);
}

function checkType(type: unknown): readonly Check[] {
  if (type === undefined) return [];
  const types = [type].flat().map(String);
  const message = `must be ${types.join(",")}`;
  const fits = (value: unknown) => types.some((each) => isOfType(value, each));
  return [checkOf("type", { fits, message, params: { type } })];
}
