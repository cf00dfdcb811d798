import { secretsOf } from "../../commands/settings.ts";
import { whoUses } from "../../commands/who-uses.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import { TOOL } from "../../domain/tool.ts";
import { renderJson } from "../../render/json.ts";
import { renderWhoUsesMarkdown } from "../../render/markdown/who-uses-markdown.ts";
import { renderWhoUsesText } from "../../render/text/who-uses-text.ts";
import type { FileFlags } from "../common-options.ts";
import { tellProjectAbove } from "../declared.ts";
import { explainErrors } from "../explain.ts";
import type { Format } from "../options.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `who-uses`. */
export type WhoUsesFlags = Omit<FileFlags, "paths"> & {
  /** A name of the catalogue, or an id. */
  readonly audience: string;
  readonly format: Format;
};

/** `campaignctl who-uses`: lists the campaigns that include or exclude an audience. No network, no credentials. */
export async function runWhoUses(flags: WhoUsesFlags, session: Session): Promise<number> {
  const { audience, format, config, environment } = flags;
  const { cwd, variables } = session;
  const secrets = secretsOf(variables);
  const { declared, answer } = whoUses(audience, { paths: [], cwd, config, environment, secrets });
  tellProjectAbove(declared, session);
  if (answer === null) {
    explainErrors(declared.diagnostics, session);
    return exitCodeOf(["invalid"]);
  }
  const rendered = {
    text: () => renderWhoUsesText(answer),
    markdown: () => renderWhoUsesMarkdown(answer),
    json: () => renderJson({ formatVersion: "1.0", kind: "who-uses", tool: TOOL, ...answer }),
  };
  session.stdout.write(rendered[format]());
  return 0;
}
