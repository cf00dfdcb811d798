import fc from "fast-check";

/** Without it a mutant could be noticed in one run and survive the next. */
fc.configureGlobal({ seed: 20_261_124 });
