import { dirname, join, relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestProject, type TestSpecification, type Vite } from "vitest/node";
import rooms from "./src/rooms.json" with { type: "json" };

const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** Most mutants fall to the tests of their own file, then to those of their room; the laws of others come last. */
class NearestFirst extends BaseSequencer {
  override async sort(tests: TestSpecification[]): Promise<TestSpecification[]> {
    const [mutated = ""] = this.ctx.config.related ?? [];
    const source = relative(this.ctx.config.root, mutated);
    const inRoot = (path: string) => join(this.ctx.config.root, path);
    const own = inRoot(source.replace(/^src/, "test/unit").replace(/\.ts$/, ""));
    const ofRoom = (kind: string) => inRoot(source.replace(/^src\/([a-z]+).*$/, `test/${kind}/$1`));
    const distance = ({ moduleId }: TestSpecification): number => {
      if (moduleId.startsWith(own)) return 0;
      if (moduleId.startsWith(dirname(own))) return 1;
      if (moduleId.startsWith(ofRoom("unit"))) return 2;
      if (moduleId.startsWith(ofRoom("laws"))) return 3;
      return moduleId.includes("/test/unit/") ? 4 : 5;
    };
    // Of what is set while a file loads nobody knows who uses it: its room must notice, or each would take a minute and more.
    const project = tests[0]?.project;
    const isConstant =
      project !== undefined && isOfMutant(project) && project.config.testNamePattern === undefined;
    return tests
      .filter((test) => !isConstant || distance(test) <= 3)
      .toSorted((a, b) => distance(a) - distance(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** Whether tests run for one mutant, and not to see which of them meet which. */
function isOfMutant(project: TestProject): boolean {
  return Reflect.get(project.getProvidedContext(), "mode") === "mutant";
}

/** A mutant's tests are asked for by their files, each file as often as it has tests: vitest holds every file against every one. */
const eachFileOnce: Vite.Plugin = {
  name: "each-file-once",
  configureVitest({ project }) {
    const find = project.globTestFiles.bind(project);
    project.globTestFiles = (filters) => find([...new Set(filters)]);
  },
};

/** What `npm run mutation` runs against each mutant: quick tests of the core, without sockets and processes. */
export default defineConfig({
  plugins: [eachFileOnce],
  test: {
    include: [
      ...pure.map(({ path }) => `test/unit/${path}/**/*.test.ts`),
      "test/unit/{commands,experiture,journal}/**/*.test.ts",
      "test/fault/apply/{clock-jumps,every-status,lost-answers,old-evaluation}.test.ts",
      "test/fault/pacing/**/*.test.ts",
      "test/laws/**/*.test.ts",
      "test/fuzz/plain-campaign.test.ts",
      "test/contract/{declaration-schemas,diagnostics,result-schemas}.test.ts",
    ],
    // What starts git, and what goes through hundreds of runs, takes too long for each mutant.
    exclude: [
      "test/laws/interleavings/**",
      "test/laws/{every-order,revert,schedule,shards}.test.ts",
      "test/laws/guardrails/findings.test.ts",
    ],
    setupFiles: ["test/support/chance/fixed-seed.ts"],
    sequence: { sequencer: NearestFirst },
    // One worker imports everything once a mutant; it is a new worker for each.
    isolate: false,
    runner: "./vitest.mutation.runner.ts",
    // Fewer cases, and more time for what has all mutants in it, can only let more mutants survive.
    env: { FUZZ_CASES: "60", HANG_MS: "60000" },
    testTimeout: 30_000,
  },
});
