import { explain, runStep } from "./action/main.ts";
import { openRunner } from "./github/runner.ts";

const runner = openRunner();
// What nobody caught, an unhandled rejection too: nothing of this process can be relied on any more.
process.once("uncaughtException", async (error) => process.exit(await explain(runner, error)));
process.exitCode = await runStep(runner, process.env);
