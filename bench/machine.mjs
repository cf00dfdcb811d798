import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";

/** The machine in one line: what runs on another cannot be compared. */
export function describeMachine() {
  const [{ model }] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0].toFixed(1);
  return `${cpus().length} × ${model.trim()}, ${memory}, ${systemName()}, Node ${process.version}, load ${load}`;
}

function systemName() {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))[1];
  } catch {
    return `${type()} ${release()}`;
  }
}
