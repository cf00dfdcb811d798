/** Where the requests of a run go: what was saved by another run must be of the same. */
export type Destination = { readonly apiUrl: string; readonly environment: string | null };

/** That what was saved is of another API or for another environment than this run; null when it is of the same. */
export function destinationMismatch(
  saved: Destination,
  destination: Destination,
  words: { readonly of: string; readonly for: string; readonly use: string },
): string | null {
  if (saved.apiUrl !== destination.apiUrl) {
    return `${words.of} ${saved.apiUrl}, this run would ${words.use} ${destination.apiUrl}.`;
  }
  if (saved.environment === destination.environment) return null;
  const name = (environment: string | null) =>
    environment === null ? "no environment" : `environment "${environment}"`;
  return `${words.for} ${name(saved.environment)}, and this run is for ${name(destination.environment)}.`;
}
