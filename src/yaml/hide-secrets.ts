import type { Diagnostic } from "../domain/model.ts";

/** The lines that a diagnostic points at, and what stands near it, on them and on those above that they belong to. */
export type ShownLines = { readonly marked: readonly string[]; readonly near: readonly string[] };

/**
 * Keeps a line that looks like a secret out of a diagnostic, and so out of every log, annotation and comment: a word in
 * it says so, it holds a secret of this run, or a URL in it has a password. What it says of the value goes too.
 */
export function hideSecrets(
  diagnostic: Diagnostic,
  { marked, near }: ShownLines,
  secrets: readonly string[],
): Diagnostic {
  const hidden = { ...diagnostic, excerpt: null };
  if (marked.some((line) => secrets.some((secret) => line.includes(secret)))) {
    return { ...hidden, detail: HOLDS_SECRET };
  }
  if (near.some((line) => TOKEN.test(line) || SECRET_WORD.test(line))) {
    const { code, detail } = diagnostic;
    return { ...hidden, detail: namesPlainKeys(code, detail) ? `${detail} ${NOT_SHOWN}` : LOOKS_SECRET };
  }
  if (!near.some((line) => USER_INFO.test(line))) return diagnostic;
  return { ...hidden, detail: diagnostic.detail.replace(ALL_USER_INFO, "$1…@") };
}

/** A secret may stand behind it in any way: without a colon, after a dash, in an address. An author is none. */
const SECRET_WORD = /token|secret|pass|credential|key|pwd|auth(?!ors?\b)|bearer|jwt|[?&]sig(?:nature)?=/i;

/** Whether a detail quotes keys of one word only, as nobody's secret is written behind another word. */
function namesPlainKeys(code: string, detail: string): boolean {
  const quoted = detail.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return NAMES_KEYS_ONLY.has(code) && !TOKEN.test(detail) && quoted.every((key) => /^"[\w.-]+"$/.test(key));
}

const HOLDS_SECRET =
  "This line holds the token or the client secret of this run, so nothing of it is shown. Delete it: secrets come from " +
  "the environment only.";
const LOOKS_SECRET =
  "This line looks like a secret, so nothing of it is shown. If it is one, delete it, and replace it where others could " +
  "read this file: secrets come from the environment only. If not, look at the line.";
const NOT_SHOWN = "The line is not shown, since it looks like a secret.";

/** Diagnostics whose detail names keys, or names of the catalogue, and never what they hold. */
export const NAMES_KEYS_ONLY: ReadonlySet<string> = new Set([
  "unknown-key",
  "missing-key",
  "duplicate-key",
  "unknown-name",
  "repeated-name",
  "repeated-audience",
  "group-cycle",
  "two-names",
  "type-differs",
  "audience-without-id",
  "unused-name",
  "without-owner",
]);

const USER_INFO = /\/\/[^/\s"'@]+@/;
const ALL_USER_INFO = /(\/\/)[^/\s"'@]+@/g;

/** How tokens of many makers begin: JSON Web Tokens, those of GitHub, GitLab, Slack, Amazon and Stripe, a private key. */
const TOKEN =
  /\beyJ[\w-]{16}|\bgh[opsru]_\w{16}|\bgithub_pat_\w{16}|\bglpat-[\w-]{8}|\bxox[a-z]-\w{4}|\bA[KS]IA[A-Z\d]{8}|\b[prs]k[-_][\w-]{8}|-----BEGIN /;
