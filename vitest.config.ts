import { defineConfig } from "vitest/config";

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
      include: [
        "src/diagnostics.ts",
        "src/errors.ts",
        "src/declarations/**",
        "src/plan/**",
        "src/apply/**",
        "src/render/**",
        "src/{campaign-error,interruption,newer-run,reach-rules,write-answers}.ts",
        "src/experiture/wire*.ts",
        "src/experiture/retry.ts",
        "src/github/**",
        "src/action/{combination,credentials,input-values,inputs,outputs}.ts",
      ],
      exclude: [
        "src/declarations/{files,find-files,find-project,own-file,search-folder}.ts",
        "src/github/{base-files,branch-since,changed-files,client,comments,create-once,exchange,git-file,github,identity,issues,pause,planned-earlier,plans-on,pull-requests,runner,sender,trust}.ts",
      ],
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
