// docs/images/plan-comment.png: the plan comment of the examples as GitHub shows it. Needs chromium and cmark-gfm.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "dist/cli.js");
const scratch = mkdtempSync(join(tmpdir(), "campaignctl-picture-"));

/** The plan of the examples on the sandbox. */
async function makePlan() {
  const sandbox = spawn(process.execPath, [program, "sandbox", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: sandbox.stdout }), "line");
  const plan = spawn(process.execPath, [program, "plan", "--format", "json"], {
    cwd: join(root, "examples"),
    env: {
      PATH: process.env.PATH,
      EXPERITURE_API_URL: line.replace("listening on ", ""),
      EXPERITURE_TOKEN: "any",
      CAMPAIGNCTL_ENVIRONMENT: "production",
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const text = await readAll(plan.stdout);
  sandbox.kill("SIGTERM");
  return {
    ...JSON.parse(text),
    createdAt: "2026-11-24T10:00:00.000Z",
    apiUrl: "https://api.experiture.ai/public/v1",
  };
}

/** The renderers, which Node 20 cannot import as they are. */
async function loadRenderers() {
  const outfile = join(scratch, "renderers.mjs");
  await build({
    stdin: {
      resolveDir: join(root, "src/github"),
      contents: `
        export { renderPlanComment } from "./page/plan-comment.ts";
        export { fileUrlAt } from "./page/file-link.ts";
        export { targetOf } from "./run/target.ts";`,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}

async function commentBody(plan) {
  const { renderPlanComment, fileUrlAt, targetOf } = await loadRenderers();
  const commit = "4f2a9c01d7b8e6f53a1c2d4e5f60718293a4b5c6";
  const place = {
    serverUrl: "https://github.com",
    repository: { owner: "acme", repo: "campaigns" },
    ref: commit,
  };
  const origins = new Map(
    plan.changes.map(({ campaignId }, n) => [campaignId, n % 2 ? "this pull request" : "drift"]),
  );
  const { body } = renderPlanComment({
    plan,
    target: targetOf({ workflow: "Campaigns", environment: null, config: null }),
    commit,
    origins,
    fileUrl: fileUrlAt({ ...place, folder: "" }),
    runUrl: "https://github.com/acme/campaigns/actions/runs/7",
  });
  return body;
}

/** Markdown as GitHub's own renderer makes it, with the one thing that GitHub does afterwards: alerts. */
function toHtml(markdown) {
  const args = [
    "--unsafe",
    ...["table", "strikethrough", "autolink", "tagfilter", "tasklist"].flatMap((e) => ["-e", e]),
  ];
  const html = execFileSync("cmark-gfm", args, { input: markdown, encoding: "utf8" });
  return html.replace(/<blockquote>\s*<p>\[!(\w+)\]\s*(?:<br \/>)?/g, (_, kind) => {
    const name = kind.toLowerCase();
    const title = name[0].toUpperCase() + name.slice(1);
    return `<blockquote class="markdown-alert markdown-alert-${name}"><p class="markdown-alert-title">${title}</p><p>`;
  });
}

function page(content) {
  const css = readFileSync(join(root, "node_modules/github-markdown-css/github-markdown-light.css"), "utf8");
  return `<!doctype html><meta charset="utf-8"><style>${css}
    body { margin: 24px; background: #fff; }
    .comment { max-width: 860px; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
    .head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; font: 14px sans-serif; color: #59636e; }
    .markdown-body { padding: 16px; font-size: 14px; }
    blockquote.markdown-alert { color: inherit; }
  </style><div class="comment"><div class="head"><b>github-actions</b> bot commented</div>
  <article class="markdown-body">${content}</article></div>`;
}

try {
  const html = join(scratch, "comment.html");
  writeFileSync(html, page(toHtml(await commentBody(await makePlan()))));
  const picture = join(root, "docs/images/plan-comment.png");
  mkdirSync(dirname(picture), { recursive: true });
  execFileSync(
    "chromium",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      `--user-data-dir=${join(scratch, "profile")}`,
      "--window-size=920,1000",
      `--screenshot=${picture}`,
      pathToFileURL(html).href,
    ],
    { stdio: "ignore" },
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
