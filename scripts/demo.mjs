// The main job on the embedded sandbox: no account, no network. Ends with the exit code of the step that failed, if any.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inScene } from "./docs/scene.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "dist/cli.js");

/** Starts the sandbox on any free port and waits for the line that says where it listens. */
async function startSandbox() {
  const child = spawn(process.execPath, [program, "sandbox", "--port", "0", "--reach-delay", "1s"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error("The sandbox did not start.");
}

/** Shows a command, runs it in examples/ or a copy of that, and insists on its exit code. */
async function step(title, args, url, expected = 0, cwd = join(root, "examples")) {
  console.log(`\n=== ${title}\n$ campaignctl ${args.join(" ")}\n`);
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    stdio: "inherit",
    env: {
      ...process.env,
      EXPERITURE_API_URL: url,
      EXPERITURE_TOKEN: "demo",
      CAMPAIGNCTL_ENVIRONMENT: "production",
    },
  });
  const [code] = await once(child, "exit");
  if (code !== expected) throw new Error(`campaignctl ${args[0]} ended with ${code}, not ${expected}.`);
}

/** A copy in which somebody lost the suppressions of a campaign: the rules of the project refuse that. */
async function refusedStep(url) {
  const title = "5. Somebody loses the suppressions of a campaign. Exit code 6 means: a rule refuses it.";
  const args = ["apply", "--yes", "campaigns/spring-re-engagement.yaml"];
  await inScene("lost-suppression", (cwd) => step(title, args, url, 6, cwd));
}

const { child, url } = await startSandbox();
try {
  await step("1. Check the files. Nothing is sent.", ["validate"], url);
  await step(
    "2. What would change? Exit code 2 means: there are changes.",
    ["plan", "--sizes", "--detailed-exitcode"],
    url,
    2,
  );
  await step("3. Apply it and wait until reach is confirmed.", ["apply", "--yes"], url);
  await step("4. Plan again: no changes.", ["plan", "--detailed-exitcode"], url);
  await refusedStep(url);
  console.log("\nDone. One campaign was skipped all along: it is scheduled, so it is left alone.");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  child.kill("SIGTERM");
}
