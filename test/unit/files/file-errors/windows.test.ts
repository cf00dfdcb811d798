import { win32 } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";

// Names of files as they are on Windows, from what looks at no disk.
vi.resetModules();
vi.doMock("node:path", () => ({ ...win32, default: win32 }));
const { displayName, isInside } = await import("../../../../src/files/file-errors.ts");

afterAll(() => {
  vi.doUnmock("node:path");
  vi.resetModules();
});

describe("on Windows", () => {
  it.each([
    ["a file below", "C:\\repo\\campaigns\\a.yaml", "campaigns/a.yaml"],
    ["the folder itself", "C:\\repo", "."],
    ["another case, which is the same there", "c:\\Repo\\campaigns\\a.yaml", "campaigns/a.yaml"],
    ["a name that begins with two dots", "C:\\repo\\..a\\b.yaml", "..a/b.yaml"],
    ["a folder whose name begins the same", "C:\\repository\\a.yaml", "C:/repository/a.yaml"],
    ["another drive", "D:\\repo\\a.yaml", "D:/repo/a.yaml"],
    ["a share", "\\\\server\\share\\a.yaml", "//server/share/a.yaml"],
  ])("%s is named with forward slashes", (_, path, name) => {
    expect(displayName(path, "C:\\repo")).toBe(name);
    expect(isInside("C:\\repo", path)).toBe(!/^(?:\w:|\/)/.test(name));
  });

  it("a file of the project is named from where one works, at the root of a drive too", () => {
    expect(displayName("C:\\repo\\m\\a.yaml", "C:\\repo\\w", "C:\\repo\\m")).toBe("../m/a.yaml");
    expect(displayName("C:\\a\\b.yaml", "C:\\")).toBe("a/b.yaml");
  });
});
