// Real Chromium without a window: takes a picture of a page, or says where things are on it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
  "--hide-scrollbars",
  "--no-first-run",
];

/** Runs in the page: every piece of text that is seen, and every box whose content is wider than it is. */
const MEASURE = `
  const article = document.querySelector("article");
  const seen = (box) => box.width > 0 && box.height > 0;
  const texts = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { top, bottom, left, right, width, height } = range.getBoundingClientRect();
    if (node.data.trim() !== "" && seen({ width, height }))
      texts.push({ text: node.data, top, bottom, left, right });
  }
  const cut = [article, ...article.querySelectorAll("*")]
    .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
    .map(({ tagName, textContent }) => tagName.toLowerCase() + ": " + textContent.trim().slice(0, 80));
  window.measured = { height: Math.ceil(document.documentElement.getBoundingClientRect().height), texts, cut };`;

/** Runs in the page around all others, when they have come. */
const GATHER = `
  addEventListener("load", () => {
    const pre = document.createElement("script");
    pre.type = "application/json";
    pre.id = "measured";
    pre.textContent = JSON.stringify(Array.from(frames, ({ measured }) => measured)).replaceAll("<", "\\\\u003c");
    document.body.append(pre);
  });`;

/** What is where on each page, in CSS pixels of a window as wide as it says. One browser looks at all of them. */
export function measure(pages) {
  const framed = pages.map(({ html, width }) => {
    const inAttribute = `${html}<script>${MEASURE}</script>`
      .replaceAll("&", "&amp;")
      .replaceAll('"', "&quot;");
    return `<iframe style="border: 0; width: ${width}px; height: 1000px" srcdoc="${inAttribute}"></iframe>`;
  });
  const page = `<!doctype html><meta charset="utf-8"><script>${GATHER}</script>${framed.join("")}`;
  const dom = withChromium(page, ["--dump-dom"]);
  return JSON.parse(/<script type="application\/json" id="measured">(.*?)<\/script>/s.exec(dom)[1]);
}

/** A picture of a whole page of this width, half as fine again as its CSS pixels. */
export function photograph(html, width, file) {
  const [{ height }] = measure([{ html, width }]);
  rmSync(file, { force: true });
  withChromium(html, [
    `--screenshot=${file}`,
    `--window-size=${width},${height}`,
    "--force-device-scale-factor=1.5",
  ]);
  if (!existsSync(file)) throw new Error(`Chromium took no picture: ${file}`);
}

/** @throws where there is no Chromium: nothing can be said of a page without it. */
function withChromium(html, args) {
  const scratch = mkdtempSync(join(tmpdir(), "campaignctl-page-"));
  try {
    const file = join(scratch, "page.html");
    writeFileSync(file, html);
    const profile = `--user-data-dir=${join(scratch, "profile")}`;
    return execFileSync("chromium", [...FLAGS, profile, ...args, pathToFileURL(file).href], {
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Error("Chromium is needed: apt-get install chromium", { cause: error });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
