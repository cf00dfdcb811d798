import { UsageError } from "../../domain/errors.ts";

/** A place in the event's payload that knows its name, so that what is missing can be named. */
export type PayloadNode = {
  at(key: string): PayloadNode;
  text(): string;
  textOrNull(): string | null;
  /** A positive whole number. */
  whole(): number;
  /** A full commit id. */
  sha(): string;
  /** Whether it is `true`; anything else is not. */
  isTrue(): boolean;
};

/** The payload as a tree to walk. Nothing is checked before it is asked for; then a UsageError names what is missing. */
export function payloadNode(value: unknown, name = ""): PayloadNode {
  const misfit = (expected: string): UsageError =>
    new UsageError(
      `The event has no ${name || "payload"} that is ${expected}.`,
      "GitHub writes the event to the file that GITHUB_EVENT_PATH names.",
    );
  const textOrNull = (): string | null => (typeof value === "string" && value !== "" ? value : null);
  return {
    at: (key) => payloadNode(childOf(value, key), name === "" ? key : `${name}.${key}`),
    textOrNull,
    text() {
      const text = textOrNull();
      if (text === null) throw misfit("text");
      return text;
    },
    whole() {
      if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) throw misfit("a number");
      return value;
    },
    isTrue: () => value === true,
    sha() {
      const text = textOrNull();
      if (text === null || !isSha(text)) throw misfit("a full commit id");
      return text;
    },
  };
}

/** Whether this is the full id of a commit, or of a blob: 40 hex digits, or 64 in a repository with SHA-256. */
export function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** A commit id as people write it. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

function childOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
