import { createInterface } from "node:readline/promises";

/**
 * Asks a yes-or-no question on stderr and reads the answer from stdin. Only `yes` is yes; the end of the input and an
 * abort are no.
 */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  // In raw mode Ctrl-C reaches readline, not the process.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await Promise.race([lines.question(question, { signal }), ended]);
    return answer.trim() === "yes";
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    lines.close();
  }
}
