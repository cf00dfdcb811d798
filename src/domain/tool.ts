import { VERSION } from "../generated/version.js";
import type { Tool } from "./model.ts";

/** This program, as plans and reports name it. */
export const TOOL: Tool = { name: "campaignctl", version: VERSION };

/** This program, as requests name it. */
export const USER_AGENT = `${TOOL.name}/${TOOL.version}`;
