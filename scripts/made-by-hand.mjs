// Prints a seed for the sandbox: 300 campaigns as people make them by hand over the years. Always the same ones.
//   node scripts/made-by-hand.mjs > seed.json && campaignctl sandbox --seed seed.json
import { pathToFileURL } from "node:url";

const COUNT = 299;
const STARTED = Date.parse("2024-01-08T09:00:00Z");

const TOPICS =
  "Spring sale|Newsletter|Back in stock|Wish list|Cart reminder|Birthday|Été à Lyon|VIP night|Survey".split(
    "|",
  );
const KINDS = "|copy|FINAL|FINAL v2|(old)|test|2025|Q3|/ resend".split("|");
const AUDIENCES = (
  "Newsletter|VIP customers|Gold members|Lapsed 90 days|New subscribers|Left a cart|Near Lyon|Wish list|App users|" +
  "Recent buyers|Loyal customers|Store visitors|Students|Employees|Journalists|vip customers"
).split("|");
/** Some campaigns exclude these; nearly every one excludes the two of the starter. */
const SUPPRESSIONS = ["Complained", "Open support case"];

/** What `campaignctl init` writes an example of. */
const STARTER = {
  audiences: [
    { audienceId: "d23f0824-128b-4f33-8c5c-7fd0a6a3a450", type: "segment", name: "Near Lyon", size: 5210 },
    {
      audienceId: "843e6935-2bf9-439a-b3c5-cc5bca53ee45",
      type: "audience",
      name: "Unsubscribed",
      size: 2140,
    },
    { audienceId: "76e713aa-092f-46e8-8498-4ce4570449e0", type: "audience", name: "Legal hold", size: 86 },
  ],
  campaign: {
    campaignId: "4cdd2055-930d-4eaf-94f4-733f3e7d1bfb",
    name: "Store opening in Lyon",
    channel: "email",
    authoringStatus: "draft",
    createdAt: new Date(STARTED).toISOString(),
    audience: {
      include: [{ audienceId: "d23f0824-128b-4f33-8c5c-7fd0a6a3a450", type: "segment" }],
      exclude: [
        { audienceId: "843e6935-2bf9-439a-b3c5-cc5bca53ee45", type: "audience" },
        { audienceId: "76e713aa-092f-46e8-8498-4ce4570449e0", type: "audience" },
      ],
    },
  },
};

/** Numbers from 0 up to 1, the same each time. */
function chanceFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const idOf = (kind, number) => `${kind}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

/** The seed, as an object. */
export function madeByHand(listPaging = "page") {
  const chance = chanceFrom(20_261_129);
  const oneOf = (list) => list[Math.floor(chance() * list.length)];
  const audiences = [...AUDIENCES, ...SUPPRESSIONS].map((name, index) => ({
    audienceId: idOf("a0d1e0ce", index + 1),
    type: index >= AUDIENCES.length || chance() < 0.3 ? "audience" : "segment",
    name,
    size: Math.floor(chance() * 60_000) + 40,
  }));
  const bound = ({ audienceId, type }) => ({ audienceId, type });
  const included = audiences.slice(0, AUDIENCES.length);
  const suppressing = [...STARTER.audiences.slice(1), ...audiences.slice(AUDIENCES.length)];
  const campaigns = Array.from({ length: COUNT }, (_, index) => {
    const wanted = new Set(Array.from({ length: 1 + Math.floor(chance() * 3) }, () => oneOf(included)));
    const common = chance() < 0.9 ? suppressing.slice(0, 2) : [];
    const others = suppressing.slice(2).filter(() => chance() < 0.15);
    const isEmpty = chance() < 0.04;
    const status = chance();
    return {
      campaignId: idOf("ca0a1615", index + 1),
      name: chance() < 0.02 ? null : [oneOf(TOPICS), oneOf(KINDS)].join(" ").trim(),
      channel: oneOf(["email", "email", "email", "sms", "push", "direct_mail"]),
      authoringStatus:
        status < 0.55 ? "sent" : status < 0.65 ? "archived" : status < 0.7 ? "scheduled" : "draft",
      createdAt: new Date(STARTED + index * 80 * 3_600_000).toISOString(),
      audience: {
        include: isEmpty ? [] : [...wanted].map(bound),
        exclude: [...common, ...others].map(bound),
      },
    };
  });
  return {
    switches: { namesNull: false, listPaging },
    audiences: [...audiences, ...STARTER.audiences],
    campaigns: [...campaigns, STARTER.campaign],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(madeByHand(), null, 1)}\n`);
}
