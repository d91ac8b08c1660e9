// Opens a report in Chromium and tells, as JSON, what axe-core finds, what is fetched and how wide the page is.
// node check_report.mjs CHROMIUM FILE VIEW... where a view is a colour scheme and a width, as in dark:390
import axe from "axe-core";
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";

const [executablePath, file, ...views] = process.argv.slice(2);
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const address = pathToFileURL(file).href;
const result = { violations: [], requests: [], errors: [], dialogs: 0, ran: [], overflow: {} };

const browser = await chromium.launch({ executablePath, args: quiet });
for (const view of views) {
  const [colorScheme, width] = [view.split(":")[0], Number(view.split(":")[1])];
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on("request", (request) => request.url() === address || result.requests.push(request.url()));
  page.on("pageerror", (error) => result.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && result.errors.push(message.text()));
  page.on("dialog", (dialog) => { result.dialogs += 1; dialog.dismiss(); });
  await page.goto(address);
  result.overflow[view] = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (await page.evaluate(() => "hacked" in window)) result.ran.push(view);
  await page.evaluate(axe.source);
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), tags);
  for (const { id, nodes } of found.violations) {
    result.violations.push(`${view} ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(result));
