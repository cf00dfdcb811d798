import { GitHubError } from "../github/run/github-error.ts";

/**
 * Does some work on GitHub whose failure must not lose what the run has come to: the failure is added to `problems`.
 *
 * @returns null when it failed.
 */
export async function onGitHub<T>(problems: string[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    problems.push(error.message);
    return null;
  }
}
