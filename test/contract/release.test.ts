import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { releaseNotes } from "../../scripts/release/notes.mjs";
import { makeWorkspace, ROOT } from "../support/program/cli.ts";

type Step = { readonly name?: string; readonly run?: string };

const VERSION: string = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;
const STEPS: readonly Step[] = parse(readFileSync(join(ROOT, ".github/workflows/release.yml"), "utf8")).jobs
  .release.steps;

/** A checkout of this version as it will be tagged, with stand-ins for what would reach npm and GitHub. */
const workspace = makeWorkspace({});
afterAll(workspace.remove);
const checkout = join(workspace.path, "checkout");
const asked = join(workspace.path, "asked.txt");
beforeAll(() => {
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const path of [...files, "package.json", "package-lock.json", "README.md", "LICENSE", "scripts"])
    cpSync(join(ROOT, path), join(checkout, path), { recursive: true });
  const changelog = join(checkout, "CHANGELOG.md");
  writeFileSync(
    changelog,
    readFileSync(changelog, "utf8").replace("## Unreleased", `## ${VERSION} - 2026-12-01`),
  );
  const bin = {
    npx: 'shift 2; exec npm "$@" --dry-run --json --offline --ignore-scripts --registry http://127.0.0.1:9',
    // The tag is there by the second release.
    gh: `echo "$@" >>'${asked}'; case "$*" in *PATCH*) exit 1 ;; esac`,
  };
  for (const [name, script] of Object.entries(bin))
    chmodSync(workspace.write(`bin/${name}`, `#!/bin/sh\n${script}\n`), 0o755);
});

/** Runs a step of the workflow as GitHub does. */
function play(name: string, tag = `v${VERSION}`) {
  const step = STEPS.find((each) => each.name === name);
  const env = {
    ...{ PATH: `${join(workspace.path, "bin")}:${process.env.PATH}`, HOME: workspace.path },
    ...{ GITHUB_REF_NAME: tag, GITHUB_SHA: "c0ffee", GITHUB_REPOSITORY: "your-org/campaignctl" },
  };
  return spawnSync("bash", ["--norc", "-eo", "pipefail", "-c", step?.run ?? "exit 99"], {
    ...{ cwd: checkout, env, encoding: "utf8" },
  });
}

describe("the steps of a release, one after another", () => {
  test("a tag of another version makes nothing", () => {
    const { status, stderr } = play("Make notes, package, SBOM and checksums", "v99.0.0");
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`The tag is v99.0.0, and package.json has ${VERSION}.`),
    });
  });

  test("notes, package, SBOM and checksums", () => {
    expect(play("Make notes, package, SBOM and checksums")).toMatchObject({ status: 0 });
    const names = [`campaignctl-${VERSION}.cdx.json`, `campaignctl-${VERSION}.tgz`];
    expect(readdirSync(join(checkout, "release")).sort()).toEqual([...names, "checksums.txt", "notes.md"]);
    execFileSync("sha256sum", ["--check", "--strict", "checksums.txt"], { cwd: join(checkout, "release") });
  });

  test("the SBOM has what is in the program, and nothing else", () => {
    const sbom = JSON.parse(readFileSync(join(checkout, `release/campaignctl-${VERSION}.cdx.json`), "utf8"));
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { version: VERSION } } });
    const licenses = readFileSync(join(checkout, "dist/licenses.txt"), "utf8");
    const names = [...licenses.matchAll(/^## (\S+) \(/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(
      sbom.components.map(({ name, version }: Record<string, string>) => `${name}@${version}`).sort(),
    ).toEqual(names.sort());
  });

  test("npm takes the package", () => {
    const { status, stdout } = play("Publish on npm");
    expect(status).toBe(0);
    expect(stdout).toContain(`"id": "campaignctl@${VERSION}"`);
  });

  test("the release has all of it, and the tag of the Action moves", () => {
    expect(play("Release on GitHub")).toMatchObject({ status: 0 });
    expect(play("Move the tag of the Action")).toMatchObject({ status: 0 });
    const major = `v${VERSION.split(".")[0]}`;
    const files = ["cdx.json", "tgz"].map((end) => `release/campaignctl-${VERSION}.${end}`).join(" ");
    expect(readFileSync(asked, "utf8").split("\n")).toEqual([
      `release create v${VERSION} --verify-tag --title v${VERSION} --notes-file release/notes.md ${files} release/checksums.txt`,
      `api --method PATCH repos/your-org/campaignctl/git/refs/tags/${major} --raw-field sha=c0ffee --field force=true`,
      `api --method POST repos/your-org/campaignctl/git/refs --raw-field ref=refs/tags/${major} --raw-field sha=c0ffee`,
      "",
    ]);
  });
});

describe("releaseNotes", () => {
  const changelog =
    "# Changelog\n\n## Unreleased\n\n- Later.\n\n## 1.1.0 - 2026-12-01\n\n### Added\n\n- [A page](docs/a.md), [another](https://example.com).\n\n## [1.0.0] - 2026-11-01\n\n- First.\n";

  test("is the part of one version, with links that lead somewhere from a release too", () => {
    expect(releaseNotes(changelog, "1.1.0", "https://github.com/o/n")).toBe(
      "### Added\n\n- [A page](https://github.com/o/n/blob/v1.1.0/docs/a.md), [another](https://example.com).\n",
    );
    expect(releaseNotes(changelog, "1.0.0", "https://github.com/o/n")).toBe("- First.\n");
  });

  test.each(["1.1", "2.0.0"])("there is none for %s, of which the changelog says nothing", (version) => {
    expect(() => releaseNotes(changelog, version, "https://github.com/o/n")).toThrow(
      `CHANGELOG.md says nothing of ${version}: give "Unreleased" that name.`,
    );
  });
});
