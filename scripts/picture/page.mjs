// A comment as GitHub shows it: its own Markdown renderer, its own styles, and the box around it.
import { readFileSync } from "node:fs";
import { renderGitHubMarkdown } from "./cmark.mjs";

/** Markdown as GitHub's own renderer makes it, with what GitHub does of alerts afterwards. */
function toHtml(markdown) {
  return renderGitHubMarkdown(markdown).replace(/<blockquote>\s*<p>\[!(\w+)\]\s*(?:<br \/>)?/g, (_, kind) => {
    const name = kind.toLowerCase();
    const title = name[0].toUpperCase() + name.slice(1);
    return `<blockquote class="markdown-alert markdown-alert-${name}"><p class="markdown-alert-title">${title}</p><p>`;
  });
}

const COLOURS = {
  light: { back: "#fff", line: "#d1d9e0", head: "#f6f8fa", text: "#59636e" },
  dark: { back: "#0d1117", line: "#3d444d", head: "#151b23", text: "#9198a1" },
};

/** The styles of GitHub's pages that matter for what fits where. */
function stylesOf(theme, width) {
  const css = readFileSync(
    new URL(`../../node_modules/github-markdown-css/github-markdown-${theme}.css`, import.meta.url),
    "utf8",
  );
  const { back, line, head, text } = COLOURS[theme];
  return `${css}
    body { margin: 12px; width: ${width - 24}px; background: ${back}; }
    .comment { max-width: 860px; border: 1px solid ${line}; border-radius: 6px; overflow: hidden; }
    .head { background: ${head}; border-bottom: 1px solid ${line}; padding: 8px 16px; font: 14px sans-serif; color: ${text}; }
    .markdown-body { padding: 16px; font-size: 14px; }
    blockquote.markdown-alert { color: inherit; }`;
}

/** The page of one comment, in GitHub's light or dark colours, for a window of this many CSS pixels. */
export function commentPage(markdown, { theme, width }) {
  return `<!doctype html><meta charset="utf-8"><style>${stylesOf(theme, width)}</style>
  <div class="comment"><div class="head"><b>github-actions</b> bot commented</div>
  <article class="markdown-body">${toHtml(markdown)}</article></div>`;
}
