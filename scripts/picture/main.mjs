// docs/images/: the plan comment of the examples as GitHub shows it. Needs chromium and cmark-gfm.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text as readAll } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { photograph } from "./chromium.mjs";
import { commentPage } from "./page.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = join(root, "dist/cli.js");
const scratch = mkdtempSync(join(tmpdir(), "campaignctl-picture-"));

/** The plan of the examples on the sandbox. */
async function makePlan() {
  const sandbox = spawn(process.execPath, [program, "sandbox", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: sandbox.stdout }), "line");
  const plan = spawn(process.execPath, [program, "plan", "--sizes", "--format", "json"], {
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

/** What the pull request of the picture changes; what else differs, somebody changed in the console. */
const PULL_REQUEST = ["Spring re-engagement", "Delivery survey"];

async function commentBody(plan) {
  const { renderPlanComment, fileUrlAt, targetOf } = await loadRenderers();
  const commit = "4f2a9c01d7b8e6f53a1c2d4e5f60718293a4b5c6";
  const place = {
    serverUrl: "https://github.com",
    repository: { owner: "acme", repo: "campaigns" },
    ref: commit,
  };
  const origins = new Map(
    plan.changes.map(({ campaignId, name }) => [
      campaignId,
      PULL_REQUEST.includes(name) ? "this pull request" : "drift",
    ]),
  );
  const { body } = renderPlanComment({
    plan,
    target: targetOf({ workflow: "Campaigns", environment: "production", config: null }),
    commit,
    origins,
    fileUrl: fileUrlAt({ ...place, folder: "" }),
    runUrl: "https://github.com/acme/campaigns/actions/runs/7",
  });
  return body;
}

/** Whoever reads it: at a desk by day or by night, or on the way. */
const PICTURES = [
  { name: "plan-comment-light", theme: "light", width: 886 },
  { name: "plan-comment-dark", theme: "dark", width: 886 },
  { name: "plan-comment-phone", theme: "light", width: 390 },
];

try {
  const body = await commentBody(await makePlan());
  mkdirSync(join(root, "docs/images"), { recursive: true });
  for (const { name, theme, width } of PICTURES) {
    photograph(commentPage(body, { theme, width }), width, join(root, "docs/images", `${name}.png`));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
