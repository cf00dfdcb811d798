/** One case of the catalogue. `waiting` says why it has no test yet. */
type Case = {
  readonly number: number;
  readonly group: string;
  readonly what: string;
  readonly note?: string;
  readonly waiting?: string;
};

/** What one test says about one case. `file` is below test/. */
type Proof = { readonly number: number; readonly file: string; readonly behaviour: string };

/** Every case there is, in order. */
export declare function readCatalogue(): readonly Case[];

/** What the tests say happens: one entry for each test and case. */
export declare function readProofs(): readonly Proof[];

/** What is wrong between catalogue and tests: cases without a test, tests of cases that do not exist. */
export declare function catalogueErrors(
  catalogue: readonly Case[],
  proofs: readonly Proof[],
): readonly string[];
