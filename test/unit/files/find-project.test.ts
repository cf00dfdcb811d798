import { win32 } from "node:path";
import { afterAll, expect, it, vi } from "vitest";

// The names of files as they are on Windows, and nothing that looks at a disk.
vi.resetModules();
vi.doMock("node:path", () => ({ ...win32, default: win32 }));
const { findProject } = await import("../../../src/files/find-project.ts");

afterAll(() => {
  vi.doUnmock("node:path");
  vi.resetModules();
});

it.each([
  ["..\\b\\p.yaml", "C:\\repo\\b"],
  ["../b/p.yaml", "C:\\repo\\b"],
  ["D:\\b\\p.yaml", "D:\\b"],
])("on Windows the project file may be named as %s", (config, folder) => {
  expect(findProject(config, "C:\\repo\\a")).toEqual({ path: `${folder}\\p.yaml`, folder });
});
