#!/usr/bin/env node
import { runCommandLine } from "./cli/main.ts";

await runCommandLine(process, process.env, new URL("../README.md", import.meta.url).href);
