import { dirname } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import rooms from "./src/rooms.json" with { type: "json" };

const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** Most mutants fall to the tests of their own file, then to the laws of their room; the laws of others come last. */
class NearestFirst extends BaseSequencer {
  override async sort(tests: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = this.ctx.config.related?.[0] ?? "";
    const own = mutated.replace("/src/", "/test/unit/").replace(/\.ts$/, "");
    const laws = mutated.replace(/\/src\/([a-z]+).*$/, "/test/laws/$1");
    const distance = ({ moduleId }: TestSpecification): number => {
      if (moduleId === `${own}.test.ts` || moduleId.startsWith(`${own}/`)) return 0;
      if (moduleId.startsWith(dirname(own))) return 1;
      if (moduleId.startsWith(laws)) return 2;
      return moduleId.includes("/test/unit/") ? 3 : 4;
    };
    return tests.toSorted((a, b) => distance(a) - distance(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** What `npm run mutation` runs against each mutant: quick tests of the core, without sockets and processes. */
export default defineConfig({
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
    // Fewer cases can only let more mutants survive.
    env: { FUZZ_CASES: "60" },
    testTimeout: 30_000,
  },
});
