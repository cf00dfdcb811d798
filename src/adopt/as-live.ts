import { readCampaignFile } from "../declarations/campaign-file.ts";
import { resolveCampaign } from "../declarations/resolve.ts";
import { sameBinding } from "../domain/binding.ts";
import type { Campaign } from "../domain/model.ts";
import { MAX_FILE_BYTES } from "../domain/source-file.ts";
import type { WordChoice } from "./audience-words.ts";

/** Why the text of a file would not declare a campaign as it is live; null where it does. */
export function whyNotAsLive(
  text: string,
  { campaignId, audience }: Pick<Campaign, "campaignId" | "audience">,
  { environment, names }: WordChoice,
): string | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_FILE_BYTES) return "its file would be too large";
  const file = readCampaignFile({ file: "", bytes });
  const { spec, diagnostics } = resolveCampaign(file, { environment, needsEnvironment: true, names });
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) return error.detail;
  const isSame = spec !== null && spec.campaignId === campaignId && sameBinding(spec.audience, audience);
  return isSame ? null : "its file would say something else";
}
