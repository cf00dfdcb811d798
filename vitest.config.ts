import { defineConfig } from "vitest/config";
import rooms from "./src/rooms.json" with { type: "json" };

/** What needs no outside world is covered by tests; see CONTRIBUTING.md for the rooms. */
const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Far over what any takes, since a busy machine is four times as slow; what hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait for a process or a socket, so more of them fit than there are cores.
    maxWorkers: 4,
    // What the files import is loaded once for each worker: a third less to do.
    isolate: false,
    coverage: {
      provider: "v8",
      reporter: ["text-summary", "json-summary"],
      include: pure.map(({ path }) => `src/${path}/**`),
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
