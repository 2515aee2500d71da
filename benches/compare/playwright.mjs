// Playwright's side of the comparison: reads a job from standard input, does it in a browser of its
// own, and says how long it took. Each job is written the way its documentation recommends.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { chromium } = createRequire(process.env.RESCIND_BENCH_MODULES + "/")("playwright-core");
const job = JSON.parse(readFileSync(0, "utf8"));

const jobs = {
  // The whole list by one script, which Playwright serialises.
  async read(page) {
    await page.waitForFunction((count) =>
      document.querySelectorAll('[data-testid="lazy-column"] [role="listitem"]').length >= count, job.count, { timeout: 120000 });
    const began = performance.now();
    const cards = await page.evaluate(job.script);
    return { ms: performance.now() - began, read: cards.length };
  },
  // Strict locators, by role and exact name.
  async withdraw(page) {
    const began = performance.now();
    for (const { name } of job.people) {
      const named = { name: `Withdraw invitation sent to ${name}`, exact: true };
      const row = page.getByRole("link", named);
      await row.click();
      await page.getByRole("dialog").getByRole("button", named).click();
      await row.waitFor({ state: "detached" });
    }
    return { ms: performance.now() - began };
  },
  // The page moves while a click is on its way; the site's log says whom it hit.
  async race(page) {
    for (const { id, name, after } of job.people) {
      await page.evaluate(({ id, after }) => {
        document.querySelector("dialog[open] > button")?.click();
        rescindMock.note(id);
        if (after !== null) rescindMock.armRecycle(after);
      }, { id, after });
      const row = page.getByRole("link", { name: `Withdraw invitation sent to ${name}`, exact: true });
      await row.click({ timeout: 3000 }).catch(() => {});
    }
    await page.evaluate(() => rescindMock.note(""));
    return {};
  },
};

const browser = await chromium.launch({
  executablePath: job.browser, headless: true, args: job.root ? ["--no-sandbox"] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(job.address);
  await page.waitForSelector('main [role="listitem"]');
  process.stdout.write(JSON.stringify(await jobs[job.job](page)));
} finally {
  await browser.close();
}
