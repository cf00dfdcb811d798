import type { AudienceRef, Campaign } from "../domain/model.ts";
import { BARE, type KeySection, writeCampaignText } from "../form/campaign-text.ts";
import { textValue, wordText } from "../form/value-text.ts";
import { escapeText, findRefusedCharacters, isOneLine, withoutOpenEnd } from "../text/invisible.ts";
import { quote } from "../text/quote.ts";
import { type WordChoice, wordsFor } from "./audience-words.ts";

/** The text of a file that declares a live campaign as it is, in the form of `fmt`. */
export function newCampaignText(campaign: Campaign, choice: WordChoice): string {
  const { campaignId, name, authoringStatus, audience } = campaign;
  const { environment } = choice;
  const ids = environment === null ? [] : [{ ...BARE, text: `${wordText(environment)}: ${campaignId}` }];
  const sections: KeySection[] = [
    { ...BARE, key: "campaignId", value: ids.length === 0 ? campaignId : null, parts: ids, below: [] },
    ...(name === null ? [] : [plainSection("name", textValue(shownText(name)))]),
    listSection("include", audience.include, choice),
    ...(audience.exclude.length === 0 ? [] : [listSection("exclude", audience.exclude, choice)]),
  ];
  const status = `# Its status was ${quote(authoringStatus)} when it was imported.`;
  return writeCampaignText({
    opening: [{ text: status, isAfterBlank: false }],
    isOpeningApart: false,
    sections,
    closing: [],
  });
}

function plainSection(key: KeySection["key"], value: string): KeySection {
  return { ...BARE, key, value, parts: [], below: [] };
}

function listSection(
  key: "include" | "exclude",
  list: readonly AudienceRef[],
  choice: WordChoice,
): KeySection {
  const parts = wordsFor(list, choice).map((word) => ({ ...BARE, ...word }));
  return { ...BARE, key, value: null, parts, below: [] };
}

const LONGEST_NAME = 400;

/** A name as a file may hold it: what no file may hold is made visible, and no name makes a file too large. */
function shownText(name: string): string {
  const start = name.length > LONGEST_NAME ? `${withoutOpenEnd(name.slice(0, LONGEST_NAME))}…` : name;
  return isOneLine(start) && findRefusedCharacters(start).length === 0 ? start : escapeText(start);
}
