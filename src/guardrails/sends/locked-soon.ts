import { makeDiagnostic } from "../../domain/diagnostics.ts";
import type { Diagnostic } from "../../domain/model.ts";
import { quantity } from "../../text/figures.ts";
import { type PlannedSend, SHORTLY_MS, sendWords } from "./planned-sends.ts";

/** One warning of all changes that a send may overtake: what is scheduled is locked, and left alone. */
export function lockedSoon(sends: readonly PlannedSend[], now: number): readonly Diagnostic[] {
  const soon = sends.filter(({ change, at }) => change.action === "update" && at - now <= SHORTLY_MS);
  if (soon.length === 0) return [];
  const detail = `${quantity(soon.length, "changed campaign")} ${soon.length === 1 ? "is" : "are"} to be sent within 24 hours: ${sendWords(soon)}. Once a campaign is scheduled it is locked, and this plan comes too late. Apply before that, or move the send.`;
  return [makeDiagnostic("locked-soon", { detail, file: null })];
}
