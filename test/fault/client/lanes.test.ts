import { afterEach, describe, expect, it } from "vitest";
import { AccessError, ApiError, NetworkError } from "../../../src/domain/errors.ts";
import type { Call } from "../../../src/experiture/call.ts";
import { openTransport } from "../../../src/experiture/connection.ts";
import type { Perform } from "../../../src/experiture/perform.ts";
import type { Lane } from "../../../src/patience/lane.ts";
import { errorOf, refusal, settingsFor, useServers } from "../../support/api/raw-client.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { createInstantClock } from "../../support/clocks/instant-clock.ts";
import { answerJson, answerText, type Behaviour, type RawServer } from "../../support/network/raw-server.ts";

const { serve } = useServers();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const transport of open.splice(0)) await transport.close();
});

async function openBoth(behave: Behaviour): Promise<{ server: RawServer; perform: Perform }> {
  const server = await serve(behave);
  const transport = openTransport(settingsFor(server, createInstantClock()));
  open.push(transport);
  return { server, perform: transport.perform };
}

const LANES: readonly Lane[] = ["read", "write", "size", "clone"];

/** A call whose path is its lane. All are POST, so that nothing can be told from the method. */
function callOn(lane: Lane, repeat: Call["repeat"] = "safe"): Call {
  const said = { method: "POST", path: `/${lane}`, body: "{}", scope: "campaigns:read", repeat } as const;
  const rest = { rank: "read", by: null, signal: undefined } as const;
  return lane === "write" ? { ...said, ...rest, lane, guard: OPEN } : { ...said, ...rest, lane, guard: null };
}

const fine = answerJson({ success: true, data: {} });

/** Answers the first request in a way of its own, and every other one well. */
function firstAnswered(first: Behaviour): Behaviour {
  return (request, socket, index) => (index === 0 ? first(request, socket, index) : void socket.write(fine));
}

/** Does as told to one lane, and answers every other one well. */
function onlyOn(lane: Lane, behave: Behaviour): Behaviour {
  return (request, socket, index) =>
    request.path.endsWith(`/${lane}`) ? behave(request, socket, index) : void socket.write(fine);
}

const TROUBLE: [string, Behaviour][] = [
  ["a 503", (_request, socket) => void socket.write(answerText({ status: 503 }))],
  ["a lost answer", (_request, socket) => void socket.resetAndDestroy()],
];

describe("what a POST says of itself", () => {
  it.each(TROUBLE)("one that is safe is repeated after %s", async (_what, trouble) => {
    const { server, perform } = await openBoth(firstAnswered(trouble));
    expect((await perform(callOn("size"))).status).toBe(200);
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "POST"]);
  });

  it.each(TROUBLE)("one that is to be done once is not repeated after %s", async (_what, trouble) => {
    const { server, perform } = await openBoth(firstAnswered(trouble));
    const error = await errorOf(perform(callOn("clone", "once")));
    expect(error instanceof ApiError || error instanceof NetworkError).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it("one that is to be done once is repeated after a refusal for rate: nothing was done", async () => {
    const { server, perform } = await openBoth(
      firstAnswered((_request, socket) => void socket.write(refusal(429, "X.Y", { "retry-after": "1" }))),
    );
    expect((await perform(callOn("clone", "once"))).status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  it("one that is to be done once is not cut off while it is under way; one that is safe is", async () => {
    const ending = new AbortController();
    const { perform } = await openBoth((_request, socket) => {
      ending.abort(new Error("over"));
      setImmediate(() => socket.write(fine));
    });
    const { signal } = ending;
    expect((await perform({ ...callOn("clone", "once"), signal })).status).toBe(200);
    const other = new AbortController();
    const { perform: ask } = await openBoth(() => other.abort(new Error("over")));
    await expect(ask({ ...callOn("size"), signal: other.signal })).rejects.toThrow("over");
  });
});

describe.each(LANES)("trouble on the lane %s", (lane) => {
  const others = LANES.filter((other) => other !== lane);

  it("uses up the budget of that lane alone", async () => {
    const { perform } = await openBoth(
      onlyOn(lane, (_request, socket) => void socket.write(answerText({ status: 500 }))),
    );
    for (let count = 0; count < 19; count += 1) await errorOf(perform(callOn(lane, "once")));
    expect((await errorOf(perform(callOn(lane)))).message).toContain("The API fails too often");
    for (const other of others) expect((await perform(callOn(other))).status).toBe(200);
    expect((await errorOf(perform(callOn(lane)))).message).toContain("The API fails too often");
  });

  it("stops that lane alone when it is refused for rate for too long", async () => {
    const { server, perform } = await openBoth(
      onlyOn(lane, (_request, socket) => void socket.write(refusal(429, "X.Y", { "retry-after": "999" }))),
    );
    const first = await errorOf(perform(callOn(lane)));
    expect(await errorOf(perform(callOn(lane)))).toBe(first);
    for (const other of others) await perform(callOn(other));
    expect(server.requests.map(({ path }) => path.split("/").at(-1))).toEqual([lane, ...others]);
  });
});

describe("a scope that is missing", () => {
  const missing = (lane: Lane): Behaviour =>
    onlyOn(lane, (_request, socket) => void socket.write(refusal(403, "X.INSUFFICIENT_SCOPE")));

  it.each(["size", "clone"] as const)("ends the lane %s and nothing else", async (lane) => {
    const { server, perform } = await openBoth(missing(lane));
    const first = await errorOf(perform(callOn(lane)));
    expect(first).toBeInstanceOf(AccessError);
    expect(await errorOf(perform(callOn(lane)))).toBe(first);
    await perform(callOn("read"));
    await perform(callOn("write"));
    expect(server.requests.map(({ path }) => path.split("/").at(-1))).toEqual([lane, "read", "write"]);
  });

  it.each(["read", "write"] as const)("for the lane %s ends the run", async (lane) => {
    const { server, perform } = await openBoth(missing(lane));
    const first = await errorOf(perform(callOn(lane)));
    for (const other of LANES) expect(await errorOf(perform(callOn(other)))).toBe(first);
    expect(server.requests).toHaveLength(1);
  });
});
