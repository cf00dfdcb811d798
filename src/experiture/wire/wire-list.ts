import { isUuid } from "../../domain/ids.ts";
import { describe } from "../../text/quote.ts";
import type { AnswerFacts } from "./wire.ts";
import { at, expectObject, field, type Node, refuse } from "./wire-node.ts";

/** One answer to `GET /campaigns`. */
export type CampaignPage = {
  /** In lower case. */
  readonly campaignIds: readonly string[];
  /** Rows without an id that could be read. */
  readonly unreadable: number;
  /** How to ask for the next one, as a query; null where the answer says nothing of that, or that it is the last. */
  readonly next: string | null;
  /** Whether the answer says that it is the last. */
  readonly isLast: boolean;
  /** How many campaigns the API says there are; null where it does not say. */
  readonly total: number | null;
};

/** Where rows may be, in `data` or in the answer itself, where they are no list themselves. Source: API sheet, 1 and 18: 6. */
const ROWS = ["items", "campaigns", "results", "rows", "records", "data"];
/** Where else than beside the rows an answer may say how it goes on. */
const BESIDE = ["pagination", "paging", "page", "meta", "pageInfo"];
const TOTALS = ["total", "totalCount", "totalItems", "totalResults"];
/** The field of a cursor, and the parameter that takes it. */
const CURSORS = [
  ["nextCursor", "cursor"],
  ["next_cursor", "cursor"],
  ["endCursor", "cursor"],
  ["nextPageToken", "pageToken"],
  ["next", "cursor"],
] as const;
const MORE = ["hasMore", "has_more", "hasNext", "hasNextPage"];

/**
 * Decodes one answer to `GET /campaigns`. Its shape is not documented: the usual names are looked for.
 *
 * @throws ApiResponseError where there is no list of rows.
 */
export function decodeCampaignPage(body: unknown, facts: AnswerFacts): CampaignPage {
  const envelope = expectObject({ value: body, place: null, facts });
  if (field(envelope, "success").value === false) throw refuse(envelope, "success is false");
  const data = field(envelope, "data");
  const rows = rowsOf(data, envelope);
  const ids = rows.map(idOf);
  const campaignIds = ids.filter((id) => id !== null);
  const places = [data, envelope].flatMap((node) => [node, ...BESIDE.map((name) => field(node, name))]);
  const [cursor, hasMore] = [cursorIn(places), firstOf(places, MORE, isBoolean)];
  return {
    campaignIds,
    unreadable: ids.length - campaignIds.length,
    next: hasMore === false ? null : (cursor ?? null),
    isLast: hasMore === false || cursor === null,
    total: firstOf(places, TOTALS, isCount) ?? null,
  };
}

function rowsOf(data: Node, envelope: Node): readonly Node[] {
  const candidates = [data, ...[data, envelope].flatMap((node) => ROWS.map((name) => field(node, name)))];
  const list = candidates.find(({ value }) => Array.isArray(value));
  if (list === undefined) throw refuse(data, `expected a list of campaigns, found ${describe(data.value)}`);
  return (list.value as readonly unknown[]).map((row, index) => at(list, index, row));
}

function idOf(row: Node): string | null {
  const ids = ["campaignId", "id"].map((name) => field(row, name).value);
  const id = ids.find(isUuid);
  return id === undefined ? null : id.toLowerCase();
}

/** The query of the next page; null where a cursor ends, undefined where nothing is said of one. */
function cursorIn(places: readonly Node[]): string | null | undefined {
  for (const [name, parameter] of CURSORS) {
    const found = places.map((place) => field(place, name).value).find((value) => value !== undefined);
    if (found === null || found === "") return null;
    if (typeof found === "string") return nextQuery(found, parameter);
    if (typeof found === "number") return `${parameter}=${found}`;
  }
  return undefined;
}

/** A link is asked for at the address of the list, whatever it says: credentials go along. */
function nextQuery(cursor: string, parameter: string): string {
  const query = /^(?:https?:\/\/|\/)[^?]*\?([^#]*)/.exec(cursor)?.[1];
  return query ?? `${parameter}=${encodeURIComponent(cursor)}`;
}

function firstOf<T>(
  places: readonly Node[],
  names: readonly string[],
  isSuch: (value: unknown) => value is T,
): T | undefined {
  for (const place of places) {
    for (const name of names) {
      const { value } = field(place, name);
      if (isSuch(value)) return value;
    }
  }
  return undefined;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
