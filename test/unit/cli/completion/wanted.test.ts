import { describe, expect, test } from "vitest";
import { wantedAt } from "../../../../src/cli/completion/wanted.ts";
import { buildProgram } from "../../../../src/cli/program.ts";

const PROGRAM = buildProgram(async () => undefined);
const at = (line: string) => wantedAt(line.split(" "), PROGRAM);
/** The words for a line, or the source that has them. */
const from = (line: string) => {
  const { from: found } = at(line);
  return typeof found === "string" ? found : found.map(({ word }) => word);
};

/** Values that nobody can know beforehand, as help calls them. */
const FREE = [
  ...[
    "burst",
    "campaign-ids",
    "changed-since",
    "expect-digest",
    "fault",
    "fault-seed",
    "latency",
    "max-duration",
  ],
  ...[
    "max-plan-age",
    "parallelism",
    "port",
    "rate",
    "reach-delay",
    "shard",
    "status",
    "api-url",
    "wait-timeout",
  ],
];

describe("wantedAt", () => {
  test("knows every command and every flag that there is, since it asks the program itself", () => {
    expect(from("")).toEqual(PROGRAM.commands.map((command) => command.name()));
    for (const command of PROGRAM.commands) {
      const flags = command.options.map(({ long, short }) => long ?? short);
      expect(from(`${command.name()} -`)).toEqual([...flags, "--help"]);
    }
  });

  test("has words for every value, or a person has decided that nobody knows any", () => {
    const nothing = PROGRAM.commands.flatMap((command) => [
      ...command.options
        .filter(
          ({ required, long, short }) => required && from(`${command.name()} ${long ?? short} `).length === 0,
        )
        .map(({ long }) => long?.slice(2) ?? ""),
      ...command.registeredArguments
        .filter(() => from(`${command.name()} `).length === 0)
        .map((argument) => argument.name()),
    ]);
    expect([...new Set(nothing)].sort()).toEqual([...FREE].sort());
  });

  test.each([
    ["plan ", "campaigns"],
    ["plan a.yaml b", "campaigns"],
    ["plan -q --json ", "campaigns"],
    ["plan --environment ", "environments"],
    ["plan -qC ", "folders"],
    ["plan --out ", "files"],
    ["apply --allow ", "rules"],
    ["who-uses ", "audiences"],
    ["who-uses vip ", []],
    ["--environment staging who-uses ", "audiences"],
    ["plan -- -", "campaigns"],
    ["plan --out=", "files"],
    ["plan --quiet=", []],
    ["completion ", ["bash", "zsh", "fish"]],
    ["nonsense ", from("")],
  ])("%j: %j", (line, wanted) => {
    expect(from(line)).toEqual(wanted);
  });

  test("tells what is begun, and where to look", () => {
    expect(at("plan --config=a.yaml -C sub --environment=st")).toMatchObject({
      before: "--environment=",
      begun: "st",
      given: new Map([
        ["config", "a.yaml"],
        ["C", "sub"],
      ]),
    });
  });
});
