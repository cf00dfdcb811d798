/**
 * What an answer to `PUT /campaigns/:id/audience` says of the write, and what follows. `landed`: whether it may have
 * taken effect. `look`: the campaign is read before anything is decided; `otherwise` is for one that still is as before.
 */
export type WriteMeaning =
  | { readonly landed: "yes"; readonly next: "read-back" }
  | { readonly landed: "no"; readonly next: "give-up" | "new-token" | "wait-and-send" }
  | { readonly landed: "no" | "maybe"; readonly next: "look"; readonly otherwise: "send-again" | "give-up" };

const ACCEPTED: WriteMeaning = { landed: "yes", next: "read-back" };
const REFUSED: WriteMeaning = { landed: "no", next: "give-up" };
const UNAUTHORIZED: WriteMeaning = { landed: "no", next: "new-token" };
const NOT_NOW: WriteMeaning = { landed: "no", next: "wait-and-send" };
const UNKNOWN: WriteMeaning = { landed: "maybe", next: "look", otherwise: "send-again" };
const ODD: WriteMeaning = { landed: "maybe", next: "look", otherwise: "give-up" };

/**
 * The one table of statuses. Its sources: the Audience Binding page (200, 403, 404, 409), RFC 9110, and what common
 * gateways answer by themselves when time runs out, which says nothing of the write behind them.
 */
const BY_STATUS: Readonly<Record<number, WriteMeaning>> = {
  // A redirect that names another place for the same request: it was not processed here.
  301: REFUSED,
  307: REFUSED,
  308: REFUSED,
  401: UNAUTHORIZED,
  // The server, or a gateway, gave up waiting: for the request, or for who was to carry it out.
  408: UNKNOWN,
  460: UNKNOWN,
  499: UNKNOWN,
  // Too early, and too often: it was not processed, and may be sent again.
  425: NOT_NOW,
  429: NOT_NOW,
  // Not implemented, version not supported, extensions wanted, sign in to the network first: not processed.
  501: REFUSED,
  505: REFUSED,
  510: REFUSED,
  511: REFUSED,
};

/** What a status from 100 to 599 means. An answer of 200 counts as accepted once its body is understood too. */
export function meaningOfStatus(status: number): WriteMeaning {
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return UNKNOWN;
  if (status >= 400) return REFUSED;
  // 302 and 303 may follow a write that was carried out; 1xx, 300 and 304 answer no PUT at all.
  if (status >= 300 || status < 200) return ODD;
  return ACCEPTED;
}

/** What a 200 means whose body is not what the API says: a login page, or an answer that was cut. */
export const MEANING_OF_ODD_BODY: WriteMeaning = UNKNOWN;

/** What it means that no answer came. `sent` as in `NetworkError`: `no` where no connection was made. */
export function meaningOfSilence(sent: "no" | "withheld" | "unknown"): WriteMeaning {
  switch (sent) {
    case "no":
      return { landed: "no", next: "look", otherwise: "send-again" };
    case "withheld":
      return REFUSED;
    case "unknown":
      return UNKNOWN;
  }
}
