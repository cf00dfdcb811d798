import { defineConfig } from "vitest/config";
import rooms from "./src/rooms.json" with { type: "json" };
import needs from "./test/systems.json" with { type: "json" };

/** What needs no outside world is covered by tests; see CONTRIBUTING.md for the rooms. */
const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** Signals, pipes, links and a shell are not on Windows; /proc, /dev/full and a terminal of its own only on Linux. */
const others = process.platform === "win32" ? [...needs.linux, ...needs.unix] : needs.linux;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.platform === "linux" ? [] : others,
    // Far over what any takes, since a busy machine is four times as slow; what hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait for a process or a socket, so more of them fit than there are cores.
    maxWorkers: 6,
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
