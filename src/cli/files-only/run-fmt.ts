import { type Reformed, readForms, writeForm } from "../../commands/format-files.ts";
import { secretsOf } from "../../commands/settings.ts";
import { UsageError } from "../../domain/errors.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import { descriptorOf } from "../../files/descriptor.ts";
import { messageOf } from "../../text/error-text.ts";
import { quantity } from "../../text/figures.ts";
import { escapeLines, escapeText } from "../../text/invisible.ts";
import { lineDiff } from "../../text/line-diff.ts";
import type { FileFlags } from "../common-options.ts";
import { tellProjectAbove } from "../declared.ts";
import { explainErrors, tellError, warn } from "../explain.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `fmt`. */
export type FmtFlags = Pick<FileFlags, "paths" | "config"> & {
  /** Whether a file that is not in the form fails, and nothing is written. */
  readonly check: boolean;
  /** Whether what would change is shown, and nothing is written. */
  readonly diff: boolean;
};

/** `campaignctl fmt`: puts campaign files into the one canonical form. No network, no credentials. */
export async function runFmt({ paths, config, check, diff }: FmtFlags, session: Session): Promise<number> {
  const { cwd, variables, stdout, stderr } = session;
  if (paths.some((path) => descriptorOf(path) !== null)) {
    throw new UsageError("fmt writes files anew, and a pipe is none.", "Name files or folders.");
  }
  const secrets = secretsOf(variables);
  const { declared, reformed, leftAlone } = readForms({ paths, config, cwd, secrets });
  tellProjectAbove(declared, session);
  if (explainErrors(declared.diagnostics, session)) return exitCodeOf(["invalid"]);
  for (const file of leftAlone) warn(`${escapeText(file)} ${LEFT_ALONE}`, session);
  if (diff) for (const each of reformed) stdout.write(shownDiff(each, secrets));
  if (check) {
    for (const { file } of reformed) stderr.write(`${escapeText(file)}\n`);
    if (reformed.length === 0) return 0;
    stderr.write(`${quantity(reformed.length, "file")} not in the form. Run campaignctl fmt.\n`);
    return exitCodeOf(["invalid"]);
  }
  if (diff) return 0;
  const failed = reformed.filter((each) => !writeOrTell(each, session));
  return failed.length === 0 ? 0 : 1;
}

const LEFT_ALONE = "is left as it is: in the form of fmt it would lose a comment or say something else.";

function writeOrTell(reformed: Reformed, session: Session): boolean {
  const { cwd, stdout } = session;
  const file = escapeText(reformed.file);
  try {
    writeForm(reformed, cwd);
    stdout.write(`${file}\n`);
    return true;
  } catch (error) {
    tellError(`${file} could not be written: ${escapeText(messageOf(error))}`, session);
    return false;
  }
}

/** Nothing of it may move the cursor, and no secret of this run is shown. */
function shownDiff({ file, before, after }: Reformed, secrets: readonly string[]): string {
  const hidden = secrets.reduce(
    (text, secret) => text.replaceAll(secret, "***"),
    lineDiff(file, before, after),
  );
  return escapeLines(hidden);
}
