import { expect, test } from "vitest";
import { type Destination, destinationMismatch } from "../../../src/domain/destination.ts";

const WORDS = { of: "The plan is of", for: "The plan is for", use: "write to" };
const to = (apiUrl: string, environment: string | null = null): Destination => ({ apiUrl, environment });

test.each<[Destination, Destination, string | null]>([
  [to("https://a.example"), to("https://a.example"), null],
  [to("https://a.example", "prod"), to("https://a.example", "prod"), null],
  [
    to("https://a.example", "prod"),
    to("https://b.example", "test"),
    "The plan is of https://a.example, this run would write to https://b.example.",
  ],
  [
    to("https://a.example", "prod"),
    to("https://a.example", "test"),
    'The plan is for environment "prod", and this run is for environment "test".',
  ],
  [
    to("https://a.example"),
    to("https://a.example", "test"),
    'The plan is for no environment, and this run is for environment "test".',
  ],
])("what was saved for %o, in a run for %o: %s", (saved, destination, told) => {
  expect(destinationMismatch(saved, destination, WORDS)).toBe(told);
});
