import { describe, expect, it } from "vitest";
import {
  caller,
  callers,
  openAccepted,
  openReady,
  openSession,
  settle,
} from "../../support/api/token-session.ts";

type List = readonly { state(): string }[];
const states = (list: List): string[] => list.map((each) => each.state());

describe("the first token", () => {
  it("is asked for once by all who wait, and lent to all at once", async () => {
    const { session, asked } = openSession();
    const three = await callers(session, 3);
    expect(states(three)).toEqual(["waits", "waits", "waits"]);
    expect(asked).toHaveLength(1);
    asked[0]?.give();
    await settle();
    expect(states(three)).toEqual(["token-1", "token-1", "token-1"]);
  });

  it("refused by all in flight is final for the run, and no other token is fetched", async () => {
    const { session, asked } = openSession();
    const three = await callers(session, 3);
    asked[0]?.give();
    await settle();
    expect(await three[0]?.rejectedAndAsks()).toBe("waits");
    const late = await callers(session, 2);
    expect(await three[1]?.rejectedAndAsks()).toBe("waits");
    expect(states(late)).toEqual(["waits", "waits"]);
    expect(await three[2]?.rejectedAndAsks()).toBe("final");
    expect(states([...three, ...late])).toEqual(Array(5).fill("final"));
    expect(await caller(session).ask()).toBe("final");
    expect(asked).toHaveLength(1);
  });

  it("refused before another call is accepted: the 401 is that call's own", async () => {
    const { session, asked } = openSession();
    const [odd, other] = await callers(session, 2);
    asked[0]?.give();
    await settle();
    expect(await odd?.rejectedAndAsks()).toBe("waits");
    await other?.accepted();
    expect(odd?.state()).toBe("own");
    expect(await caller(session).ask()).toBe("token-1");
    expect(asked).toHaveLength(1);
  });

  it("refused once, while the others in flight get no answer, is final", async () => {
    const { session, asked } = openSession();
    const [refused, lost] = await callers(session, 2);
    asked[0]?.give();
    await settle();
    await refused?.rejectedAndAsks();
    await lost?.ended();
    expect(refused?.state()).toBe("final");
  });
});

describe("a 401 on a token that was accepted", () => {
  it("case 31: renews once for all; one request tries the new token while the others wait", async () => {
    const { session, asked } = await openAccepted();
    const three = await callers(session, 3);
    for (const each of three) expect(await each.rejectedAndAsks()).toBe("waits");
    expect(asked).toHaveLength(2);
    asked[1]?.give();
    await settle();
    expect(states(three)).toEqual(["token-2", "waits", "waits"]);
    await three[0]?.accepted();
    expect(states(three)).toEqual(["token-2", "token-2", "token-2"]);
    expect(asked).toHaveLength(2);
  });

  it("is nothing new when it comes late: the call gets the token that is there", async () => {
    const { session, asked } = await openAccepted();
    const [first, late, accepted] = await callers(session, 3);
    await first?.rejectedAndAsks();
    asked[1]?.give();
    await settle();
    await first?.accepted();
    await accepted?.accepted();
    expect(await late?.rejectedAndAsks()).toBe("token-2");
    expect(asked).toHaveLength(2);
  });

  it("case 31: twice within one call, each time after the call was accepted, is two renewals", async () => {
    const { session, asked } = await openAccepted();
    const long = caller(session);
    for (const expiry of [1, 2, 3]) {
      expect(await long.ask()).toBe(`token-${expiry}`);
      await long.accepted();
      await long.ask();
      await long.rejectedAndAsks();
      asked[expiry]?.give();
      await settle();
      expect(long.state()).toBe(`token-${expiry + 1}`);
      await long.ended();
    }
    expect(asked).toHaveLength(4);
  });

  it("twice within one call that was late each time is two renewals, once another call is refused too", async () => {
    const { session, asked } = await openAccepted();
    const [slow, quick] = await callers(session, 2);
    await quick?.rejectedAndAsks();
    await slow?.rejectedAndAsks();
    asked[1]?.give();
    await settle();
    await quick?.accepted();
    expect(slow?.state()).toBe("token-2");
    await quick?.ask();
    expect(await slow?.rejectedAndAsks()).toBe("waits");
    expect(asked).toHaveLength(2);
    await quick?.rejectedAndAsks();
    expect(asked).toHaveLength(3);
    asked[2]?.give();
    await settle();
    expect(states([slow, quick].filter((each) => each !== undefined)).sort()).toEqual(["token-3", "waits"]);
  });

  it("of a call that the next token refused too, and nobody else is there: one more token, not more", async () => {
    const { session, asked } = await openAccepted();
    const [odd, other] = await callers(session, 2);
    await other?.rejectedAndAsks();
    await odd?.rejectedAndAsks();
    asked[1]?.give();
    await settle();
    await other?.accepted();
    expect(odd?.state()).toBe("token-2");
    expect(await odd?.rejectedAndAsks()).toBe("waits");
    asked[2]?.give();
    await settle();
    expect(odd?.state()).toBe("token-3");
    expect(await odd?.rejectedAndAsks()).toBe("undecided");
    expect(asked).toHaveLength(3);
  });
});

