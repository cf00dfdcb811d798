import { expect, test } from "vitest";
import { FORMATS } from "../../../src/schema/formats.ts";

const isDateTime = (text: string) => FORMATS["date-time"]?.(text);

test.each([
  "2026-01-01T00:00:00Z",
  "2026-12-31T23:59:59Z",
  "2026-11-30t08:30:00.125z",
  "2026-11-30 08:30:00Z",
  "2026-11-30T08:30:00+23:59",
  "2026-11-30T08:30:00-0330",
  "2026-11-30T08:30:00+02",
  "2024-02-29T00:00:00Z",
  "2000-02-29T00:00:00Z",
  "2026-01-31T00:00:00Z",
  "2026-04-30T00:00:00Z",
  "2016-12-31T23:59:60Z",
  "2017-01-01T01:59:60+02:00",
  "2016-12-31T15:29:60-08:30",
  "2017-01-01T00:00:60+00:01",
])("%s is a time", (text) => {
  expect(isDateTime(text)).toBe(true);
});

test.each([
  "",
  "2026-11-30",
  "2026-11-30T08:30:00",
  "2026-11-30T08:30Z",
  "2026-11-30T08:30:00.Z",
  "at 2026-11-30T08:30:00Z",
  "2026-11-30T08:30:00Z or so",
  "2026-00-10T00:00:00Z",
  "2026-13-10T00:00:00Z",
  "2026-01-00T00:00:00Z",
  "2026-01-32T00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2026-06-31T00:00:00Z",
  "2026-09-31T00:00:00Z",
  "2026-11-31T00:00:00Z",
  "2026-02-29T00:00:00Z",
  "1900-02-29T00:00:00Z",
  "2024-02-30T00:00:00Z",
  "2026-11-30T24:00:00Z",
  "2026-11-30T08:60:00Z",
  "2026-11-30T08:30:61Z",
  "2026-11-30T08:30:00+24:00",
  "2026-11-30T08:30:00+02:60",
  "2016-12-31T23:58:60Z",
  "2016-12-31T22:59:60Z",
  "2016-12-31T23:59:61Z",
  "2017-01-01T01:59:60-02:00",
  "2016-12-30T24:59:60+01:00",
  "2016-12-31T22:119:60Z",
])("%j is none", (text) => {
  expect(isDateTime(text)).toBe(false);
});

const isUri = (text: string) => FORMATS.uri?.(text);

test.each([
  "https://example.com",
  "HTTPS://example.com/a%20b?c=d#e",
  "https://[::1]:8080/v1",
  "https://a.b/c?d=e#f",
  "urn:a:b",
  "a+b.c-1:x",
  "mailto:me@example.com",
  "file:///etc",
])("%s is a URI", (text) => {
  expect(isUri(text)).toBe(true);
});

test.each([
  "",
  "example.com",
  "//a/b",
  "1a:b",
  "x:",
  "x:?q",
  "x:#f",
  "x:a#b#c",
  "https://a/[b]",
  "https://a/?[",
  "urn:[",
  "https://a b/",
  " https://a",
  "https://a\n",
  "https://a/%4",
  "https://a/%zz",
  "https://%4/",
  "https://ü.example",
  "https://a:99999/",
])("%j is no URI", (text) => {
  expect(isUri(text)).toBe(false);
});
