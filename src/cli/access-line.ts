import { escapeText } from "../text/invisible.ts";
import type { Session } from "./terminal/session.ts";

/** One line on refused credentials, with what the API's support asks for. */
export function accessLine(
  error: { readonly message: string; readonly correlationId: string | null },
  session: Session,
): string {
  const id = error.correlationId === null ? "" : ` (correlation id ${escapeText(error.correlationId)})`;
  return `${session.stderr.style.red("error:")} ${error.message}${id}\n`;
}
