import { type ChangedOptions, declareChanged } from "../../../src/commands/changed/declare-changed.ts";
import type { DeclareOptions } from "../../../src/commands/declare.ts";
import type { Cause } from "../../../src/domain/model.ts";
import { makeWorkspace, type Workspace } from "../program/cli.ts";
import { type SampleBase, sampleBase } from "./base-commit.ts";
import { campaignId } from "./bindings.ts";
import { idOf } from "./catalogue.ts";

const open: Workspace[] = [];
/** Takes away every folder that was made. */
export function removeFolders(): void {
  for (const workspace of open.splice(0)) workspace.remove();
}

type Files = Readonly<Record<string, string>>;

type Options = Partial<DeclareOptions> &
  ChangedOptions & { readonly base?: Parameters<typeof sampleBase>[2]; readonly folder?: string };

/** What differs between the files of a base and those of now, in a few words. */
export async function differ(
  before: Files,
  now: Files,
  { base: more, folder, also, ...options }: Options = {},
) {
  const workspace = makeWorkspace(now);
  open.push(workspace);
  const base = sampleBase(workspace.path, before, more);
  const cwd = folder === undefined ? workspace.path : `${workspace.path}/${folder}`;
  const root = workspace.path;
  const given = { paths: [], cwd, root, config: null, environment: null, needsEnvironment: true, ...options };
  return told(await declareChanged(given, base, also === undefined ? {} : { also }), base);
}

function told(declared: Awaited<ReturnType<typeof declareChanged>>, base: SampleBase) {
  const warnings = declared.diagnostics.map(({ code, file }) => `${code} ${file}`);
  if (declared.kind === "invalid")
    return { planned: null, because: {}, causes: {}, warnings, asked: base.asked.length };
  const { specs, causes, scope } = declared;
  const byNumber = [...causes].map(([id, each]) => [Number(id.slice(-3)), each] as const);
  return {
    planned: specs.map((spec) => Number(spec.campaignId.slice(-3))),
    scope,
    declared: scope.declared,
    because: Object.fromEntries(byNumber.map(([n, each]) => [n, filesOf(each)])),
    causes: Object.fromEntries(byNumber.map(([n, each]) => [n, each.map(causeText)])),
    warnings,
    details: declared.diagnostics.map(({ detail }) => detail),
    asked: base.asked.length,
  };
}

function filesOf(causes: readonly Cause[]): readonly string[] {
  return [...new Set(causes.map(({ file }) => file))];
}

function causeText({ file, kind, name }: Cause): string {
  return name === null ? `${file} ${kind}` : `${file} ${kind} ${name}`;
}

/** A campaign file of the n-th campaign that includes an audience, by its number or by a word. */
export function campaign(n: number, include: string | number = 1, more = ""): string {
  const word = typeof include === "number" ? `{ audienceId: ${idOf(include)}, type: segment }` : include;
  return `campaignId: ${campaignId(n)}\n${more}include:\n  - ${word}\n`;
}

/** Three campaigns. */
export const three = {
  "campaigns/a.yaml": campaign(1),
  "campaigns/b.yaml": campaign(2),
  "campaigns/c.yaml": campaign(3),
};

/** What `differ` says where nothing differs. */
export const nothing = { planned: [], because: {}, warnings: [] };
