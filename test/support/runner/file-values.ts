/**
 * Reads what a step wrote to GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE: lines `name=value`, and
 * `name<<delimiter`, lines of the value, `delimiter`.
 *
 * @throws Error where the runner fails the step: a line of neither form, or a delimiter that never comes.
 */
export function parseFileValues(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n");
  // What follows the last line break is no line.
  if (lines.at(-1) === "") lines.pop();
  const values: Record<string, string> = {};
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`A value without a name: ${line}`);
      values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const name = line.slice(0, Math.max(0, heredoc));
    const delimiter = line.slice(heredoc + 2);
    if (heredoc < 1 || delimiter === "") throw new Error(`Neither name=value nor name<<delimiter: ${line}`);
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`The delimiter ${delimiter} of ${name} never comes.`);
    values[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return values;
}
