import { expect, test } from "vitest";
import {
  isMissingScope,
  isRefusedAsLocked,
  isUnknownCampaign,
  unreadableReasonOf,
} from "../../../src/domain/api-codes.ts";

test.each([
  [404, "CDP_ETL.CAMPAIGNS.NOT_FOUND", "not-found"],
  [404, "http-404", "not-found"],
  [409, "CDP_ETL.CAMPAIGNS.TYPE_UNSUPPORTED", "unsupported-type"],
  [409, "CDP_ETL.CAMPAIGNS.SUMMARY_TYPE_UNSUPPORTED", "unsupported-type"],
  [409, "SUMMARY_UNAVAILABLE", "summary-unavailable"],
  [409, "SUMMARY_UNAVAILABLE.OTHER", "unreadable"],
  [400, "CDP_ETL.CAMPAIGNS.TYPE_UNSUPPORTED", "unreadable"],
  [404, "changed-since", "not-found"],
  [409, "changed-since", "unreadable"],
  [null, "changed-since", "changed-since"],
  [null, "timeout", "unreadable"],
])("a read that was refused with %s %s: %s", (status, code, reason) => {
  expect(unreadableReasonOf({ status, code })).toBe(reason);
});

test.each([
  [409, "CDP_ETL.CAMPAIGNS.NOT_DRAFT", true],
  [409, "NOT_DRAFT", true],
  [409, "NOT_DRAFT.YET", false],
  [400, "CDP_ETL.CAMPAIGNS.NOT_DRAFT", false],
])("a write that was refused with %s %s: locked is %s", (status, code, expected) => {
  expect(isRefusedAsLocked({ status, code })).toBe(expected);
});

test.each([
  [404, "CDP_ETL.CAMPAIGNS.NOT_FOUND", true],
  [404, "CDP_ETL.AUDIENCES.NOT_FOUND", false],
  [404, "CDP_ETL.CAMPAIGNS.GONE", false],
  [410, "CDP_ETL.CAMPAIGNS.NOT_FOUND", false],
])("%s %s: no such campaign is %s", (status, code, expected) => {
  expect(isUnknownCampaign({ status, code })).toBe(expected);
});

test.each([
  ["CDP_ETL.AUTH.FORBIDDEN", true],
  ["AUTH.FORBIDDEN", true],
  ["insufficient_scope", true],
  ["CDP_ETL.INSUFFICIENT_SCOPE", true],
  ["CDP_ETL.AUTH.FORBIDDEN.NOW", false],
  ["CDP_ETL.FORBIDDEN", false],
  ["X_INSUFFICIENT_SCOPE", false],
  ["INSUFFICIENT_SCOPES", false],
])("%s: a scope is missing is %s", (code, expected) => {
  expect(isMissingScope(code)).toBe(expected);
});
