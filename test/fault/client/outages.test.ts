import { describe, expect, it } from "vitest";
import { heldBack } from "../../../src/http/failure.ts";
import type { Http, HttpAnswer } from "../../../src/http/http.ts";
import { BINDING, campaignIds, errorOf } from "../../support/api/raw-client.ts";
import { connectOver } from "../../support/api/virtual-client.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { virtualClock } from "../../support/clocks/virtual-clock.ts";
import { binding } from "../../support/samples/bindings.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";
import { summaryOf } from "../../support/samples/summary.ts";

type Asked = { readonly method: string; readonly id: string; readonly token: string; readonly at: number };

const answer = (status: number, body: unknown, headers = {}): HttpAnswer => ({
  kind: "answer",
  status,
  headers,
  body: JSON.stringify(body),
});
const refusal = (status: number, headers = {}) =>
  answer(status, { success: false, error: { code: "X", message: "No." } }, headers);
const summary = ({ id }: Asked) => answer(200, summaryOf(id, binding([1])));

/** A client in virtual time. Its token endpoint gives T1, T2, … as long as `token` lets it. */
function open(
  api: (asked: Asked) => HttpAnswer,
  token: (count: number) => HttpAnswer | null = () => null,
  parallelism = 1,
) {
  const clock = virtualClock();
  const asked: Asked[] = [];
  let tokens = 0;
  const http: Http = {
    async send({ method, url, headers, mayGo, label }) {
      if (mayGo?.() === false) return heldBack({ label, origin: url.origin });
      await clock.sleep(10);
      if (url.pathname === "/token") {
        tokens += 1;
        const given = { access_token: `T${tokens}`, token_type: "bearer", expires_in: 3600 };
        return token(tokens) ?? answer(200, given, { "content-type": "application/json" });
      }
      const id = url.pathname.split("/")[4] ?? "";
      const request = { method, id, token: (headers.authorization ?? "").slice(7), at: clock.monotonic() };
      asked.push(request);
      return api(request);
    },
    close: async () => undefined,
  };
  const client = { clientId: "a", clientSecret: "b", scope: null, audience: null };
  const connection = connectOver(http, clock, {
    parallelism,
    credentials: { kind: "client", ...client, tokenUrl: "https://auth.example.test/token" },
  });
  return { ...connection, clock, asked, tokens: () => tokens };
}

describe("a write whose token ended", () => {
  it("and that no other token can be had for was not sent, whatever the token endpoint answers", async () => {
    const client = open(
      ({ method, ...asked }) => (method === "PUT" ? refusal(401) : summary({ method, ...asked })),
      (count) => (count > 1 ? refusal(503) : null),
    );
    await client.reader.readCampaign(CAMPAIGN_ID);
    const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
    expect(error).toMatchObject({ name: "NetworkError", sent: "withheld", cause: { status: 503 } });
    expect(client.asked.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });
});

describe("an API that is back", () => {
  it("is known to be back also when the first that tries finds its token ended: all are read", async () => {
    const ids = campaignIds(40);
    const early = new Set(ids.slice(0, 3));
    const client = open(
      (asked) => {
        if (early.has(asked.id)) return summary(asked);
        if (asked.at < 1_000) return refusal(500);
        return asked.token === "T1" ? refusal(401) : summary(asked);
      },
      () => null,
      4,
    );
    const read = await Promise.allSettled(ids.map((id) => client.reader.readCampaign(id)));
    // Those that were tried while it failed have given up; nobody has who was first tried after.
    const firstAsked = new Map(client.asked.toReversed().map(({ id, at }) => [id, at]));
    const gaveUp = ids.filter((_, index) => read[index]?.status === "rejected");
    for (const id of gaveUp) expect(firstAsked.get(id) ?? 1_000).toBeLessThan(1_000);
    expect(gaveUp.length).toBeLessThan(ids.length - early.size);
    expect(client.tokens()).toBe(2);
  });

  it("two campaigns side by side that answer 401 whatever the token do not end the run", async () => {
    const ids = campaignIds(40);
    const odd = new Set([ids[5], ids[6]]);
    const client = open(
      (asked) => (odd.has(asked.id) ? refusal(401) : summary(asked)),
      () => null,
      10,
    );
    const read = await Promise.allSettled(ids.map((id) => client.reader.readCampaign(id)));
    expect(read.flatMap(({ status }, index) => (status === "rejected" ? [ids[index]] : []))).toEqual([
      ...odd,
    ]);
    expect(client.tokens()).toBeLessThanOrEqual(3);
  });
});

describe("an API that refuses every write for rate", () => {
  it("is waited for once for all of them, not once for each", async () => {
    const client = open((asked) =>
      asked.method === "PUT" ? refusal(429, { "retry-after": "2" }) : summary(asked),
    );
    const writer = client.openWriter();
    for (const id of campaignIds(6)) {
      expect(await errorOf(writer.replaceAudience(id, BINDING, OPEN))).toMatchObject({ status: 429 });
    }
    expect(client.clock.monotonic()).toBeLessThan(400_000);
  });

  it("one that is always too early (425) opens no breaker for the others", async () => {
    const ids = campaignIds(30);
    const client = open(
      (asked) => {
        if (asked.method === "PUT")
          return asked.id === ids[0] ? refusal(425) : answer(200, { success: true, data: {} });
        return summary(asked);
      },
      () => null,
      4,
    );
    const writer = client.openWriter();
    const written = await Promise.allSettled(ids.map((id) => writer.replaceAudience(id, BINDING, OPEN)));
    expect(written.map(({ status }) => status)).toEqual(["rejected", ...Array(29).fill("fulfilled")]);
  });
});
