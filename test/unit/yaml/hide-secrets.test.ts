import { describe, expect, it } from "vitest";
import { loadCampaigns } from "../../../src/declarations/load.ts";
import { loadProject } from "../../../src/declarations/project.ts";
import { type DiagnosticCode, makeDiagnostic } from "../../../src/domain/diagnostics.ts";
import { hideSecrets, NAMES_KEYS_ONLY } from "../../../src/yaml/hide-secrets.ts";
import { CAMPAIGN, file, INCLUDE, place, VALID } from "../../support/samples/declarations.ts";

const CANARY = "canary-9f8e7d6c";

/** Everything that is told of a project file and of a campaign file with this content, as it would be printed. */
function toldOf(text: string, secrets: readonly string[] = []) {
  const source = { ...file("a.yaml", text), secrets };
  const loaded = loadCampaigns([source], { environment: null, needsEnvironment: true });
  const diagnostics = [...loadProject(source).diagnostics, ...loaded.diagnostics];
  expect(diagnostics.length).toBeGreaterThan(0);
  return { diagnostics, printed: JSON.stringify(diagnostics) };
}

const ofKey = (key: string): [string, string] => [`the key ${key}`, `version: 1\n${key}: ${CANARY}\n`];
const ofStart = (start: string): [string, string] => [
  `a start ${start}`,
  `version: 1\nx: ${start}${CANARY}\n`,
];

