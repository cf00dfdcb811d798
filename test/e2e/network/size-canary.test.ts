import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { endWorlds, ONE, propose, worldOf } from "../../support/github/action-world.ts";
import {
  answerJson,
  answerText,
  type Behaviour,
  type RawServer,
  startRawServer,
} from "../../support/network/raw-server.ts";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { campaignFile } from "../../support/program/world.ts";
import { pullRequestEvent } from "../../support/runner/events.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { summaryOf } from "../../support/samples/summary.ts";

/** Stands for a person, wherever an answer to a preview can have one. */
const CANARY = "canary";
const PERSON = { email: `${CANARY}@example.com`, [CANARY]: CANARY };
const HEADERS = {
  "x-correlation-id": CANARY,
  "content-type": CANARY,
  location: `https://${CANARY}.example.com/${CANARY}`,
  "set-cookie": CANARY,
  "x-person": CANARY,
};

const success = (data: unknown) =>
  answerJson({ success: true, data, [CANARY]: CANARY }, { headers: HEADERS });
const counted = success({
  audienceId: CANARY,
  matchCount: 77,
  isExact: true,
  fieldsUsed: [CANARY],
  sampleRecords: [PERSON],
});
const refused = (status: number, headers = {}) =>
  answerJson(
    {
      success: false,
      error: { code: CANARY, message: CANARY, details: PERSON },
      message: CANARY,
      data: PERSON,
    },
    { status, headers: { ...HEADERS, ...headers } },
  );

/** What the preview says of each audience that is added. */
const ODD: readonly string[] = [
  counted,
  success({ matchCount: 78, isExact: CANARY, sampleRecords: [PERSON] }),
  success({ matchCount: CANARY, isExact: true }),
  success({ matchCount: PERSON }),
  success(PERSON),
  success([PERSON]),
  success(CANARY),
  answerJson([PERSON], { headers: HEADERS }),
  answerText({ headers: HEADERS, body: `{"success":true,"data":{"sampleRecords":[{"email":"${CANARY}@exa` }),
  answerText({ headers: HEADERS, body: `<html><title>${CANARY}</title></html>` }),
  answerText({ headers: HEADERS, body: "" }),
  answerJson({ success: false, error: { code: CANARY, message: CANARY } }, { headers: HEADERS }),
  refused(201),
  refused(302),
  refused(400),
  refused(404),
  refused(409),
  refused(422),
  `HTTP/1.1 ${CANARY} ${CANARY}\r\n\r\n`,
];

/** Previews that end the lane. */
const LAST = {
  "no scope": refused(403),
  "a token that is refused": refused(401),
  "a rate": refused(429, { "retry-after": "9999" }),
};

const ID = campaignId(1);
const LIVE = binding([90], [91]);
const DESIRED = binding([90, ...ODD.map((_, index) => index)], [91]);

const running: { close(): Promise<void> }[] = [];
const folders: Workspace[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
  for (const folder of folders.splice(0)) folder.remove();
  await endWorlds();
});

/** Reads go well; a preview is answered with what there is for the last digits of its audience, else in one way. */
async function serve(answers: readonly string[] | string): Promise<RawServer> {
  const behave: Behaviour = ({ path }, socket) => {
    const [, kind, id = ""] = /\/(campaigns|audiences)\/([^/]+)\//.exec(path) ?? [];
    if (kind === "campaigns") return void socket.write(answerJson(summaryOf(id, LIVE)));
    socket.write(typeof answers === "string" ? answers : (answers[Number(id.slice(-4))] ?? ""));
  };
  const server = await startRawServer(behave);
  running.push(server);
  return server;
}

async function planWith(server: RawServer, flags: readonly string[]) {
  const folder = makeWorkspace({ "campaigns/one.yaml": campaignFile(ID, DESIRED) });
  folders.push(folder);
  const env = { EXPERITURE_API_URL: `${server.url}/public/v1` };
  const ran = await runHere(["plan", "--sizes", "--debug", ...flags], { cwd: folder.path, env });
  const written = readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  return { ...ran, all: [ran.stdout, ran.stderr, ...written].join("\n") };
}

describe("of a preview nothing but a count is ever seen", () => {
  test.each([
    ["text", ["-o", "plan.json"]],
    ["JSON", ["--format", "json"]],
    ["Markdown", ["--format", "markdown"]],
  ])("as %s, and with --debug", async (_, flags) => {
    const server = await serve(ODD);
    const { code, all, stderr } = await planWith(server, flags);
    expect(all).not.toMatch(/canary/i);
    expect(code).toBe(0);
    expect(stderr).toContain("17 of 19 changed audiences could not be counted");
    expect(stderr).toContain("debug: POST /public/v1/audiences/");
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(ODD.length);
  });

  test.each(Object.entries(LAST))("where %s ends it", async (_, answer) => {
    const { code, all, stderr } = await planWith(await serve(answer), ["-o", "plan.json"]);
    expect(all).not.toMatch(/canary/i);
    expect(code).toBe(0);
    expect(stderr).toContain("None of 19 changed audiences could be counted");
  });

  test("what is written is the count", async () => {
    const { json } = await planWith(await serve(ODD), ["--format", "json"]);
    const { audiences } = json() as { audiences: Record<string, { size: { count: number } | null }> };
    const sizes = Object.values(audiences).flatMap(({ size }) => size ?? []);
    expect(sizes.map(({ count, ...rest }) => [count, Object.keys(rest).sort()])).toEqual([
      [77, ["at", "isExact"]],
      [78, ["at", "isExact"]],
    ]);
  });
});

test("in the Action neither: log, comment, summary, outputs and files", async () => {
  const server = await serve(ODD);
  const world = await worldOf([ONE]);
  const number = propose(world, [{ ...ONE, id: ID, desired: DESIRED }]);
  const run = await world.step(world.github.head(number), pullRequestEvent(world.github, number), {
    "api-url": `${server.url}/public/v1`,
    sizes: "true",
  });
  expect(run.code).toBe(0);
  expect(run.log).toContain("17 of 19 changed audiences could not be counted");
  expect(run.file("plan-path")).toContain('"count": 77');
  run.assertNoSecret([CANARY]);
});
