import { beginProject } from "../../commands/adopting/init.ts";
import { DEFAULT_API_URL } from "../../commands/settings.ts";
import { UsageError } from "../../domain/errors.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { normalizeApiUrl } from "../../http/url.ts";
import { quote } from "../../text/quote.ts";
import { listening } from "../opening.ts";
import { askFor } from "../terminal/question.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `init`; null and empty for what was not given. */
export type InitFlags = { readonly apiUrl: string | null; readonly environments: readonly string[] };

const USUAL = "production";

/** `campaignctl init`: writes a starter repository into the working directory. No network, no credentials. */
export async function runInit(flags: InitFlags, session: Session): Promise<number> {
  if (!session.isInteractive) return begin(flags, session);
  return listening(session, "Interrupted: nothing is written.", async ({ signal }) => {
    const chosen = await asked(flags, signal);
    return signal.aborted ? exitCodeAfter([], signal) : begin(chosen, session);
  });
}

/** Asks a person for what no flag says. No answer takes what is usual. */
async function asked({ apiUrl, environments }: InitFlags, signal: AbortSignal): Promise<InitFlags> {
  const url = apiUrl ?? (await askFor(`Base URL of the API [${DEFAULT_API_URL}]: `, signal));
  const names = environments.length > 0 ? null : await askFor(`Names of environments [${USUAL}]: `, signal);
  const typed = names?.split(/[\s,]+/).filter((name) => name !== "");
  return { apiUrl: url || null, environments: typed ?? environments };
}

function begin(chosen: InitFlags, { cwd, stdout, stderr, asides }: Session): number {
  const apiUrl = chosen.apiUrl === null ? null : normalizeApiUrl(chosen.apiUrl, "--api-url");
  const environments = chosen.environments.length === 0 ? [USUAL] : [...new Set(chosen.environments)];
  const wrong = environments.find((name) => !/^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,99}$/u.test(name));
  if (wrong !== undefined) {
    throw new UsageError(
      `${quote(wrong)} is no name of an environment.`,
      "A name has letters and digits, with - . _ / or spaces between them.",
    );
  }
  const { written, there } = beginProject(cwd, { apiUrl, environments });
  for (const file of written) stdout.write(`${file}\n`);
  for (const file of there) stderr.write(`${file} is there already, and stays as it is.\n`);
  if (written.length > 0)
    asides.write("Next: campaignctl validate, then campaignctl import --all --catalogue\n");
  return 0;
}