describe("a half-open token", () => {
  async function halfOpen(count: number) {
    const parts = await openAccepted();
    const list = await callers(parts.session, count);
    for (const each of list) await each.rejectedAndAsks();
    parts.asked[1]?.give();
    await settle();
    return { ...parts, list };
  }

  it("refused by one call is tried by another; accepted then, the 401 is the first call's own", async () => {
    const { session, asked, list } = await halfOpen(3);
    const [odd, second, third] = list;
    expect(await odd?.rejectedAndAsks()).toBe("waits");
    expect(states(list)).toEqual(["waits", "token-2", "waits"]);
    await second?.accepted();
    expect(states(list)).toEqual(["own", "token-2", "token-2"]);
    await third?.accepted();
    expect(await caller(session).ask()).toBe("token-2");
    expect(asked).toHaveLength(2);
  });

  it("refused by two calls while nobody else waits is final", async () => {
    const { session, asked, list } = await halfOpen(2);
    await list[0]?.rejectedAndAsks();
    expect(await list[1]?.rejectedAndAsks()).toBe("final");
    expect(states(list)).toEqual(["final", "final"]);
    expect(await caller(session).ask()).toBe("final");
    expect(asked).toHaveLength(2);
  });

  it("refused by four calls is final, however many wait, and no fifth one asks the API", async () => {
    const { session, asked, list } = await halfOpen(8);
    for (const each of list.slice(0, 3)) expect(await each.rejectedAndAsks()).toBe("waits");
    expect(await list[3]?.rejectedAndAsks()).toBe("final");
    expect(states(list)).toEqual(Array(8).fill("final"));
    expect(await caller(session).ask()).toBe("final");
    expect(asked).toHaveLength(2);
  });

  it("refused by some that stand side by side, and then accepted by another: the 401s are their own", async () => {
    const { asked, list } = await halfOpen(5);
    for (const each of list.slice(0, 3)) await each.rejectedAndAsks();
    await list[3]?.accepted();
    expect(states(list.slice(0, 3))).toEqual(["own", "own", "own"]);
    expect(list[4]?.state()).toBe("token-2");
    expect(asked).toHaveLength(2);
  });

  it("refused by the only call that is there is undecided: the next one that comes decides", async () => {
    const good = await halfOpen(1);
    expect(await good.list[0]?.rejectedAndAsks()).toBe("undecided");
    const next = caller(good.session);
    expect(await next.ask()).toBe("token-2");
    await next.accepted();
    expect(await caller(good.session).ask()).toBe("token-2");
    expect(good.asked).toHaveLength(2);

    const bad = await halfOpen(1);
    expect(await bad.list[0]?.rejectedAndAsks()).toBe("undecided");
    const last = caller(bad.session);
    await last.ask();
    expect(await last.rejectedAndAsks()).toBe("final");
    expect(bad.asked).toHaveLength(2);
  });

  it("case 31: many campaigns that answer 401 whatever the token have it fetched once, and the run goes on", async () => {
    const { session, asked, list } = await halfOpen(2);
    await list[0]?.rejectedAndAsks();
    await list[1]?.accepted();
    for (let count = 0; count < 10; count += 1) {
      const [odd, other, last] = await callers(session, 3);
      expect(await odd?.rejectedAndAsks()).toBe("waits");
      // Sent before the 401, so it says nothing: what is sent after it does.
      await other?.accepted();
      expect(await other?.ask()).toBe("waits");
      await last?.accepted();
      expect(states([odd, other].filter((each) => each !== undefined))).toEqual(["waits", "token-2"]);
      await other?.accepted();
      expect(odd?.state()).toBe("own");
    }
    expect(asked).toHaveLength(2);
  });

  it("goes to the next call when a request ends without a verdict", async () => {
    const { list } = await halfOpen(3);
    await list[0]?.ended();
    expect(states(list)).toEqual(["token-2", "token-2", "waits"]);
  });

  it("that a waiting call gives up leaves the refused one alone with its verdict", async () => {
    const { session, asked } = await openAccepted();
    const stop = new AbortController();
    const odd = caller(session);
    await odd.ask();
    await odd.rejectedAndAsks();
    asked[1]?.give();
    await settle();
    const other = caller(session, stop.signal);
    const third = caller(session, stop.signal);
    await other.ask();
    await third.ask();
    await odd.rejectedAndAsks();
    expect(states([odd, other, third])).toEqual(["waits", "token-2", "waits"]);
    await other.ended();
    expect(states([odd, third])).toEqual(["waits", "token-2"]);
    await third.ended();
    expect(odd.state()).toBe("undecided");
  });
});

