import { readResult } from "../commands/saved.ts";
import { planResult, reportResult } from "./print-result.ts";
import type { Session } from "./terminal/session.ts";

/** The flags of `show`. */
export type ShowFlags = { readonly file: string; readonly format: "text" | "markdown" };

/** `campaignctl show`: shows a plan or a report that was saved. No network, no credentials. */
export async function runShow({ file, format }: ShowFlags, session: Session): Promise<number> {
  const saved = readResult(file);
  const result = saved.kind === "plan" ? planResult(saved, session) : reportResult(saved, session);
  session.stdout.write(result[format]());
  return 0;
}
