/** A whole number with commas between thousands, whatever the locale: `18,432`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A count and its noun: `1 campaign`, `2 campaigns`. The plural only adds an `s`. */
export function quantity(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * A point in time for people, to the minute: `2026-04-25 10:20 UTC`. Anything but ISO 8601 in UTC comes back as it is,
 * since a time from the API is kept as the API gave it.
 */
export function timeText(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(iso);
  return match === null ? iso : `${match[1]} ${match[2]} UTC`;
}

/** A duration in milliseconds, rounded down to seconds: `5s`, `1m 05s`, `2h 07m`. A negative one counts as none. */
export function durationText(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}s`;
  if (minutes < 60) return `${minutes}m ${twoDigits(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`;
}

/**
 * How long ago something was, roughly: `7 months ago`. Empty where either time is not known; what is ahead, since clocks
 * disagree, is `just now`.
 */
export function agoText(iso: string | null, now: string): string {
  const minutes = iso === null ? Number.NaN : (Date.parse(now) - Date.parse(iso)) / 60_000;
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return "just now";
  const unit = AGO.find(({ most }) => minutes < most) ?? YEARS;
  return `${quantity(Math.round(minutes / unit.minutes), unit.noun)} ago`;
}

const DAY = 24 * 60;
const MONTH = (365.25 / 12) * DAY;
const YEARS = { noun: "year", minutes: 12 * MONTH };

const AGO = [
  { noun: "minute", minutes: 1, most: 60 },
  { noun: "hour", minutes: 60, most: 2 * DAY },
  { noun: "day", minutes: DAY, most: 2 * MONTH },
  { noun: "month", minutes: MONTH, most: 24 * MONTH },
] as const;

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** How a count moved, absolute and in percent of the old one: `-14,190, -77.0%`. No percentage of nothing. */
export function differenceText(before: number, after: number): string {
  const difference = after - before;
  if (difference === 0) return "no difference";
  const sign = difference > 0 ? "+" : "-";
  const absolute = `${sign}${countText(Math.abs(difference))}`;
  return before === 0 ? absolute : `${absolute}, ${percentText(sign, Math.abs(difference) / before)}`;
}

function percentText(sign: string, share: number): string {
  const percent = (share * 100).toFixed(1);
  return percent === "0.0" ? "under 0.1%" : `${sign}${percent}%`;
}
