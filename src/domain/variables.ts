/** Environment variables, as the process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;
