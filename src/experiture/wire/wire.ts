import { canonicalBinding, sameBinding } from "../../domain/binding.ts";
import { isUuid } from "../../domain/ids.ts";
import type {
  AudienceBinding,
  AudienceRef,
  AudienceType,
  Campaign,
  LiveAudience,
  Schedule,
} from "../../domain/model.ts";
import { describe } from "../../text/quote.ts";
import { at, expectObject, field, type Node, refuse, timestampOrNull } from "./wire-node.ts";
import { decodeReach } from "./wire-reach.ts";

/** What is known of an answer besides its body. `serverTime` is its `Date` in milliseconds since the epoch. */
export type AnswerFacts = {
  readonly status: number;
  readonly correlationId: string | null;
  readonly serverTime: number | null;
};

/** Far above the documented 25, so that an odd server is still read, but an endless list is not kept. */
const MOST_ENTRIES = 10_000;

/**
 * Decodes `GET /campaigns/:id/summary`, in the spelling of the summary (`included[].id`) or of the write
 * (`include[].audienceId`). Unknown fields and unknown words are no error; a missing list is not an empty list.
 *
 * @throws ApiResponseError with the JSON pointer of whatever cannot be written back as it was read.
 */
export function decodeSummary(body: unknown, facts: AnswerFacts & { readonly campaignId: string }): Campaign {
  const data = decodeEnvelope(body, facts);
  const campaignId = facts.campaignId.toLowerCase();
  expectCampaignId(data, campaignId);
  const audience = expectObject(field(data, "audience"));
  const include = decodeList(audience, "included", "include");
  const exclude = decodeList(audience, "excluded", "exclude");
  return {
    campaignId,
    name: textOrNull(field(data, "name").value),
    authoringStatus: expectText(field(data, "authoringStatus")),
    channel: textOrNull(field(data, "channel").value),
    schedule: decodeSchedule(field(data, "schedule")),
    audience: canonicalBinding({ include: include.refs, exclude: exclude.refs }),
    repeatedAudienceIds: [...new Set([...include.repeated, ...exclude.repeated])].sort(),
    liveAudiences: [...include.described, ...exclude.described],
    reach: decodeReach(field(audience, "reach")),
    updatedAt: timestampOrNull(field(data, "updatedAt").value),
    serverTime: facts.serverTime,
  };
}

/** Explains and decides no write: what is odd in it is left out, and is no error. */
function decodeSchedule(schedule: Node): Schedule | null {
  const said = (name: string) => textOrNull(field(schedule, name).value);
  const decoded = {
    sendAt: timestampOrNull(said("sendAt")),
    mode: said("mode"),
    timezone: said("timezone"),
  };
  return Object.values(decoded).every((value) => value === null) ? null : decoded;
}

/**
 * Checks that a write was accepted. What the answer says of the audiences is not read: the shape of the full campaign
 * object is not documented (API sheet, 18: 1), and the read-back decides anyway.
 *
 * @throws ApiResponseError when the answer does not say that it succeeded.
 */
export function decodeReceipt(body: unknown, facts: AnswerFacts): void {
  decodeEnvelope(body, facts);
}

/** The body of `PUT /campaigns/:id/audience` as JSON: always both lists, since what is left out would be unbound. */
export function encodeBinding(binding: AudienceBinding): string {
  const entry = ({ audienceId, type }: AudienceRef) => ({ audienceId, type });
  return JSON.stringify({ include: binding.include.map(entry), exclude: binding.exclude.map(entry) });
}

/** What a refusal's body says, be it the API's own or that of a gateway; null for what it does not say. Never throws. Source: API sheet, 2. */
export function decodeRefusal(body: unknown): {
  readonly code: string | null;
  readonly message: string | null;
  readonly correlationId: string | null;
} {
  const envelope: Node = { value: body, place: null, facts: { status: 0, correlationId: null } };
  const error = field(envelope, "error");
  return {
    // The OAuth form, `error` being the code itself, is what a gateway in front of the API may answer with.
    code: textOrNull(error.value) ?? textOrNull(field(error, "code").value),
    message:
      textOrNull(field(error, "message").value) ??
      textOrNull(field(envelope, "error_description").value) ??
      textOrNull(field(envelope, "message").value) ??
      problemOf(envelope),
    correlationId: textOrNull(field(envelope, "correlationId").value),
  };
}

/** Title and detail of a problem as of RFC 9457, which gateways answer with. */
function problemOf(envelope: Node): string | null {
  const parts = ["title", "detail"].flatMap((name) => textOrNull(field(envelope, name).value) ?? []);
  return parts.length === 0 ? null : parts.map((part) => part.replace(/[.:]$/, "")).join(": ");
}

