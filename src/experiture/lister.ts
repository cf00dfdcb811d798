import { AccessError, ApiError, ApiResponseError, NetworkError } from "../domain/errors.ts";
import type { CampaignLister } from "../domain/ports.ts";
import { quantity } from "../text/figures.ts";
import type { Perform } from "./perform.ts";
import { type CampaignPage, decodeCampaignPage } from "./wire/wire-list.ts";

/** Rows a page: what the guide's sample asks for. Source: API sheet, 5. */
const PAGE_SIZE = 50;
/** A server that always has one more campaign would be asked for ever. */
const MOST_PAGES = 2_000;

/** What was listed so far. */
type Listing = { readonly ids: Set<string>; pages: number; unreadable: number; total: number | null };

/** Lists campaigns by `GET /campaigns`, on the lane of reads: whoever holds a lister cannot write. */
export function createLister(perform: Perform<"read">): CampaignLister {
  const askPage = async (query: string, signal: AbortSignal | undefined): Promise<CampaignPage> => {
    const accepted = await perform({
      method: "GET",
      path: `/campaigns?limit=${PAGE_SIZE}${query}`,
      body: null,
      scope: "campaigns:read",
      repeat: "safe",
      lane: "read",
      rank: "read",
      by: null,
      guard: null,
      signal,
    });
    return decodeCampaignPage(accepted.body, accepted);
  };
  return {
    async listCampaigns(onListed, signal) {
      const listing: Listing = { ids: new Set(), pages: 0, unreadable: 0, total: null };
      let failure: Error | null = null;
      let page = await askPage("", signal);
      let next = take(page, listing);
      onListed(listing.ids.size);
      while (next !== null && failure === null) {
        try {
          page = await askPage(next, signal);
          next = take(page, listing);
          onListed(listing.ids.size);
        } catch (error) {
          failure = lostPage(error, listing, page);
          next = null;
        }
      }
      return listedOf(listing, page, failure);
    },
  };
}

/** Takes a page in, and gives the query of the next one; null where there is none, or none is to be asked for. */
function take(
  { campaignIds, unreadable, next, isLast, total }: CampaignPage,
  listing: Listing,
): string | null {
  const before = listing.ids.size;
  for (const id of campaignIds) listing.ids.add(id);
  listing.pages += 1;
  listing.unreadable += unreadable;
  listing.total = total ?? listing.total;
  const bringsNothing = listing.ids.size === before;
  if (bringsNothing || isLast || listing.pages >= MOST_PAGES) return null;
  if (next !== null) return `&${next}`;
  const isReached = listing.total !== null && listing.ids.size + listing.unreadable >= listing.total;
  return isReached ? null : `&page=${listing.pages + 1}`;
}

/** That no page follows where none was spoken of is no failure: it was only asked whether one does. */
function lostPage(error: unknown, { total }: Listing, { next }: CampaignPage): Error | null {
  const isAnswer = error instanceof ApiError || error instanceof ApiResponseError;
  if (error instanceof AccessError || !(isAnswer || error instanceof NetworkError)) throw error;
  const isRefusal = error instanceof ApiError && error.status < 500 && error.status !== 429;
  return isRefusal && next === null && total === null ? null : error;
}

function listedOf(
  { ids, unreadable, total }: Listing,
  { isLast }: CampaignPage,
  failure: Error | null,
): Awaited<ReturnType<CampaignLister["listCampaigns"]>> {
  const isShort = total !== null && ids.size < total;
  const missing = [
    failure === null ? null : `A page of the list could not be read: ${failure.message}`,
    failure === null && isShort ? `The API says that there are ${total}, and listed ${ids.size}.` : null,
    unreadable === 0 ? null : `${quantity(unreadable, "row")} of the list had no id that could be read.`,
  ].filter((sentence) => sentence !== null);
  const isWhole = missing.length === 0 && (isLast || total !== null);
  return { campaignIds: [...ids], isWhole, missing: missing.length === 0 ? null : missing.join(" ") };
}