describe("what looks like a secret is never shown", () => {
  it.each([
    ["an unknown key", `version: 1\ntoken: ${CANARY}\n`],
    ["a key with the word in it", `version: 1\nclientSecret: ${CANARY}\n`],
    ["a key in snake case", `version: 1\nEXPERITURE_API_KEY: ${CANARY}\n`],
    ["a key in quotes", `{"version": 1, "api-key": "${CANARY}"}`],
    ["a second key of a line", `version: 1\nenvironments: { p: { apiUrl: x, password: ${CANARY} } }\n`],
    ["a line that is no YAML", `version: 1\ntoken: "${CANARY}\n`],
    ["a line of a shell", `version: 1\nexport EXPERITURE_TOKEN=${CANARY}\n`],
    ["a value below its key", `version: 1\ntoken:\n  ${CANARY}: [\n`],
    ["a list below its key", `version: 1\nsecrets:\n- 1\n- *${CANARY}\n`],
    ["a value further below", `version: 1\nsecret:\n  a: 1\n  b:\n    c: &${CANARY} x\n`],
    ["a value that goes on at the margin", `version: 1\ntoken: "a\n${CANARY}: [\n`],
    ["a list that goes on at the margin", `version: 1\ntoken: [\n${CANARY}]\n`],
    ["a value of the wrong kind", `${VALID}labels:\n  password: [${CANARY}]\n`],
    [
      "a value that its detail would quote",
      `${VALID}labels: { key: 12${CANARY.length}345678901234567890 }\n`,
    ],
    ["a duplicate", `${VALID}labels: { token: ${CANARY}, token: ${CANARY} }\n`],
    ["a token by its looks", `version: 1\ntokn: eyJhbGciOiJIUzI1NiIsInR5.${CANARY}\n`],
    ["a header", `version: 1\nheader: Bearer abcdefgh${CANARY}\n`],
    ["a word without its colon", `version: 1\ntoken ${CANARY}\n`],
    ["a word in a key with more behind it", `version: 1\n"token (${CANARY})": 1\n`],
    ["a key of two words", `version: 1\ntoken ${CANARY}: 1\n`],
    ["a duplicate of two words", `${VALID}"token ${CANARY}": 1\n"token ${CANARY}": 1\n`],
    ["a key with a sign in it", `version: 1\ntoken=${CANARY}: 1\n`],
    ["a flag", `version: 1\nrun: [plan --token ${CANARY}]\n`],
    ["a signature in a URL", `version: 1\nlink: https://example.com/a?sig=${CANARY}\n`],
    ["a value as one", `version: 1\nsk-${CANARY}: 1\n`],
    ...["secretkey", "signingkey", "encryptionkey", "accountkey", "keyfile", "pass", "passwort"].map(ofKey),
    ...["auth", "bearer", "jwt", "token (prod)", "APIKEY"].map(ofKey),
    ...["sk-", "sk_live_", "AKIA12345678", "xoxb-12", "glpat-"].map(ofStart),
    ...["ghp_0123456789abcdef", "github_pat_0123456789abcdef", "-----BEGIN "].map(ofStart),
    ["a password in a URL", `campaignId: https://me:${CANARY}@example.com\n${INCLUDE}`],
  ])("%s", (_, text) => {
    const { printed } = toldOf(text);
    expect(printed).not.toContain(CANARY);
    expect(printed).not.toContain("345678901234567890");
  });

  it.each([
    ["as a value", `campaignId: ${CANARY}\n${INCLUDE}`],
    ["as a key", `${VALID}${CANARY}: 1\n`],
    ["in the middle of a text", `${VALID}name: [x ${CANARY}]\n`],
    ["in a long line that is cut", `${VALID}nme: ${"x".repeat(90)}${CANARY}${"x".repeat(300)}\n`],
    ["in the second line of a value", `campaignId:\n  one\n  ${CANARY}\n${INCLUDE}`],
    ["in a pattern that leads out", `version: 1\ncampaigns: [../${CANARY}]\n`],
  ])("the token of this run, %s", (_, text) => {
    expect(toldOf(text, [CANARY]).printed).not.toContain(CANARY);
    expect(toldOf(text, ["another"]).printed).toContain(CANARY);
  });

  it("the place and the kind of mistake stay, and what to do is said", () => {
    const { diagnostics } = toldOf(`version: 1\ntoken: ${CANARY}\n`);
    expect(diagnostics.slice(0, 1).map(place)).toEqual(["unknown-key 2:1"]);
    expect(diagnostics[0]?.excerpt).toBeNull();
    expect(diagnostics[0]?.detail).toBe(
      'There is no key "token" here. Known keys: version, campaigns, audiences, requireOwners, distinctAudiences, environments, unknownExcludes, guardrails, waivers, privacy. The line is not shown, since it looks like a secret.',
    );
    const [holding] = toldOf(`campaignId: ${CANARY}\n${INCLUDE}`, [CANARY]).diagnostics.slice(-1);
    expect(holding?.detail).toBe(
      "This line holds the token or the client secret of this run, so nothing of it is shown. Delete it: secrets come from the environment only.",
    );
    const [looking] = toldOf(`version: 1\nheader: Bearer ${CANARY}\n`).diagnostics;
    expect(looking?.detail).toBe(
      'There is no key "header" here. Known keys: version, campaigns, audiences, requireOwners, distinctAudiences, environments, unknownExcludes, guardrails, waivers, privacy. The line is not shown, since it looks like a secret.',
    );
    const [quoting] = toldOf(`version: 1\ntoken ${CANARY}: 1\n`).diagnostics;
    expect(quoting?.detail).toBe(
      "This line looks like a secret, so nothing of it is shown. If it is one, delete it, and replace it where others could read this file: secrets come from the environment only. If not, look at the line.",
    );
  });

  it("of two files that declare one campaign too", () => {
    const source = file("a.yaml", `campaignId: { key: ${CAMPAIGN} }\n${INCLUDE}`);
    const other = { ...source, file: "b.yaml" };
    const { diagnostics } = loadCampaigns([source, other], { environment: null, needsEnvironment: false });
    expect(diagnostics.map(({ excerpt, detail }) => [excerpt, detail.slice(0, 9)])).toEqual([
      [null, "This line"],
      [null, "This line"],
    ]);
  });
});

it("a mistake beside one is shown, and so is one of the whole file", () => {
  const { diagnostics } = toldOf(`labels:\n  key: spring\n  nme: [1]\nowner: ${CANARY}\n`, [CANARY]);
  const shown = diagnostics.map(({ code, excerpt }) => [code, excerpt?.text]);
  expect(shown).toContainEqual(["missing-key", "labels:"]);
  expect(shown).toContainEqual(["wrong-type", "  nme: [1]"]);
});

it.each([
  "author: a",
  "campaignIdd: a",
  "audienceId: { a: b }",
  "name: [Design of the flask-summer-2026 mailing]",
  "broken: [https://example.com/@home]",
  "name: [eyJabc, ghp_short, github_pat_x, glpat-abc, xoxb-1, AKIA12, sk-abc]",
])("an ordinary line is shown (%s)", (line) => {
  const { diagnostics } = toldOf(`${VALID}${line}\n`);
  expect(diagnostics.at(-1)?.excerpt?.text).toBe(line);
});

