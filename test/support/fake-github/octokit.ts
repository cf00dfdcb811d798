import { Octokit } from "octokit";
import type { FakeGitHub } from "./server.ts";

/** GitHub's own client without its repeats and pauses, so that a test sees each answer. */
export function octokitFor(github: FakeGitHub, token = github.token): Octokit {
  const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  return new Octokit({
    auth: token,
    baseUrl: github.url,
    retry: { enabled: false },
    throttle: { enabled: false },
    log: silent,
  });
}

function ignore(): void {}

/** The status that a call was refused with; throws when it was not. */
export async function refusedWith(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    const { status, message } = error as { readonly status?: unknown; readonly message: string };
    if (typeof status !== "number") throw error;
    return { status, message };
  }
  throw new Error("The call was not refused.");
}
