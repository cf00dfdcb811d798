import { expect, test } from "vitest";
import {
  MEANING_OF_ODD_BODY,
  meaningOfSilence,
  meaningOfStatus,
} from "../../../src/patience/write-answers.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Each status from 100 to 599 once, by what it says of a write. */
const GROUPS = {
  "yes, read-back": range(200, 299),
  "no, give-up": [
    301,
    307,
    308,
    ...range(400, 499).filter((status) => ![401, 408, 425, 429, 460, 499].includes(status)),
    501,
    505,
    510,
    511,
  ],
  "no, new-token": [401],
  "no, wait-and-send": [425, 429],
  "maybe, look, send-again": [
    408,
    460,
    499,
    ...range(500, 599).filter((status) => ![501, 505, 510, 511].includes(status)),
  ],
  "maybe, look, give-up": [
    ...range(100, 199),
    ...range(300, 399).filter((status) => ![301, 307, 308].includes(status)),
  ],
};

const told = (meaning: ReturnType<typeof meaningOfStatus>) => Object.values(meaning).join(", ");

test("every status from 100 to 599 has one meaning", () => {
  expect(
    Object.values(GROUPS)
      .flat()
      .sort((a, b) => a - b),
  ).toEqual(range(100, 599));
});

test.each(Object.entries(GROUPS))("%s", (meaning, statuses) => {
  for (const status of statuses)
    expect({ status, is: told(meaningOfStatus(status)) }).toEqual({ status, is: meaning });
});

test("no answer: only one that no connection was made for, or that was withheld, cannot have landed", () => {
  expect(told(meaningOfSilence("unknown"))).toBe("maybe, look, send-again");
  expect(told(meaningOfSilence("no"))).toBe("no, look, send-again");
  expect(told(meaningOfSilence("withheld"))).toBe("no, give-up");
  expect(told(MEANING_OF_ODD_BODY)).toBe("maybe, look, send-again");
});
