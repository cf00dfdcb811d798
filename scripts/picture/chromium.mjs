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
  const measured = { height: Math.ceil(document.documentElement.getBoundingClientRect().height), texts, cut };
  const pre = document.createElement("script");
  pre.type = "application/json";
  pre.id = "measured";
  pre.textContent = JSON.stringify(measured).replaceAll("<", "\\\\u003c");
  document.body.append(pre);`;

/** What is where on a page of this width, in CSS pixels. */
export function measure(html, width) {
  const page = `${html}<script>${MEASURE}</script>`;
  const dom = withChromium(page, ["--dump-dom", `--window-size=${width},1000`]);
  return JSON.parse(/<script type="application\/json" id="measured">(.*?)<\/script>/s.exec(dom)[1]);
}

/** A picture of a whole page of this width, half as fine again as its CSS pixels. */
export function photograph(html, width, file) {
  const { height } = measure(html, width);
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
