/** The formats of strings that our schemas name. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  "date-time": isDateTime,
  uri: isUri,
};

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T\s](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/i;

/** A time with its zone, on a day that there is. A leap second only where there can be one: at the end of a day in UTC. */
function isDateTime(text: string): boolean {
  const match = DATE_TIME.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [zoneHour, zoneMinute] = [Number(match[8] ?? 0), Number(match[9] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (zoneHour > 23 || zoneMinute > 59) return false;
  if (hour <= 23 && minute <= 59 && second <= 59) return true;
  const offset = (zoneHour * 60 + zoneMinute) * (match[7] === "-" ? -1 : 1);
  const minuteOfDay = (((hour * 60 + minute - offset) % 1440) + 1440) % 1440;
  return hour <= 23 && minute <= 59 && second === 60 && minuteOfDay === 1439;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** An absolute URI of the characters that RFC 3986 has, brackets in the host alone, which has to be one that can be. */
function isUri(text: string): boolean {
  const [, host = "", rest = ""] =
    /^[a-z][a-z0-9+.-]*:(\/\/(?:[\w.~:@!$&'()*+,;=[\]-]|%[0-9a-f]{2})*)?((?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9a-f]{2})*)$/i.exec(
      text,
    ) ?? [];
  const isOfSomething = host !== "" || /^[^?#]/.test(rest);
  return isOfSomething && !/#.*#/.test(rest) && URL.canParse(text);
}
