/** A few short sentences, the main one first. */
export type Sentences = readonly [string, ...string[]];

/** Which API and environment a result is of, and when it was made, in words. Nothing is escaped yet. */
export type PageOrigin = {
  readonly apiUrl: string;
  readonly environment: string | null;
  readonly when: string;
};

/** A part of a page: its title, and one item after the other. Which format it gets is for its writer to say. */
export type PageSection<T> = { readonly title: string; readonly items: readonly T[] };

/** What a reader must not miss, with the campaigns that it is about. Nothing is escaped yet. */
export type PageAlert = {
  readonly level: "caution" | "warning";
  readonly title: string;
  readonly names: readonly string[];
  /** What it means; empty where the title says all. */
  readonly means: string;
};
