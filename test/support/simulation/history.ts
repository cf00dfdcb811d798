import type { AudienceBinding, Reach } from "../../../src/domain/model.ts";

/** One evaluation of who would be reached. Times are the clock's monotonic milliseconds. */
export type Evaluation = {
  readonly audience: AudienceBinding;
  readonly begunAt: number;
  /** Until then the API still shows the evaluation before. */
  readonly shownFrom: number;
  readonly queuedUntil: number;
  /** Infinity when it is stuck. */
  readonly doneAt: number;
  readonly result: "ok" | "failed";
  readonly count: number;
  readonly previous: Evaluation | null;
  /** Whether the one before went on when this one was asked for: then it is shown as it goes, to its end. */
  readonly previousGoesOn: boolean;
};

/** A campaign from one moment to the next change. */
export type Version = {
  readonly at: number;
  readonly audience: AudienceBinding;
  readonly authoringStatus: string;
  readonly by: "start" | "run" | "other";
  readonly evaluation: Evaluation;
};

/** Everything a campaign has been, in order of time. */
export type History = {
  readonly versions: readonly Version[];
  latest(): Version;
  /** What a copy that stopped following at that moment shows. */
  asOf(time: number): Version;
  add(version: Version): void;
};

export function createHistory(start: Version): History {
  const versions = [start];
  const latest = (): Version => versions.at(-1) ?? start;
  return {
    versions,
    latest,
    asOf: (time) => versions.findLast((version) => version.at <= time) ?? start,
    add(version) {
      if (version.at < latest().at) throw new Error("History does not go back.");
      versions.push(version);
    },
  };
}

/** What the API says of an evaluation at one moment. `wallTime` turns a moment into the server's wall clock. */
export function reachAt(evaluation: Evaluation, time: number, wallTime: (moment: number) => number): Reach {
  const { previous, previousGoesOn, begunAt, shownFrom, queuedUntil, doneAt, result, count } = evaluation;
  if (previous !== null && time < shownFrom) {
    // One that ended with the change shows what it had come to.
    return reachAt(previous, previousGoesOn ? time : Math.min(time, begunAt), wallTime);
  }
  const evaluatedAt = (moment: number): string => new Date(wallTime(moment)).toISOString();
  if (time < doneAt) {
    const status = time < queuedUntil ? "idle" : "pending";
    return { status, evaluatedCount: previous?.count ?? null, evaluatedAt: null, isStale: null };
  }
  return result === "ok"
    ? { status: "ok", evaluatedCount: count, evaluatedAt: evaluatedAt(doneAt), isStale: false }
    : {
        status: "failed",
        evaluatedCount: previous?.count ?? null,
        evaluatedAt: evaluatedAt(doneAt),
        isStale: null,
      };
}
