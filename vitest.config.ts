import { existsSync, readFileSync, statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import rooms from "./src/rooms.json" with { type: "json" };
import needs from "./test/systems.json" with { type: "json" };

/** What needs no outside world is covered by tests; see CONTRIBUTING.md for the rooms. */
const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

/** Signals, pipes, links and a shell are not on Windows; /proc, /dev/full and a terminal of its own only on Linux. */
const others = process.platform === "win32" ? [...needs.linux, ...needs.unix] : needs.linux;

/** Tests that mostly wait, for programs and networks; that compute for long; and all others. What takes longest stands first. */
const KINDS = [
  ["/test/e2e/ended/", "/test/contract/", "/test/workflow/", "/test/e2e/action/", "/test/e2e/"],
  ["/test/laws/", "/test/fuzz/", "/test/fault/"],
  ["/test/"],
];

/** Each kind is spread over the whole run, so that the processors always have work, and nothing long is left for the end. */
class Spread extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const left = new Set(await super.sort(files));
    const take = (folder: string) => {
      const taken = [...left].filter(({ moduleId }) => moduleId.includes(folder));
      for (const file of taken) left.delete(file);
      return taken;
    };
    return KINDS.map((folders) => folders.flatMap(take))
      .flatMap((kind) => kind.map((file, index) => ({ file, at: index / kind.length })))
      .toSorted((a, b) => a.at - b.at)
      .map(({ file }) => file);
  }
}

/** A folder that is in memory, and the room it must have there, in bytes. */
const MEMORY = { folder: "/dev/shm", least: 2 ** 30 };

/** Where tests keep their files: thousands are made and removed, which costs a disk many times what it costs memory. */
function temporary(): { readonly TMPDIR?: string } {
  const { folder, least } = MEMORY;
  if (process.env.TMPDIR !== undefined || !existsSync("/proc/mounts")) return {};
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  const mount = mounts.findLast((line) => line.split(" ")[1] === folder) ?? "";
  // Some tests run programs that they put there.
  if (!/ tmpfs rw\b(?!\S*\bnoexec\b)/.test(mount)) return {};
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < least ? {} : { TMPDIR: folder };
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.platform === "linux" ? [] : others,
    env: temporary(),
    setupFiles: ["test/support/chance/fixed-seed.ts"],
    // Far over what any takes, since a busy machine is four times as slow; what hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait for a process or a socket, so more of them fit than there are cores.
    maxWorkers: 5,
    sequence: { sequencer: Spread },
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
