import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../program/cli.ts";

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
};
type Jobs = Readonly<
  Record<
    string,
    {
      readonly steps: readonly Step[];
      readonly strategy?: { readonly matrix: { readonly include?: readonly Row[] } };
    }
  >
>;

/** One row of a matrix. */
export type Row = Readonly<Record<string, string>>;

/** What an example workflow says: the commands that it runs itself, its matrix, and the inputs of the Action in a row. */
export type ExampleWorkflow = {
  readonly commands: readonly string[];
  /** Of a matrix that stands in the file. */
  readonly rows: readonly Row[];
  /** Without those that come from secrets and variables, which a test has of its own. */
  inputsIn(row: Row): Readonly<Record<string, string>>;
};

/** Reads one of `examples/workflows/`. */
export function exampleWorkflow(file: string): ExampleWorkflow {
  const text = readFileSync(join(ROOT, "examples/workflows", file), "utf8");
  const jobs = Object.values((parse(text) as { readonly jobs: Jobs }).jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const ours = steps.find(({ uses }) => uses?.startsWith("your-org/campaignctl@"))?.with ?? {};
  return {
    commands: steps.flatMap(({ run }) => run ?? []),
    rows: jobs.flatMap(({ strategy }) => strategy?.matrix.include ?? []),
    inputsIn(row) {
      const filled = Object.entries(ours).map(
        ([name, value]) =>
          [name, value.replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_, key: string) => row[key] ?? "")] as const,
      );
      return Object.fromEntries(filled.filter(([, value]) => !/\$\{\{/.test(value)));
    },
  };
}
