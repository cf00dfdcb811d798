/**
 * What a release says: the part of the changelog that tells of its version.
 *
 * @param repository where files of ours are seen, as `https://github.com/owner/name`.
 */
export function releaseNotes(changelog, version, repository) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((each) => /^\[?([^\s\]]+)/.exec(each)?.[1] === version);
  const text = part?.slice(part.indexOf("\n")).trim() ?? "";
  if (text === "") throw new Error(`CHANGELOG.md says nothing of ${version}: give "Unreleased" that name.`);
  return `${text.replaceAll(/\]\((?!https?:|#)/g, `](${repository}/blob/v${version}/`)}\n`;
}
