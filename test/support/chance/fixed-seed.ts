import fc from "fast-check";

const { FUZZ_SEED = "20261124", FUZZ_CASES } = process.env;

/**
 * For the properties that name no seed or number themselves. Each run of `npm test` plays the same cases: it fails for what
 * was changed, and again when it is run again. A mutant too is noticed in every run or in none. `npm run fuzz` plays others.
 */
fc.configureGlobal({
  seed: Number(FUZZ_SEED),
  ...(FUZZ_CASES === undefined ? {} : { numRuns: Math.max(30, Math.round(Number(FUZZ_CASES) / 200)) }),
});
