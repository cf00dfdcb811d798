import { explainUncaught, runStep } from "./action/main.ts";
import { openRunner } from "./github/runner.ts";

const runner = openRunner();
// What nobody caught, an unhandled rejection too: nothing of this process can be relied on any more.
process.once("uncaughtException", (error) => process.exit(explainUncaught(runner, error)));
process.exitCode = await runStep(runner, process.env);
