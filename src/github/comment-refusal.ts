import { countText } from "../render/figures.ts";
import type { GitHubError } from "./github-error.ts";

/** Why GitHub takes no comment on a pull request, in words for people; null for an error of another kind. */
export function whyNoComment({ reason, message }: GitHubError, pullNumber: number): string | null {
  const pull = `pull request ${pullNumber}`;
  if (reason !== "forbidden" && reason !== "refused") return null;
  if (/\bis locked\b/i.test(message)) {
    return `The conversation of ${pull} is locked, so GitHub takes no comment of this job. Unlock it and run the job again.`;
  }
  const most = /more than ([\d,.]*\d) comments/i.exec(message)?.[1];
  if (most !== undefined) {
    const count = countText(Number(most.replace(/\D/g, "")));
    return `The conversation of ${pull} has ${count} comments, and GitHub takes no more. Open another pull request of the same branch.`;
  }
  return reason === "forbidden" ? message : null;
}
