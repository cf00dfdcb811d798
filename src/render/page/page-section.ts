/** What a result comes to: one sentence, and what else must be said at once. None has its full stop. */
export type PageHead = { readonly headline: string; readonly notes: readonly string[] };

/** Which API and environment a result is of, and when it was made, in words. Nothing is escaped yet. */
export type PageOrigin = {
  readonly apiUrl: string;
  readonly environment: string | null;
  readonly when: string;
};

/** A part of a page: its title, and one item after the other. Which format it gets is for its writer to say. */
export type PageSection<T> = { readonly title: string; readonly items: readonly T[] };

/** What a reader must not miss. Nothing is escaped yet. */
export type PageAlert = {
  readonly level: "caution" | "warning" | "note";
  readonly lines: readonly AlertLine[];
};

/** A few words, and the campaigns that they are about. */
export type AlertLine = {
  readonly title: string;
  readonly names: readonly string[];
  /** What it means; empty where the title says all. */
  readonly means: string;
};

/** All of a head as a title. */
export function headLine({ headline, notes }: PageHead): string {
  return [headline, ...notes].join(". ");
}

/** The head as one line of plain sentences. */
export function headText({ headline, notes }: PageHead): string {
  return `${headLine({ headline, notes })}.`;
}
