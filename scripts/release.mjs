// Makes what a release has, of the built checkout in the working directory: node scripts/release.mjs v1.2.3 FOLDER
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseNotes } from "./release/notes.mjs";
import { sbomOfProgram } from "./release/sbom.mjs";

const [tag, folder = "release"] = process.argv.slice(2);
const { version, homepage } = JSON.parse(readFileSync("package.json", "utf8"));
if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, and package.json has ${version}.`);

const npm = (...args) => execFileSync("npm", args, { encoding: "utf8", maxBuffer: 1 << 26 });
const write = (name, text) => writeFileSync(join(folder, name), text);

mkdirSync(folder);
write("notes.md", releaseNotes(readFileSync("CHANGELOG.md", "utf8"), version, homepage.replace(/#.*/, "")));
npm("pack", "--ignore-scripts", "--pack-destination", folder);
const sbom = JSON.parse(npm("sbom", "--sbom-format", "cyclonedx", "--package-lock-only"));
const program = sbomOfProgram(sbom, readFileSync("dist/licenses.txt", "utf8"));
write(`campaignctl-${version}.cdx.json`, `${JSON.stringify(program, null, 2)}\n`);
const files = readdirSync(folder).filter((name) => name.startsWith("campaignctl-"));
const sumOf = (name) =>
  createHash("sha256")
    .update(readFileSync(join(folder, name)))
    .digest("hex");
write("checksums.txt", files.map((name) => `${sumOf(name)}  ${name}\n`).join(""));
