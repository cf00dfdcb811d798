const MARK = "[secret]";

/** Shorter strings cannot be told from ordinary words, and no real secret is so short. */
const SHORTEST = 8;

/** Knows the secrets of a run and takes them out of whatever the server says. */
export type Secrets = {
  /** Remembers a secret; may be called again as tokens are renewed. */
  add(secret: string): void;
  /** The text with every known secret replaced. */
  redact(text: string): string;
};

/**
 * A server may echo the request in its error page; nothing of it may reach an output.
 *
 * @param tell is told each secret that is learned, before it is used.
 */
export function createSecrets(first: readonly string[], tell: (secret: string) => void = () => {}): Secrets {
  const known = new Set<string>();
  const add = (secret: string): void => {
    for (const form of writtenForms(secret)) if (form.length >= SHORTEST) known.add(form);
  };
  first.forEach(add);
  return {
    add(secret) {
      tell(secret);
      add(secret);
    },
    redact(text) {
      let clean = text;
      for (const secret of known) if (clean.includes(secret)) clean = clean.replaceAll(secret, MARK);
      return clean;
    },
  };
}

/** As it is, as a URL or a form carries it, and as JSON may write it. */
function writtenForms(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  return [secret, encoded, encoded.replaceAll("%20", "+"), secret.replaceAll("/", "\\/")];
}
