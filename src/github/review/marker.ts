/** How a plan comment for this target begins, whatever its header holds. */
export function planMarker(targetKey: string): string {
  return `<!-- campaignctl:plan ${targetKey} `;
}

/** The key of the target that a plan comment's body is of; null for any other body. */
export function planKeyOf(body: string): string | null {
  return /^<!-- campaignctl:plan ([a-z0-9-]+) /.exec(body)?.[1] ?? null;
}

/** The marker of a plan comment's body, to find it again. */
export function planMarkerOf(body: string): string {
  return markerOf(body, /^<!-- campaignctl:plan [^\s>]+ /);
}

/** The marker of an issue's body, to find it again: the whole HTML comment at its beginning. */
export function issueMarkerOf(body: string): string {
  return markerOf(body, /^<!-- campaignctl:[^>\n]+ -->/);
}

/** A body without a marker could never be found again, so writing it would be a bug. */
function markerOf(body: string, form: RegExp): string {
  const marker = form.exec(body)?.[0];
  if (marker === undefined) throw new Error("A body for GitHub does not begin with its marker.");
  return marker;
}
