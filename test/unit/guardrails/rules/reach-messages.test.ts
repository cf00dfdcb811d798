import { describe, expect, test } from "vitest";
import {
  brokenReach,
  possibleReach,
  type ReachFigures,
  type ReachRule,
} from "../../../../src/guardrails/rules/reach-messages.ts";

const told = (rule: ReachRule, limit: number, more: Partial<ReachFigures> = {}) =>
  brokenReach(rule, {
    ...{ limit, before: null, isCounted: false, minCount: 20 },
    ...{ shown: { min: 3000, max: 4000 }, ...more },
  });

describe("what is told of reach that breaks a rule", () => {
  test.each<[ReachRule, Partial<ReachFigures>, string]>([
    ["reach-min", {}, "It would reach 4,000 people at most; at least 5,000 must be."],
    ["reach-max", {}, "It would reach 3,000 people at least; at most 5,000 may be."],
    ["reach-increase", {}, "It would reach 3,000 people at least: more than 5000% more."],
    ["reach-decrease", {}, "It would reach 4,000 people at most: more than 5000% fewer."],
    [
      "reach-increase",
      { before: 1000 },
      "It would reach 3,000 people at least, and 1,000 before: more than 5000% more.",
    ],
    [
      "reach-decrease",
      { before: 19 },
      "It would reach 4,000 people at most, and fewer than 20 before: more than 5000% fewer.",
    ],
  ])("%s, beforehand: %j", (rule, more, words) => {
    expect(told(rule, 5000, more)).toBe(words);
  });

  test.each<[ReachRule, string]>([
    ["reach-min", "It reaches 7,000 people; at least 30 must be."],
    ["reach-max", "It reaches 7,000 people; at most 30 may be."],
    ["reach-increase", "It reaches 7,000 people, and 20 before: more than 30% more."],
    ["reach-decrease", "It reaches 7,000 people, and 20 before: more than 30% fewer."],
  ])("%s, once the API has counted", (rule, words) => {
    const counted = { before: 20, isCounted: true, shown: { min: 7000, max: 7000 } };
    expect(told(rule, 30, counted)).toBe(words);
  });

  test.each<[ReachRule, string]>([
    ["reach-min", "It would reach too few people; at least 30 must be."],
    ["reach-max", "It would reach too many people; at most 30 may be."],
    ["reach-increase", "It would reach too many people: more than 30% more."],
    ["reach-decrease", "It would reach too few people: more than 30% fewer."],
  ])("%s, where no count may be shown", (rule, words) => {
    expect(told(rule, 30, { shown: { min: null, max: null } })).toBe(words);
  });
});

test.each<[ReachRule, number, string]>([
  ["reach-min", 1, "at least 1 person"],
  ["reach-min", 2000, "at least 2,000 people"],
  ["reach-max", 1, "at most 1 person"],
  ["reach-max", 0, "at most 0 people"],
  ["reach-increase", 30, "at most 30% more people than before"],
  ["reach-decrease", 30, "at most 30% fewer people than before"],
])("nobody knows yet whether %s %i holds", (rule, limit, words) => {
  expect(possibleReach(rule, { limit })).toBe(`Only the API's count will tell whether it reaches ${words}.`);
});
