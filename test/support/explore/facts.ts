import type { SetName, Version } from "./world.ts";

/** What is true of one run, whatever it knows: the laws are about these. Times are the clock's milliseconds. */
export type Facts = {
  /** Writes that went out, but for those whose answer asked to come again. */
  writes: number;
  /** Writes that went out and that no answer has refused: they took effect, or may have, or may yet. */
  open: number;
  hasSent: boolean;
  /** Writes that took effect. */
  effects: number;
  /** Whether somebody else changed the campaign since then; see {@link beginRecord}. */
  isChangedByOthers: boolean;
  /** Whether live was as declared at some moment since then, and whether a later look showed it. */
  wasDeclared: boolean;
  isShown: boolean;
  /** Whether an evaluation of the declared audiences came to its end since then. */
  isEvaluated: boolean;
  /** The last look since the last write that may have taken effect. */
  look: Look | null;
  lastShown: Version | null;
  /** Whether any look showed it as declared. */
  wasSeen: boolean;
  signalledAt: number | null;
  /** Whether a request took so long that a timer went off. */
  isHeldUp: boolean;
};

type Look = { readonly set: SetName; readonly status: Version["status"]; readonly answeredAt: number };

export const noFacts = (): Facts => ({
  writes: 0,
  open: 0,
  hasSent: false,
  effects: 0,
  isChangedByOthers: false,
  wasDeclared: false,
  isShown: false,
  isEvaluated: false,
  look: null,
  lastShown: null,
  wasSeen: false,
  signalledAt: null,
  isHeldUp: false,
});

/**
 * From here on it counts what becomes of the campaign: the first write goes out. Where looks may lag it is the look right
 * before it: an edit since then and the write look the same to whoever sees only an older copy of what followed.
 */
export function beginRecord(facts: Facts, declared: SetName, live: Version): void {
  facts.isChangedByOthers = false;
  facts.wasDeclared = false;
  facts.isEvaluated = false;
  noteLive(facts, declared, live);
}

/** A look meets the campaign: as it is, or on a copy that is older. */
export function noteMet(facts: Facts, declared: SetName, shown: Version, live: Version): void {
  if (facts.hasSent) return;
  beginRecord(facts, declared, live);
  facts.isChangedByOthers = shown.number < live.number;
}

/** Adds what follows from the campaign as it is after a change. */
export function noteLive(facts: Facts, declared: SetName, live: Version): void {
  if (live.set !== declared) return;
  facts.wasDeclared = true;
  if (live.isEvaluated) facts.isEvaluated = true;
}

export function noteShown(facts: Facts, declared: SetName, shown: Version, answeredAt: number): void {
  facts.look = { set: shown.set, status: shown.status, answeredAt };
  facts.lastShown = shown;
  if (shown.set === declared) facts.wasSeen = true;
  if (facts.hasSent && facts.wasDeclared && shown.set === declared) facts.isShown = true;
}

/** A write that may have taken effect, or did: what was seen before it counts no more. */
export function noteOpen(facts: Facts): void {
  facts.open += 1;
  facts.look = null;
}

/** The facts in a few letters. */
export function keyOfFacts(facts: Facts): string {
  const { writes, open, effects, look, lastShown, signalledAt } = facts;
  const bits =
    (facts.hasSent ? 1 : 0) +
    (facts.isChangedByOthers ? 2 : 0) +
    (facts.wasDeclared ? 4 : 0) +
    (facts.isShown ? 8 : 0) +
    (facts.isEvaluated ? 16 : 0) +
    (facts.isHeldUp ? 32 : 0);
  const seen = look === null ? "" : `${look.set}${look.status}${look.answeredAt}`;
  return `${writes},${open},${effects},${bits},${seen},${lastShown?.number},${signalledAt}`;
}
