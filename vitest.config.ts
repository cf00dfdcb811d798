import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
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
        "src/experiture/wire.ts",
        "src/experiture/retry.ts",
      ],
      exclude: ["src/declarations/files.ts"],
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
