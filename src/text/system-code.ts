/** The code of an error of the operating system, such as `ENOENT`; null for any other error. */
export function systemCode(error: unknown): string | null {
  const code = error instanceof Error ? Reflect.get(error, "code") : null;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : null;
}
