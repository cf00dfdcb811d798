/** One token. The object is its identity: an endpoint may give the same text twice. */
export type Token = { readonly value: string };

/** What there is to send: a token, none yet (its maker says when to ask again), or the answer for everybody. */
type Supply =
  | { readonly kind: "token"; readonly token: Token }
  | { readonly kind: "none-yet" }
  | { readonly kind: "failed"; readonly error: unknown };

/** Where a run's tokens come from. Knows their time; what the API says of a token is not its business. */
export type TokenSource = {
  readonly renewable: boolean;
  /** What somebody who wants to send gets now. Begins a renewal where one is due. */
  supply(): Supply;
  /** The latest token; null while there is none. Begins nothing. */
  latest(): Token | null;
  /** Forgets a token, so that the next `supply` is of another one. */
  drop(token: Token): void;
};

/** A ready token: the only one there is. */
export function createReadySource(value: string): TokenSource {
  const token: Token = { value };
  return {
    renewable: false,
    supply: () => ({ kind: "token", token }),
    latest: () => token,
    drop: () => {},
  };
}
