import { readFileSync } from "node:fs";

/** What needs no outside world is mutated: the same rooms that coverage looks at. */
const rooms = JSON.parse(readFileSync(new URL("src/rooms.json", import.meta.url), "utf8"));
const pure = rooms.filter(({ kind, path }) => kind === "pure" && path !== "generated");

export default {
  testRunner: "vitest",
  vitest: {
    configFile: "vitest.mutation.config.ts",
  },
  coverageAnalysis: "perTest",
  mutate: pure.map(({ path }) => `src/${path}/**/*.ts`),
  ignorePatterns: [".cache", "coverage", "dist", "bench"],
  tsconfigFile: "none",
  tempDirName: ".cache/mutation/sandbox",
  incremental: true,
  incrementalFile: ".cache/mutation/incremental.json",
  reporters: ["clear-text", "html", "progress"],
  htmlReporter: {
    fileName: ".cache/mutation/report.html",
  },
  clearTextReporter: {
    logTests: false,
    reportTests: false,
  },
  thresholds: {
    high: 95,
    low: 90,
    break: 90,
  },
  concurrency: 2,
};
