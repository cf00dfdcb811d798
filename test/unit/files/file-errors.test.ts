import { describe, expect, it } from "vitest";
import {
  displayName,
  explainReadError,
  isInside,
  isMissing,
  readErrorCode,
} from "../../../src/files/file-errors.ts";

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe("names of files", () => {
  it.each([
    ["/a/b/c.yaml", "b/c.yaml"],
    ["/a", "."],
    ["/a/..b/c", "..b/c"],
    ["/ab/c", "/ab/c"],
    ["/", "/"],
  ])("%s, seen from /a, is %s", (path, name) => {
    expect(displayName(path, "/a")).toBe(name);
    expect(isInside("/a", path)).toBe(!name.startsWith("/"));
  });
});

describe("errors of the system", () => {
  it("are explained with their code, known or not", () => {
    expect(explainReadError(systemError("EACCES"))).toContain("Check who may read it");
    expect(explainReadError(systemError("EIO"))).toContain("The system says EIO");
    expect(readErrorCode(systemError("ELOOP"))).toBe("symlink-refused");
    expect(readErrorCode(systemError("EIO"))).toBe("file-unreadable");
    expect(["ENOENT", "ENOTDIR", "EIO"].map((code) => isMissing(systemError(code)))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    ["EACCES", "The system refuses access (EACCES). Check who may read it."],
    ["EPERM", "The system refuses access (EPERM). Check who may read it."],
    ["ENOTDIR", "A part of its path is a file and no folder (ENOTDIR). Check the path."],
    ["ENAMETOOLONG", "Its name is too long for the system (ENAMETOOLONG). Check the path."],
    ["ELOOP", "The links lead back to themselves (ELOOP). Put a file in the place of the link."],
    ["EIO", "The system says EIO. Check the file and the disk, and try again."],
  ])("%s is put into words", (code, words) => {
    expect(explainReadError(systemError(code))).toBe(words);
  });

  it.each([[systemError("ERR_INVALID_ARG_TYPE")], [systemError("ZEIO")], [new TypeError("bug")], ["text"]])(
    "%s is none, and is thrown on as it is",
    (error) => {
      let thrown: unknown;
      try {
        explainReadError(error);
      } catch (caught) {
        thrown = caught;
      }
      expect(thrown).toBe(error);
      expect(isMissing(error)).toBe(false);
    },
  );
});
