const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a value is a UUID: 8-4-4-4-12 hexadecimal digits, of any version and case. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}
