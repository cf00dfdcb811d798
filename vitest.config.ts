import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import rooms from "./src/rooms.json" with { type: "json" };
import needs from "./test/systems.json" with { type: "json" };

/** What needs no outside world is covered by tests; see CONTRIBUTING.md for the rooms. */
const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** Signals, pipes, links and a shell are not on Windows; /proc, /dev/full and a terminal of its own only on Linux. */
const others = process.platform === "win32" ? [...needs.linux, ...needs.unix] : needs.linux;

/** Where tests mostly wait, for programs and networks, and where they mostly compute; what takes longest first. */
const WAITING = ["/test/e2e/", "/test/workflow/", "/test/contract/"];
const COMPUTING = ["/test/laws/", "/test/fuzz/", "/test/fault/", "/test/"];

/** Those of each kind take turns, so that the processors are never without work, and nothing long is left for the end. */
class InTurn extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placed = await super.sort(files);
    const within = (folders: readonly string[], chosen: readonly TestSpecification[]) => {
      const turn = ({ moduleId }: TestSpecification) => folders.findIndex((part) => moduleId.includes(part));
      return chosen.filter((file) => turn(file) !== -1).toSorted((a, b) => turn(a) - turn(b));
    };
    const waiting = within(WAITING, placed);
    const computing = within(
      COMPUTING,
      placed.filter((file) => !waiting.includes(file)),
    );
    return placed.flatMap((_, turn) => [
      ...waiting.slice(turn, turn + 1),
      ...computing.slice(turn, turn + 1),
    ]);
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
    maxWorkers: 5,
    sequence: { sequencer: InTurn },
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
