import { GitHubError } from "../run/github-error.ts";
import type { Client } from "./client.ts";
import { pause } from "./pause.ts";

/** A creation that got no answer may still be on its way through GitHub's servers. */
const SETTLE_MS = 3_000;
const MOST_ATTEMPTS = 2;

/**
 * Creates something without ever making it twice: when nobody knows whether it was done, it looks for it, and only
 * when it is not there tries once more.
 *
 * @param look finds what `create` would have made; null when it is not there.
 * @throws GitHubError of `create` when a second attempt ends the same way, and every other one at once.
 */
export async function createOnce<T>(
  { clock, signal }: Pick<Client, "clock" | "signal">,
  create: () => Promise<T>,
  look: () => Promise<T | null>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof GitHubError) || error.reason !== "uncertain") throw error;
      await pause(clock, SETTLE_MS, signal);
      const found = await look();
      if (found !== null) return found;
      if (attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
