import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const USAGE = fileURLToPath(new URL("usage.cjs", import.meta.url));

/**
 * Runs a program to its end. `wallMs` is from before it is started until it has ended.
 *
 * @throws Error when it ends with another code than `expect`, with what it wrote on stderr.
 */
export async function runProcess(command, args, { expect = 0, ...options } = {}) {
  const start = performance.now();
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const [, stdout, stderr, usage] = child.stdio.map((stream) => gather(stream));
  let wallMs = 0;
  child.once("exit", () => {
    wallMs = performance.now() - start;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", reject);
  });
  if (!expectedCodes(expect).includes(code)) {
    const said = stderr().trim().slice(-2000);
    throw new Error(`${command} ${args.join(" ")} ended with ${code}, not ${expect}:\n${said}`);
  }
  return { wallMs, code, stdout: stdout(), usage: usage() === "" ? null : JSON.parse(usage()) };
}

function expectedCodes(expect) {
  return Array.isArray(expect) ? expect : [expect];
}

/** Runs a JavaScript program and also says what CPU time and memory it has used, start-up included. */
export function runMeasured(args, options) {
  return runProcess(process.execPath, ["--require", USAGE, ...args], options);
}

/** Runs a JavaScript program as users do. */
export function runNode(args, options) {
  return runProcess(process.execPath, args, options);
}

function gather(stream) {
  const chunks = [];
  stream?.on("data", (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
