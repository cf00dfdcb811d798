import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import rooms from "./src/rooms.json" with { type: "json" };
import needs from "./test/systems.json" with { type: "json" };

/** What needs no outside world is covered by tests; see CONTRIBUTING.md for the rooms. */
const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** Signals, pipes, links and a shell are not on Windows; /proc, /dev/full and a terminal of its own only on Linux. */
const others = process.platform === "win32" ? [...needs.linux, ...needs.unix] : needs.linux;

/** What takes longest begins first, so that at the end nothing is left to wait for: what runs programs and git. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const folders = ["/test/e2e/", "/test/laws/", "/test/workflow/", "/test/contract/", "/test/"];
    const turn = ({ moduleId }: TestSpecification) =>
      folders.findIndex((folder) => moduleId.includes(folder));
    return (await super.sort(files)).toSorted((a, b) => turn(a) - turn(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.platform === "linux" ? [] : others,
    setupFiles: ["test/support/chance/fixed-seed.ts"],
    // Far over what any takes, since a busy machine is four times as slow; what hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait for a process or a socket, so more of them fit than there are cores.
    maxWorkers: 6,
    sequence: { sequencer: LongestFirst },
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
