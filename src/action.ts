import { runStep } from "./action/main.ts";
import { openRunner } from "./github/runner.ts";

process.exitCode = await runStep(openRunner(), process.env);
