import type { AudienceBinding, AudienceRef } from "../../../src/domain/model.ts";
import type { Clock } from "../../../src/domain/ports.ts";
import type { HttpAnswer } from "../../../src/http/http.ts";
import type { Chance } from "./chance.ts";
import { createHistory, type Evaluation, type History, reachAt, type Version } from "./history.ts";
import { type Declared, drawOther, type Odds, type Scenario } from "./scenario.ts";

/** The API's side of a simulation: what is stored, everything it has been, and who else is at work. */
export type World = {
  readonly histories: ReadonlyMap<string, History>;
  /** Somebody else may edit or lock the campaign now. */
  disturb(campaignId: string): void;
  /** GET /campaigns/:id/summary. `asOf` is before now on a copy that lags behind. */
  summary(campaignId: string, asOf: number): HttpAnswer;
  /** PUT /campaigns/:id/audience with a decoded body. */
  replace(campaignId: string, audience: AudienceBinding): HttpAnswer;
  /** A write that is taken up only at a later moment, long after the client has given it up. */
  replaceAt(moment: number, campaignId: string, audience: AudienceBinding): void;
  /** Lets everything happen that was to happen by now. */
  settle(): void;
  answer(status: number, body: unknown, headers?: Readonly<Record<string, string>>): HttpAnswer;
};

type Act = { readonly at: number; readonly run: (at: number) => void };

const LONG_AGO = -86_400_000;

/** Documented semantics only: drafts are replaced as a whole, everything else is refused (API sheet, 6 and 16). */
export function createWorld(scenario: Scenario, odds: () => Odds, clock: Clock, chance: Chance): World {
  const declared = new Map(scenario.campaigns.map((campaign) => [campaign.campaignId, campaign]));
  const histories = new Map(
    scenario.campaigns.map((campaign) => [campaign.campaignId, begin(campaign, scenario)]),
  );
  const wallTime = (moment: number): number =>
    clock.now() - clock.monotonic() + moment + scenario.clockSkewMs;
  let acts: Act[] = scenario.events.map(({ at, campaignId, kind }) => ({
    at,
    run: (moment) => (kind === "edit" ? edit : lock)(campaignId, moment),
  }));
  let answers = 0;

  const find = (campaignId: string): { campaign: Declared; history: History } => {
    const [campaign, history] = [declared.get(campaignId), histories.get(campaignId)];
    if (campaign === undefined || history === undefined) throw new Error(`Nobody declared ${campaignId}.`);
    return { campaign, history };
  };
  const change = (campaignId: string, at: number, audience: AudienceBinding, by: Version["by"]): boolean => {
    const { history, campaign } = find(campaignId);
    const { authoringStatus, evaluation } = history.latest();
    if (authoringStatus !== "draft" || campaign.kind !== "broadcast") return false;
    const begun = evaluate(audience, at, evaluation, { scenario, odds: odds(), chance });
    history.add({ at, audience, authoringStatus, by, evaluation: begun });
    return true;
  };
  const edit = (campaignId: string, at: number): void => {
    const { campaign, history } = find(campaignId);
    const other = drawOther(chance, history.latest().audience);
    change(campaignId, at, chance.pick([other, other, campaign.desired, campaign.live]), "other");
  };
  const lock = (campaignId: string, at: number): void => {
    const { history } = find(campaignId);
    const latest = history.latest();
    if (latest.authoringStatus === "draft") {
      history.add({ ...latest, at, authoringStatus: "scheduled", by: "other" });
    }
  };
  const answer: World["answer"] = (status, body, headers = {}) => {
    answers += 1;
    const date = new Date(wallTime(clock.monotonic()) + scenario.dateSkewMs).toUTCString();
    const usual = { date, "content-type": "application/json", "x-correlation-id": `r-${answers}` };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return { kind: "answer", status, headers: { ...usual, ...headers }, body: text };
  };
  const refusal = (status: number, code: string): HttpAnswer =>
    answer(status, {
      success: false,
      error: { code: `JOURNEY_API.PUBLIC.CAMPAIGNS.${code}`, message: code },
    });
  const refusalOf = ({ kind }: Declared): HttpAnswer | null => {
    if (kind === "none") return refusal(404, "NOT_FOUND");
    if (kind === "unsupported") return refusal(409, "SUMMARY_TYPE_UNSUPPORTED");
    return kind === "unavailable" ? refusal(409, "SUMMARY_UNAVAILABLE") : null;
  };
  return {
    histories,
    answer,
    disturb(campaignId) {
      const now = clock.monotonic();
      if (chance.happens(odds().edit)) edit(campaignId, now);
      if (chance.happens(odds().lock)) lock(campaignId, now);
    },
    summary(campaignId, asOf) {
      const { campaign, history } = find(campaignId);
      return (
        refusalOf(campaign) ??
        answer(200, summaryBody(campaignId, history.asOf(asOf), asOf, { wallTime, scenario }))
      );
    },
    replace(campaignId, audience) {
      const { campaign } = find(campaignId);
      const refused = refusalOf(campaign);
      if (refused !== null) return refused;
      return change(campaignId, clock.monotonic(), audience, "run")
        ? answer(200, { success: true, data: { id: campaignId } })
        : refusal(409, "NOT_DRAFT");
    },
    replaceAt(moment, campaignId, audience) {
      acts.push({ at: moment, run: (at) => change(campaignId, at, audience, "run") });
      acts.sort((a, b) => a.at - b.at);
    },
    settle() {
      const now = clock.monotonic();
      const due = acts.filter(({ at }) => at <= now);
      acts = acts.filter(({ at }) => at > now);
      for (const { at, run } of due) run(at);
    },
  };
}

