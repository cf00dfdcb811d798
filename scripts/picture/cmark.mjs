// GitHub's own Markdown renderer.
import { spawnSync } from "node:child_process";

const EXTENSIONS = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"];

/**
 * Markdown as GitHub's own renderer makes HTML of it, raw HTML included: what GitHub's sanitizer would take away is
 * still to be seen here.
 *
 * @throws when the renderer is not installed: a test without it would prove nothing.
 */
export function renderGitHubMarkdown(markdown) {
  const options = EXTENSIONS.flatMap((name) => ["-e", name]);
  const { error, status, stdout, stderr } = spawnSync("cmark-gfm", ["--unsafe", ...options], {
    input: markdown,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined)
    throw new Error("cmark-gfm is needed: apt-get install cmark-gfm", { cause: error });
  if (status !== 0) throw new Error(`cmark-gfm ended with ${status}: ${stderr}`);
  return stdout;
}
