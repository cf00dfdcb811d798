import { createInterface } from "node:readline/promises";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";

/**
 * Asks a yes-or-no question on stderr and reads the answer from stdin. Only `yes` is yes; the end of the input and an
 * abort are no.
 */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  return (await askFor(question, signal)) === "yes";
}

/**
 * Asks on stderr and reads a line from stdin, without the blanks around it; null at the end of the input and after an
 * abort. The terminal itself edits the line, so that its keys (Ctrl-C, Ctrl-\) send their signals as ever.
 */
export async function askFor(question: string, signal: AbortSignal): Promise<string | null> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  // Without an answer the cursor is still on the question's line.
  const endLine = () => void process.stderr.write("\n");
  signal.addEventListener("abort", endLine, { once: true });
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  try {
    const answer = await Promise.race([lines.question(question, { signal }), ended]);
    if (answer === null) {
      endLine();
      // Where the terminal is gone too, it says so now, and that is no answer.
      await turnOfTheLoop();
    }
    return answer?.trim() ?? null;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    signal.removeEventListener("abort", endLine);
    lines.close();
  }
}
