import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licences of all packages that are in a bundle, each under a line with its name and version.
 *
 * @param metafile what esbuild tells of the bundle.
 * @param root the folder that the paths in it are relative to.
 */
export function licensesIn(metafile, root) {
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const licenses = [...new Set(folders)].sort().map((folder) => licenseIn(join(root, folder)));
  return `campaignctl has parts of these packages in it.\n\n${licenses.join("\n")}`;
}

function licenseIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no licence file.`);
  return `## ${name}@${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
