import * as core from "@actions/core";
import { breakCommands, maskedForms } from "../github/run/log-text.ts";

/** Where an annotation belongs and what it is headed with; null where there is nothing to say. */
type AnnotationPlace = {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly title: string | null;
};

/** What the Action may ask of the runner. Everything that it says goes through here. */
export type Runner = {
  /** An input without the blanks around it; empty when it was left out. */
  input(name: string): string;
  /** Hides secrets, and every form derived from them, in all that is logged from now on. */
  mask(secrets: readonly string[]): void;
  /** Sets an output of the step. */
  output(name: string, value: string): void;
  /** Writes the job summary of the step, in place of what it wrote before. */
  summary(markdown: string): Promise<void>;
  annotate(level: "error" | "warning", place: AnnotationPlace, message: string): void;
  /** Tells something that is no problem, beside the log. */
  notice(message: string): void;
  /** Tells something that somebody should look at. */
  warning(message: string): void;
  /** Says why the step fails. The exit code is set by whoever ends the run. */
  fail(message: string): void;
  /** Writes to the log. Text from anywhere is safe here: no line of it becomes a command. */
  log(text: string): void;
};

/** The runner that this process is a step of. */
export function openRunner(): Runner {
  return {
    input: (name) => core.getInput(name),
    mask(secrets) {
      for (const form of new Set(secrets.flatMap(maskedForms))) core.setSecret(form);
    },
    output: (name, value) => core.setOutput(name, value),
    async summary(markdown) {
      await core.summary.emptyBuffer().addRaw(markdown, true).write({ overwrite: true });
    },
    annotate(level, place, message) {
      const tell = level === "error" ? core.error : core.warning;
      tell(message, propertiesOf(place));
    },
    notice: (message) => core.notice(message),
    warning: (message) => core.warning(message),
    fail: (message) => core.error(message),
    log: (text) => core.info(breakCommands(text.replace(/\n$/, ""))),
  };
}

function propertiesOf({ file, line, column, title }: AnnotationPlace): core.AnnotationProperties {
  return {
    ...(title === null ? {} : { title }),
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { startLine: line }),
    ...(column === null ? {} : { startColumn: column }),
  };
}
