import { readResult } from "../commands/saved.ts";
import { planResult, reportResult } from "./print-result.ts";
import type { Session } from "./terminal/session.ts";

/** The flags of `show`. */
export type ShowFlags = {
  readonly file: string;
  readonly format: "text" | "markdown";
  readonly verbose: boolean;
};

/** `campaignctl show`: shows a plan or a report that was saved. No network, no credentials. */
export async function runShow(flags: ShowFlags, session: Session): Promise<number> {
  const { file, format } = flags;
  const saved = readResult(file);
  const result = saved.kind === "plan" ? planResult(saved, flags, session) : reportResult(saved, session);
  session.stdout.write(result[format]());
  return 0;
}
