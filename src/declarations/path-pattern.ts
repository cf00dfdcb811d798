/**
 * Whether a path or glob pattern could lead out of the folder it is resolved against: it is absolute, begins with a
 * drive letter or `~`, or has `..` as a step, also inside of braces.
 */
export function leavesFolder(pattern: string): boolean {
  if (/^([/\\~]|[A-Za-z]:)/.test(pattern)) return true;
  return pattern.split(/[/\\{},()|]/).includes("..");
}

/** Why a pattern of the project file is refused, and what to do. */
export function explainLeavingPattern(pattern: string): string {
  return (
    `${JSON.stringify(pattern)} is absolute or leads upwards. Campaign files must lie below the folder of the project file, ` +
    `so that it cannot read others. Write a path relative to it, without "..".`
  );
}
