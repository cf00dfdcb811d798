/** One complaint about data that does not fit its schema, in the terms of JSON Schema. */
export type SchemaError = {
  /** The place of the value, as a JSON Pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
  /** The key that is meant, where a key and not its value does not fit. */
  readonly propertyName?: string;
};

/** Holds one value against one part of a schema, and adds what does not fit to `found`. */
export type Check = (value: unknown, at: string, found: SchemaError[]) => void;

/** A schema as it is written. */
export type JsonSchema = Readonly<Record<string, unknown>>;
