import { afterEach } from "vitest";
import type { Clock } from "../../../src/domain/ports.ts";
import { type Connection, type ConnectionSettings, connect } from "../../../src/experiture/connection.ts";
import { seededRandom } from "../chance/seeded-random.ts";
import { createInstantClock, type InstantClock } from "../clocks/instant-clock.ts";
import {
  answerJson,
  type Behaviour,
  type Certificate,
  type RawRequest,
  type RawServer,
  startRawServer,
} from "../network/raw-server.ts";
import { SEGMENT_ID, sampleSummary } from "../samples/documented-summary.ts";

export const TOKEN = "canary-token-0123456789";

/** Limits short enough for tests of a server that is silent. */
export const SHORT = { connectMs: 500, headersMs: 150, bodyMs: 150, callMs: 1_000 };

export type Client = Connection & { readonly clock: InstantClock };

/** What a client of a raw server is opened with. */
export function settingsFor(server: RawServer, clock: Clock): ConnectionSettings {
  return {
    apiUrl: `${server.url}/public/v1`,
    credentials: { kind: "token", token: TOKEN },
    parallelism: 10,
    userAgent: "campaignctl/test",
    variables: {},
    clock,
    random: seededRandom(7),
  };
}

/** A client of a raw server with a clock whose sleeps take no time. */
export function openClient(server: RawServer, change: Partial<ConnectionSettings> = {}): Client {
  const clock = createInstantClock();
  const connection = connect({ ...settingsFor(server, clock), ...change });
  return { ...connection, clock };
}

/** Starts servers and clients for the tests of one file and closes them after each test. */
export function useServers() {
  const servers: RawServer[] = [];
  const clients: Client[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    for (const server of servers.splice(0)) await server.close();
  });
  async function serve(behave: Behaviour, certificate?: Certificate): Promise<RawServer> {
    const server = await startRawServer(behave, certificate);
    servers.push(server);
    return server;
  }
  function open(server: RawServer, change?: Partial<ConnectionSettings>): Client {
    const client = openClient(server, change);
    clients.push(client);
    return client;
  }
  /** A server and a client of it. */
  async function openBoth(
    behave: Behaviour,
    change?: Partial<ConnectionSettings>,
  ): Promise<{ readonly server: RawServer; readonly client: Client }> {
    const server = await serve(behave);
    return { server, client: open(server, change) };
  }
  return { serve, open, openBoth };
}

/** Answers everything with this text. */
export function answering(text: string): Behaviour {
  return (_request, socket) => void socket.write(text);
}

/** What the API says when it refuses. */
export function refusal(status: number, code: string, headers: Record<string, string | null> = {}): string {
  return answerJson(
    { success: false, error: { code, message: "No." }, correlationId: "from-body" },
    { status, headers },
  );
}

/** The summary of the campaign that was asked for. */
export function summaryOf(request: RawRequest): string {
  return answerJson(sampleSummary({ data: { campaignId: request.path.split("/").at(-2) } }));
}

/** Answers every read with the summary of the campaign that was asked for. */
export const fine = (...[request, socket]: Parameters<Behaviour>): void =>
  void socket.write(summaryOf(request));

/** One audience to write. */
export const BINDING = { include: [{ audienceId: SEGMENT_ID, type: "segment" as const }], exclude: [] };

/** The error that a promise is rejected with; a promise that resolves fails the test. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`Expected an error, got ${JSON.stringify(outcome.value)}.`);
  if (!(outcome.error instanceof Error)) throw new Error(`Not an error: ${String(outcome.error)}`);
  return outcome.error;
}

/** Campaign ids that differ. */
export function campaignIds(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  );
}