function begin({ campaignId, live, authoringStatus }: Declared, { underWayUntil }: Scenario): History {
  const settled: Evaluation = {
    audience: live,
    begunAt: LONG_AGO,
    shownFrom: LONG_AGO,
    queuedUntil: LONG_AGO,
    doneAt: LONG_AGO,
    result: "ok",
    count: 18_432,
    previous: null,
    previousGoesOn: false,
  };
  const doneAt = underWayUntil.get(campaignId);
  const evaluation =
    doneAt === undefined ? settled : { ...settled, doneAt, count: 18_433, previous: settled };
  return createHistory({ at: LONG_AGO, audience: live, authoringStatus, by: "start", evaluation });
}

type Circumstances = { readonly scenario: Scenario; readonly odds: Odds; readonly chance: Chance };

function evaluate(
  audience: AudienceBinding,
  at: number,
  previous: Evaluation,
  { scenario, odds, chance }: Circumstances,
): Evaluation {
  const goesOn = scenario.oldGoesOn && at < previous.doneAt && Number.isFinite(previous.doneAt);
  // One at a time: it begins when the one before has ended, whose result is shown for a moment.
  const begunAt = goesOn ? previous.doneAt : at;
  const shownFrom = begunAt + scenario.oldReachMs * chance.number();
  const duration = scenario.evaluationMs * chance.between(0.8, 1.2);
  return {
    audience,
    begunAt,
    shownFrom,
    queuedUntil: begunAt + duration * chance.number(),
    doneAt: chance.happens(odds["reach-stuck"]) ? Number.POSITIVE_INFINITY : begunAt + duration,
    result: chance.happens(odds["reach-failed"]) ? "failed" : "ok",
    count: chance.whole(0, 99_999),
    previous,
    previousGoesOn: goesOn,
  };
}

function summaryBody(
  campaignId: string,
  version: Version,
  asOf: number,
  { wallTime, scenario }: { readonly wallTime: (moment: number) => number; readonly scenario: Scenario },
) {
  const entry = ({ audienceId, type }: AudienceRef) => ({
    id: audienceId,
    name: null,
    type,
    memberCount: null,
  });
  return {
    success: true,
    data: {
      campaignId,
      name: `Campaign ${campaignId.slice(-2)}`,
      campaignType: "broadcast",
      authoringStatus: version.authoringStatus,
      updatedAt: new Date(wallTime(scenario.updatedAtMoves ? version.at : LONG_AGO)).toISOString(),
      audience: {
        included: version.audience.include.map(entry),
        excluded: version.audience.exclude.map(entry),
        reach: reachAt(version.evaluation, asOf, wallTime),
      },
    },
  };
}
