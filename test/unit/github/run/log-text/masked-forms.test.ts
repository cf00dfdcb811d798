import { expect, test } from "vitest";
import { maskedForms } from "../../../../../src/github/run/log-text.ts";

test("a plain secret is hidden as it is and in Base64, with and without padding", () => {
  expect(maskedForms(" s3cret-value ")).toEqual(["s3cret-value", "czNjcmV0LXZhbHVl"]);
  expect(maskedForms("id:secret")).toContain(Buffer.from("id:secret").toString("base64"));
  expect(maskedForms("four")).toEqual(expect.arrayContaining(["Zm91cg==", "Zm91cg"]));
});

test("one with odd characters also as a URL, a form, JSON and URL-safe Base64 carry it", () => {
  const forms = maskedForms('a b/"+!\u00FF?>');
  expect(forms).toEqual(
    expect.arrayContaining([
      "a%20b%2F%22%2B!%C3%BF%3F%3E",
      "a+b%2F%22%2B%21%C3%BF%3F%3E",
      'a b/\\"+!\u00FF?>',
      "a+b%2F%22%2B!%C3%BF%3F%3E",
      Buffer.from('a b/"+!\u00FF?>').toString("base64url"),
    ]),
  );
});

test("one of several lines is hidden line by line too", () => {
  expect(maskedForms("-----BEGIN-----\r\nline-two\n")).toEqual(
    expect.arrayContaining(["-----BEGIN-----\r\nline-two", "-----BEGIN-----", "line-two"]),
  );
  expect(maskedForms("one\n\n  two")).toEqual(expect.arrayContaining(["one", "two"]));
  expect(maskedForms("one\n\n  two")).not.toContain("");
});

test("nothing has no form, and half a character is no reason to fail", () => {
  expect([maskedForms(""), maskedForms(" \n")]).toEqual([[], []]);
  expect(maskedForms("\uD800x")).toContain("\uD800x");
});
