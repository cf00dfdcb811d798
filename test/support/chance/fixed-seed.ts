import fc from "fast-check";

/** Without the seed a mutant could be noticed in one run and survive the next; fewer cases only let more survive. */
fc.configureGlobal({ seed: 20_261_124, numRuns: 30 });