describe("a ready token", () => {
  it("case 30: never accepted and refused is final once nothing is in flight", async () => {
    const session = openReady();
    const list = await callers(session, 2);
    expect(states(list)).toEqual(["ready", "ready"]);
    expect(await list[0]?.rejectedAndAsks()).toBe("waits");
    expect(await list[1]?.rejectedAndAsks()).toBe("final");
  });

  it("accepted, then refused by two calls, is final", async () => {
    const session = openReady();
    const list = await callers(session, 4);
    await list[0]?.accepted();
    await list[1]?.rejectedAndAsks();
    expect(await list[2]?.rejectedAndAsks()).toBe("waits");
    await list[3]?.ended();
    expect(states(list.slice(1, 3))).toEqual(["final", "final"]);
  });

  it("refused by one call and then accepted by another: the 401 is the first one's own", async () => {
    const session = openReady();
    const [good, odd] = await callers(session, 2);
    await good?.accepted();
    await good?.ask();
    await odd?.rejectedAndAsks();
    const other = caller(session);
    expect(await other.ask()).toBe("waits");
    await good?.ended();
    expect(states([other])).toEqual(["ready"]);
    await other.accepted();
    expect(odd?.state()).toBe("own");
    expect(await good?.ask()).toBe("ready");
  });
});

describe("the signal", () => {
  it("ends one wait, not the request that others wait for", async () => {
    const { session, asked } = openSession();
    const stop = new AbortController();
    const mine = caller(session, stop.signal);
    const other = caller(session);
    await mine.ask();
    await other.ask();
    stop.abort(new Error("stopped"));
    await settle();
    expect(states([mine, other])).toEqual(["stopped", "waits"]);
    expect(await mine.ask()).toBe("stopped");
    asked[0]?.give();
    await settle();
    expect(other.state()).toBe("token-1");
  });

  it("ends the wait behind a half-open token, and the wait of a refused call", async () => {
    const { session, asked } = await openAccepted();
    const stop = new AbortController();
    const first = caller(session);
    await first.ask();
    await first.rejectedAndAsks();
    asked[1]?.give();
    await settle();
    const waiting = caller(session, stop.signal);
    await waiting.ask();
    await first.rejectedAndAsks();
    expect(states([first, waiting])).toEqual(["waits", "token-2"]);
    const behind = caller(session, stop.signal);
    expect(await behind.ask()).toBe("waits");
    stop.abort(new Error("stopped"));
    await settle();
    expect(behind.state()).toBe("stopped");
    await waiting.ended();
    expect(first.state()).toBe("undecided");
  });
});
