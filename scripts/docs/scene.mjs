// A scene: the examples, in which some files are as somebody made them worse.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Does some work in a copy of examples/ in which the files of a scene stand in for some. */
export async function inScene(scene, work) {
  const folder = mkdtempSync(join(tmpdir(), "campaignctl-scene-"));
  try {
    cpSync(join(root, "examples"), folder, { recursive: true });
    cpSync(join(root, "scripts/docs/scenes", scene), folder, { recursive: true });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
