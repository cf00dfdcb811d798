import { type GroundOptions, readGround } from "../../commands/adopting/ground.ts";
import {
  type Imported,
  importCampaigns,
  type ToldCampaign,
} from "../../commands/adopting/import-campaigns.ts";
import { openImporter } from "../../commands/open.ts";
import { secretsOf } from "../../commands/settings.ts";
import { UsageError } from "../../domain/errors.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import { isUuid } from "../../domain/ids.ts";
import { exitCodeAfter } from "../../host/signals.ts";
import { quantity } from "../../text/figures.ts";
import { escapeText } from "../../text/invisible.ts";
import { quote } from "../../text/quote.ts";
import { accessLine } from "../access-line.ts";
import { tellProjectAbove } from "../declared.ts";
import { campaignLabel, explainErrors, tellError, warn } from "../explain.ts";
import { listening, openingFor, settle } from "../opening.ts";
import type { Session } from "../terminal/session.ts";
import { showing } from "../terminal/show-progress.ts";

/** The flags of `import`. */
export type ImportFlags = Pick<GroundOptions, "config" | "environment" | "dir"> & {
  readonly campaignIds: readonly string[];
  readonly all: boolean;
  readonly force: boolean;
  readonly catalogue: boolean;
  readonly status: string | null;
  readonly apiUrl: string | null;
  readonly parallelism: number;
};

/** `campaignctl import`: writes a file for each live campaign that no file declares. */
export async function runImport(flags: ImportFlags, session: Session): Promise<number> {
  checkFlags(flags);
  const { cwd, variables } = session;
  const { config, environment, dir } = flags;
  const ground = readGround({ cwd, config, environment, dir, secrets: secretsOf(variables) });
  tellProjectAbove(ground, session);
  if (!("declared" in ground)) {
    explainErrors(ground.diagnostics, session);
    return exitCodeOf(["invalid"]);
  }
  const settings = settle(flags, ground.project, session);
  return openImporter(openingFor(settings, flags, session), (importer) =>
    listening(session, "Interrupted: reading ends, and nothing is written.", async ({ signal }) => {
      const order = {
        campaignIds: flags.all ? null : flags.campaignIds,
        isForced: flags.force,
        growsCatalogue: flags.catalogue,
        status: flags.status,
        environment,
      };
      const imported = await showing(session, importer.clock, (onEvent) =>
        importCampaigns(order, ground, importer, onEvent, signal),
      );
      tell(imported, flags, session);
      return exitCodeAfter(imported.conditions, signal);
    }),
  );
}

function checkFlags({ campaignIds, all, status }: ImportFlags): void {
  if (all && campaignIds.length > 0) {
    throw new UsageError("--all imports every campaign, and ids name some.", "Give one of the two.");
  }
  if (!all && campaignIds.length === 0) {
    throw new UsageError("No campaign is named.", "Name campaigns by their ids, or give --all.");
  }
  if (!all && status !== null) {
    throw new UsageError("--status chooses among all campaigns, and ids name some.", "Give it with --all.");
  }
  const wrong = campaignIds.find((id) => !isUuid(id));
  if (wrong === undefined) return;
  throw new UsageError(
    `${quote(wrong)} is no campaign id.`,
    "An id is a UUID, as the campaign's address in the console shows it.",
  );
}

function tell(imported: Imported, { all, status }: ImportFlags, session: Session): void {
  const { stdout, stderr, asides } = session;
  for (const file of imported.written) stdout.write(`${escapeText(file)}\n`);
  const { alreadyDeclared, undeclarable, failed, otherStatus, listing } = imported;
  const error = (text: string): void => tellError(text, session);
  if (all) tellDeclaredOnce(alreadyDeclared, session);
  else {
    for (const { campaignId, why } of alreadyDeclared)
      error(
        `${campaignId} is declared already, in ${escapeText(why)}. --force puts its live audiences there.`,
      );
  }
  for (const each of undeclarable) {
    const line = `${campaignLabel(each)} cannot be declared: ${escapeText(each.why)}`;
    if (all) warn(line, session);
    else error(line);
  }
  for (const each of failed) error(`${campaignLabel(each)}: ${escapeText(each.why)}`);
  if (otherStatus > 0)
    asides.write(
      `${quantity(otherStatus, "campaign")} of another status than ${escapeText(status ?? "")} left out.\n`,
    );
  if (imported.accessError !== null) stderr.write(accessLine(imported.accessError, session));
  if (listing !== null) tellListing(listing, session);
  if (imported.proposal !== null) asides.write(`${escapeText(imported.proposal)}\n`);
}

/** Of the campaigns that are declared already, so many are named. */
const MOST_NAMED = 50;

/** A second import of all has nothing else to tell. */
function tellDeclaredOnce(declared: readonly ToldCampaign[], { asides }: Session): void {
  if (declared.length === 0) return;
  const named = declared
    .slice(0, MOST_NAMED)
    .map(({ campaignId, why }) => `${campaignId} (${escapeText(why)})`);
  const more = declared.length > MOST_NAMED ? ` and ${declared.length - MOST_NAMED} more` : "";
  asides.write(`Declared already, and left as they are: ${named.join(", ")}${more}.\n`);
}

function tellListing(
  { isWhole, missing, campaignIds }: NonNullable<Imported["listing"]>,
  session: Session,
): void {
  const count = quantity(campaignIds.length, "campaign");
  if (missing !== null) tellError(`The list is incomplete. ${escapeText(missing)}`, session);
  else if (isWhole) session.asides.write(`The API listed ${count}, and said that these are all.\n`);
  else warn(`The API listed ${count}, and did not say that these are all: some may be missing.`, session);
}