describe("hideSecrets", () => {
  const made = (detail: string, code: DiagnosticCode = "unknown-key") =>
    makeDiagnostic(code, { detail, file: "a.yaml", excerpt: { text: "x", column: 1, length: 1 } });
  const LOOKS_SECRET = /^This line looks like a secret, so nothing of it is shown\./;
  const NOT_SHOWN = "The line is not shown, since it looks like a secret.";

  it("leaves alone what is of no secret", () => {
    const diagnostic = made("d");
    expect(hideSecrets(diagnostic, { marked: ["name: x@y"], near: ["name: x@y", "//"] }, ["other"])).toBe(
      diagnostic,
    );
  });

  it("looks for a secret of this run in the lines that are shown, for its looks also around them", () => {
    const diagnostic = made("d");
    const lines = { marked: ["a"], near: [CANARY] };
    expect(hideSecrets(diagnostic, lines, [CANARY])).toBe(diagnostic);
    const around = hideSecrets(diagnostic, { marked: ["a"], near: ["a", "token:"] }, []);
    expect(around).toMatchObject({ excerpt: null, detail: `d ${NOT_SHOWN}` });
    const whole = hideSecrets(diagnostic, { marked: ["a", `b ${CANARY} c`], near: [] }, ["x", CANARY]);
    expect(whole.excerpt).toBeNull();
    expect(whole.detail).toMatch(/^This line holds the token or the client secret of this run/);
  });

  it.each([
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
  ] as const)("says of %s what is said of keys", (code) => {
    expect(NAMES_KEYS_ONLY.has(code)).toBe(true);
    const { detail } = hideSecrets(made('No "a.b_c-1", no "d".', code), { marked: [], near: ["key"] }, []);
    expect(detail).toBe(`No "a.b_c-1", no "d". ${NOT_SHOWN}`);
  });

  it.each([
    ["a value", made('It is "abc".', "invalid-value")],
    ["a key of two words", made('No "a b".')],
    ["one key of two words among others", made('No "a", no "b c", no "d".')],
    ["a quoted quote", made(String.raw`No "a\"b".`)],
    ["no key at all", made('No "".')],
    ["what looks like a token", made('No "sk-12345678".')],
  ])("keeps back a detail that names %s", (_, diagnostic) => {
    const { detail, excerpt } = hideSecrets(diagnostic, { marked: [], near: ["key"] }, []);
    expect(detail).toMatch(LOOKS_SECRET);
    expect(excerpt).toBeNull();
  });

  it("takes the name and the password out of each address in a detail", () => {
    const line = "a: https://me:word@a.example";
    const diagnostic = made("https://me:word@a.example, https://you@b.example and //c d@e", "invalid-value");
    expect(hideSecrets(diagnostic, { marked: [line], near: ["x", line] }, [])).toMatchObject({
      excerpt: null,
      detail: "https://…@a.example, https://…@b.example and //c d@e",
    });
  });

  it.each([
    ["eyJ0123456789abcdef", "eyJ0123456789abcde"],
    ["gho_0123456789abcdef", "gho_0123456789abcde"],
    ["ghu_0123456789abcdef", "gha_0123456789abcdef"],
    ["github_pat_0123456789abcdef", "github_pat_0123456789abcde"],
    ["glpat-0123456-", "glpat-0123456"],
    ["xoxp-0123", "xoxp-012"],
    ["ASIA0123ABCD", "ASIA0123ABC"],
    ["pk_0123456-", "pk_0123456"],
    ["rk-01234567", "ask-01234567"],
    ["-----BEGIN RSA", "----BEGIN RSA"],
    ["?sig=1", "sig=1"],
    ["&signature=1", "&sign=1"],
    ["auth: x", "author: x"],
    ["authority: x", "authors: x"],
    ["PWD: x", "wd: x"],
    ["Credentials", "credit"],
  ])("takes %j for a secret, and %j for none", (secret, none) => {
    const excerptOf = (line: string) => hideSecrets(made("d"), { marked: [line], near: [line] }, []).excerpt;
    expect(excerptOf(`x ${secret}`)).toBeNull();
    expect(excerptOf(`x ${none}`)).not.toBeNull();
  });
});
