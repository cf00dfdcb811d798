import { defineConfig } from "vitest/config";
import rooms from "./src/rooms.json" with { type: "json" };

const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** What `npm run mutation` runs against each mutant: quick tests of the core, without sockets and processes. */
export default defineConfig({
  test: {
    include: [
      ...pure.map(({ path }) => `test/unit/${path}/**/*.test.ts`),
      "test/unit/{commands,experiture,journal}/**/*.test.ts",
      "test/fault/pacing/polls.test.ts",
      "test/laws/{apply,declarations,experiture,plan,render,same-plan}.test.ts",
      "test/fuzz/plain-campaign.test.ts",
      "test/contract/{declaration-schemas,diagnostics,result-schemas}.test.ts",
    ],
    setupFiles: ["test/support/chance/fixed-seed.ts"],
    // One worker imports everything once a mutant; it is a new worker for each.
    isolate: false,
    // Fewer cases can only let more mutants survive.
    env: { FUZZ_CASES: "60" },
    testTimeout: 30_000,
  },
});
