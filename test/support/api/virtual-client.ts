import type { Clock } from "../../../src/domain/ports.ts";
import { type Connection, type ConnectionSettings, connect } from "../../../src/experiture/connection.ts";
import type { Http } from "../../../src/http/http.ts";

type Own = Partial<Pick<ConnectionSettings, "parallelism" | "random" | "credentials">>;

/** The real client over an API that a test plays, in the test's time. */
export function connectOver(http: Http, clock: Clock, own: Own = {}): Connection {
  return connect({
    apiUrl: "https://api.example.test/public/v1",
    credentials: { kind: "token", token: "t" },
    parallelism: 1,
    userAgent: "campaignctl/0",
    variables: {},
    clock,
    random: () => 0.5,
    http,
    ...own,
  });
}
