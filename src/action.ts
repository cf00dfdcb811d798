import http from "node:http";
import { runStep } from "./action/main.ts";
import { openRunner } from "./github/runner.ts";

// Requests to GitHub go by the global fetch, which knows of a proxy only when it is told (Node 24).
if ("setGlobalProxyFromEnv" in http && typeof http.setGlobalProxyFromEnv === "function")
  http.setGlobalProxyFromEnv();
process.exitCode = await runStep(openRunner(), process.env);
