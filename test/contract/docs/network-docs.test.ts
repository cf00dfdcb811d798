import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { certificateWords } from "../../../src/http/certificate.ts";
import { DEFAULT_LIMITS } from "../../../src/patience/limits.ts";
import { ROOT } from "../../support/program/cli.ts";

const PAGE = readFileSync(join(ROOT, "docs/network.md"), "utf8");

test.each([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "ERR_TLS_CERT_ALTNAME_INVALID",
])("docs/network.md has the words for %s", (code) => {
  const { words, advice } = certificateWords(code) ?? { words: "none", advice: "" };
  expect(PAGE).toContain(words.replace(/^the certificate (?:is (?=signed|self))?/, ""));
  expect(advice.includes("NODE_EXTRA_CA_CERTS")).toBe(/signed/.test(words));
});

test("docs/network.md has the time limits", () => {
  const { connectMs, headersMs, callMs } = DEFAULT_LIMITS;
  expect(PAGE).toContain(
    `${connectMs / 1_000} s for a connection, ${headersMs / 1_000} s for a proxy's answer and for the beginning of the API's answer, ${callMs / 1_000} s for one request`,
  );
});
