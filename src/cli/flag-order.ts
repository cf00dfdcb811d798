import type { Command } from "commander";

/**
 * Flags may stand before the command too: they are moved behind it, since each command knows its own.
 *
 * @param args what was typed after the program's name.
 */
export function commandFirst(args: readonly string[], program: Command): readonly string[] {
  const withValue = new Set(
    program.commands
      .flatMap(({ options }) => options)
      .filter(({ required }) => required)
      .flatMap(({ short, long }) => [short, long]),
  );
  let index = 0;
  for (let arg = args[0]; arg?.startsWith("-") && arg !== "--"; arg = args[index]) {
    if (isOwn(arg, program)) return args;
    index += withValue.has(arg) ? 2 : 1;
  }
  const command = args[index];
  if (index === 0 || command === undefined) return args;
  return [command, ...args.slice(0, index), ...args.slice(index + 1)];
}

/** A flag of the program itself: it needs no command. */
function isOwn(arg: string, program: Command): boolean {
  return ["-h", "--help", ...program.options.flatMap(({ short, long }) => [short, long])].includes(arg);
}
