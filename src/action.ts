import { explainUncaught, runStep } from "./action/main.ts";
import { openRunner } from "./action/runner.ts";

const runner = openRunner();
// What nobody caught, an unhandled rejection too: nothing of this process can be relied on any more.
process.once("uncaughtException", (error) => process.exit(explainUncaught(runner, error)));
// Then the run ends as after a signal; a write that fails is no bug of ours.
process.stdout.on("error", () => undefined);
process.exitCode = await runStep(runner, process.env);
