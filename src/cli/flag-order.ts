import type { Command, Option } from "commander";

/**
 * Flags may stand before the command too: they are moved behind it, since each command knows its own.
 *
 * @param args what was typed after the program's name.
 */
export function commandFirst(args: readonly string[], program: Command): readonly string[] {
  const flags = program.commands.flatMap(({ options }) => options);
  const known = namesOf(flags);
  const withValue = valueFlagsOf(flags);
  let index = 0;
  for (let arg = args[0]; arg?.startsWith("-") && arg !== "--"; arg = args[index]) {
    if (isOwn(arg, program)) return args;
    index += takesNext(arg, withValue) ? 2 : 1;
  }
  const command = args[index];
  // Without a command only a flag that no command has is a mistake; else help says what there is.
  if (command === undefined) return args.filter((arg) => arg.startsWith("-") && !known.has(arg));
  // Of a command that there is not nothing else matters, not even a wish for its help.
  if (!program.commands.some((each) => each.name() === command)) return [command];
  return [command, ...args.slice(0, index), ...args.slice(index + 1)];
}

/** The names of the flags that have a value. */
export function valueFlagsOf(flags: readonly Option[]): ReadonlySet<string | undefined> {
  return namesOf(flags.filter(({ required }) => required));
}

/**
 * Whether the next word is the value of a flag. In a group of short flags the first one with a value takes what follows it
 * there; the last one takes the next word.
 */
export function takesNext(arg: string, withValue: ReadonlySet<string | undefined>): boolean {
  if (arg.startsWith("--")) return withValue.has(arg);
  const letters = [...arg];
  const first = letters.findIndex((letter) => withValue.has(`-${letter}`));
  return first > 0 && first === letters.length - 1;
}

function namesOf(flags: readonly Option[]): ReadonlySet<string | undefined> {
  return new Set(flags.flatMap(({ short, long }) => [short, long]));
}

/** A flag of the program itself: it needs no command. */
function isOwn(arg: string, program: Command): boolean {
  return arg === "-h" || arg === "--help" || namesOf(program.options).has(arg);
}
