// GitHub's own Markdown renderer.
import { spawnSync } from "node:child_process";

const EXTENSIONS = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"];

const RENDER = `cmark-gfm --unsafe ${EXTENSIONS.map((name) => `-e ${name}`).join(" ")}`;

/** Renders, one after another, as many bytes as each argument says. No HTML of the renderer holds the character 0. */
const RENDER_EACH = `for size; do head -c "$size" | ${RENDER} || exit; printf '\\0'; done`;

/**
 * Markdown as GitHub's own renderer makes HTML of it, raw HTML included: what GitHub's sanitizer would take away is
 * still to be seen here.
 */
export function renderGitHubMarkdown(markdown) {
  return renderPages([markdown])[0];
}

/**
 * The same of each page. A shell starts the renderers, which costs less than if a program as large as this did.
 *
 * @throws when the renderer is not installed: a test without it would prove nothing.
 */
export function renderPages(pages) {
  const bytes = pages.map((page) => Buffer.from(page));
  const sizes = bytes.map(({ length }) => String(length));
  const { error, status, stdout, stderr } = spawnSync("sh", ["-c", RENDER_EACH, "sh", ...sizes], {
    input: Buffer.concat(bytes),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined || status === 127)
    throw new Error("cmark-gfm is needed: apt-get install cmark-gfm", { cause: error ?? stderr });
  if (status !== 0) throw new Error(`cmark-gfm ended with ${status}: ${stderr}`);
  return stdout.split("\0").slice(0, -1);
}
