/** What can go wrong between a client and the API. `status` answers with that HTTP status; see docs/sandbox.md. */
export type InjectedFault = FaultKind & {
  /** From 0 to 1. */
  readonly probability: number;
};

type FaultKind = { readonly kind: "status"; readonly status: number } | { readonly kind: NamedFault };

const NAMED = ["reset", "hang", "lost-answer", "bad-json", "html", "truncate"] as const;

type NamedFault = (typeof NAMED)[number];

/** Reads `503:0.2` or `reset`; the probability is 1 when left out. Answers with what is wrong, if anything is. */
export function parseFault(text: string): InjectedFault | string {
  const [name = "", given, ...rest] = text.split(":");
  const kind = faultKind(name);
  if (kind === null || rest.length > 0) {
    return `"${text}" is not a fault. Write a status from 400 to 599 or one of ${NAMED.join(", ")}, then, if you like, a colon and a probability: 503:0.2.`;
  }
  const probability = given === undefined ? 1 : Number(given);
  if (given === "" || !(probability >= 0 && probability <= 1)) {
    return `"${given}" in "${text}" is not a probability. Write a number from 0 to 1.`;
  }
  return { ...kind, probability };
}

function faultKind(name: string): FaultKind | null {
  if (/^[45]\d\d$/.test(name)) return { kind: "status", status: Number(name) };
  const named = NAMED.find((known) => known === name);
  return named === undefined ? null : { kind: named };
}

/** The fault that strikes a request, if any. */
export type FaultPicker = (method: string, path: string) => InjectedFault | null;

/**
 * Decides by seed, method, path and how often that path was asked for, not by the order in which requests arrive:
 * so a run with many requests at once meets the same faults each time. A lost answer strikes only a PUT.
 */
export function createFaultPicker(faults: readonly InjectedFault[], seed: number): FaultPicker {
  const counts = new Map<string, number>();
  return (method, path) => {
    const request = `${method} ${path}`;
    const count = (counts.get(request) ?? 0) + 1;
    counts.set(request, count);
    const strikes = (fault: InjectedFault, index: number) =>
      (fault.kind !== "lost-answer" || method === "PUT") &&
      chance(`${seed} ${index} ${count} ${request}`) < fault.probability;
    return faults.find(strikes) ?? null;
  };
}

/** A number from 0 (included) to 1 (excluded) that depends on the text only: FNV-1a, then MurmurHash3's last mix. */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
