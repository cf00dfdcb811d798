/** One command that a step gave the runner on a line of its output. Names are in lower case. */
export type WorkflowCommand = {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
};

/** What the runner makes of a step's output. */
export type ReadLog = {
  readonly commands: readonly WorkflowCommand[];
  readonly masks: readonly string[];
  /** What people see: each mask hidden from its command on. */
  readonly log: string;
  /** Every line as it came, but for those that are `add-mask` commands. */
  readonly unmasked: string;
};

/** What the runner knows (actions/runner, ActionCommandManager); anything else is plain text to it. */
const COMMANDS = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "internal-set-repo-path",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/** Reads lines as the runner does: commands, masks, and the stretches in which `stop-commands` turns both off. */
export function readLog(lines: readonly string[]): ReadLog {
  const commands: WorkflowCommand[] = [];
  const masks: string[] = [];
  const shown: string[] = [];
  const unmasked: string[] = [];
  let stopped: string | null = null;
  for (const line of lines) {
    const command: WorkflowCommand | null = stopped === null ? parseCommand(line, COMMANDS) : null;
    if (stopped !== null && parseCommand(line, new Set([stopped.toLowerCase()])) !== null) stopped = null;
    if (command !== null) commands.push(command);
    if (command?.command === "stop-commands") stopped = command.message;
    if (command?.command === "add-mask") {
      masks.push(...masksOf(command.message));
      continue;
    }
    unmasked.push(line);
    shown.push(hide(line, masks));
  }
  return { commands, masks, log: shown.join("\n"), unmasked: unmasked.join("\n") };
}

/** The whole value, and each line of it. */
function masksOf(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  return [...new Set([value, ...lines])].filter((mask) => mask !== "");
}

/** The longest first, so that one mask inside of another leaves nothing of it. */
function hide(line: string, masks: readonly string[]): string {
  const longestFirst = [...masks].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, mask) => text.replaceAll(mask, "***"), line);
}

/** The command on a line: `::name key=value,…::message` after blanks, or the older `##[name key=value;…]message` anywhere. */
export function parseCommand(line: string, known: ReadonlySet<string> = COMMANDS): WorkflowCommand | null {
  return parseColons(line.trimStart(), known) ?? parseBrackets(line, known);
}

function parseColons(line: string, known: ReadonlySet<string>): WorkflowCommand | null {
  const end = line.indexOf("::", 2);
  if (!line.startsWith("::") || end < 0) return null;
  const head = splitHead(line.slice(2, end), ",", known);
  if (head === null) return null;
  const decode = (text: string) => unescapeData(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
  return {
    command: head.command,
    properties: propertiesOf(head.properties, decode),
    message: unescapeData(line.slice(end + 2)),
  };
}

function parseBrackets(line: string, known: ReadonlySet<string>): WorkflowCommand | null {
  const start = line.indexOf("##[");
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end < 0) return null;
  const head = splitHead(line.slice(start + 3, end), ";", known);
  if (head === null) return null;
  const decode = (text: string) => unescapeData(text.replaceAll("%3B", ";").replaceAll("%5D", "]"));
  return {
    command: head.command,
    properties: propertiesOf(head.properties, decode),
    message: decode(line.slice(end + 1)),
  };
}

function splitHead(
  text: string,
  separator: string,
  known: ReadonlySet<string>,
): { readonly command: string; readonly properties: readonly string[] } | null {
  const [name = "", ...rest] = text.split(" ");
  const command = name.toLowerCase();
  if (!known.has(command)) return null;
  return { command, properties: rest.join(" ").trim().split(separator) };
}

function propertiesOf(
  pairs: readonly string[],
  decode: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const at = pair.indexOf("=");
      return at < 1 || at === pair.length - 1 ? [] : [[pair.slice(0, at), decode(pair.slice(at + 1))]];
    }),
  );
}

/** The percent sign comes last: `%250A` is the text `%0A`. */
function unescapeData(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