/** The data of an answer that says that it succeeded. @throws ApiResponseError */
export function decodeEnvelope(body: unknown, facts: AnswerFacts): Node {
  const correlationId = facts.correlationId ?? decodeRefusal(body).correlationId;
  const envelope = expectObject({ value: body, place: null, facts: { status: facts.status, correlationId } });
  const success = field(envelope, "success");
  if (success.value !== true && success.value !== undefined) {
    const { code, message } = decodeRefusal(body);
    throw refuse(
      success,
      `success is ${describe(success.value)} (${describe(message ?? code ?? undefined)})`,
    );
  }
  return expectObject(field(envelope, "data"));
}

function expectCampaignId(data: Node, expected: string): void {
  const id = eitherText(data, "campaignId", "id");
  if (id.value.toLowerCase() !== expected) {
    throw refuse(id, `expected the campaign that was asked for, ${expected}, found ${describe(id.value)}`);
  }
}

type DecodedList = {
  readonly refs: readonly AudienceRef[];
  readonly repeated: readonly string[];
  readonly described: readonly LiveAudience[];
};

function decodeList(audience: Node, readName: string, writeName: string): DecodedList {
  const byRead = field(audience, readName);
  const byWrite = field(audience, writeName);
  if (byWrite.value === undefined) return decodeEntries(byRead);
  const list = decodeEntries(byWrite);
  if (byRead.value === undefined) return list;
  const other = decodeEntries(byRead);
  const asBinding = (refs: readonly AudienceRef[]) => canonicalBinding({ include: refs, exclude: [] });
  if (!sameBinding(asBinding(list.refs), asBinding(other.refs))) {
    throw refuse(byWrite, `${readName} and ${writeName} name different audiences`);
  }
  return { ...list, described: [...other.described, ...list.described] };
}

function decodeEntries(list: Node): DecodedList {
  if (!Array.isArray(list.value)) throw refuse(list, `expected a list, found ${describe(list.value)}`);
  if (list.value.length > MOST_ENTRIES) {
    throw refuse(list, `expected at most ${MOST_ENTRIES} entries, found ${list.value.length}`);
  }
  const types = new Map<string, AudienceType>();
  const repeated: string[] = [];
  const described: LiveAudience[] = [];
  for (const [index, value] of list.value.entries()) {
    const entry = expectObject(at(list, index, value));
    const ref = decodeRef(entry);
    const earlier = types.get(ref.audienceId);
    if (earlier !== undefined && earlier !== ref.type) {
      throw refuse(entry, `${ref.audienceId} is listed as ${earlier} and as ${ref.type}`);
    }
    if (earlier !== undefined) repeated.push(ref.audienceId);
    types.set(ref.audienceId, ref.type);
    described.push(...decodeDescription(entry, ref.audienceId));
  }
  return { refs: [...types].map(([audienceId, type]) => ({ audienceId, type })), repeated, described };
}

/** Name and size are there to be read by people: what is odd in them is left out, and is no error. */
function decodeDescription(entry: Node, audienceId: string): readonly LiveAudience[] {
  const name = textOrNull(field(entry, "name").value);
  const count = field(entry, "memberCount").value;
  const memberCount = typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : null;
  return name === null && memberCount === null ? [] : [{ audienceId, name, memberCount }];
}

function decodeRef(entry: Node): AudienceRef {
  const id = eitherText(entry, "audienceId", "id");
  if (!isUuid(id.value)) throw refuse(id, `expected a UUID, found ${describe(id.value)}`);
  const type = field(entry, "type");
  if (type.value !== "audience" && type.value !== "segment") {
    throw refuse(type, `expected "audience" or "segment", found ${describe(type.value)}`);
  }
  return { audienceId: id.value.toLowerCase(), type: type.value };
}

/** The id under whichever of two names the answer uses; both must agree when it uses both. */
function eitherText(parent: Node, first: string, second: string): Node & { readonly value: string } {
  const [a, b] = [field(parent, first), field(parent, second)];
  const chosen = a.value === undefined ? b : a;
  const value = expectText(chosen);
  if (b.value !== undefined && expectText(b).toLowerCase() !== value.toLowerCase()) {
    throw refuse(b, `${first} and ${second} differ: ${describe(a.value)} and ${describe(b.value)}`);
  }
  return { ...chosen, value };
}

function expectText(node: Node): string {
  if (typeof node.value === "string" && node.value !== "") return node.value;
  throw refuse(node, `expected a text, found ${describe(node.value)}`);
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
