import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { credentials, siteUrl } from './site.js';

const docs = `${siteUrl}/docs`;
const desktop = { viewport: { width: 1400, height: 1000 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser;
const complaints = [];
const requested = [];

/** Opens the reference. */
async function open(options, anchor = '') {
  const context = await browser.newContext(options);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(docs + anchor);
  return page;
}

/** Sections of a kind look the same: a few of them are enough, and axe takes its time. */
async function audit(page) {
  await page.evaluate(() => {
    for (const kind of ['.operation', '.object']) {
      [...document.querySelectorAll(kind)].slice(3).forEach((section) => section.remove());
    }
  });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
  assert.deepEqual(found, []);
}

describe('the reference', () => {
  let page;

  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.KBS_CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await open(desktop, '#createTicket');
  });

  after(() => browser?.close());

  it('is where the welcome page leads', async () => {
    const welcome = await page.context().newPage();
    await welcome.goto(siteUrl);
    await welcome.getByRole('link', { name: 'The reference' }).click();
    await welcome.waitForURL(docs);
    await welcome.close();
  });

  it('opens at an operation', async () => {
    const heading = page.getByRole('heading', { name: 'Create a ticket' });
    assert.ok((await heading.boundingBox()).y < 300);
  });

  it('finds guides, codes and words', async () => {
    for (const [words, first] of [
      ['pagination', '#paging'],
      ['rest_invalid_param', '#rest_invalid_param'],
      ['rate limit', '#limits'],
      ['listtickets', '#listTickets'],
    ]) {
      await page.getByRole('searchbox').fill(words);
      assert.equal(await page.locator('#found a').first().getAttribute('href'), first);
    }
    await page.getByRole('searchbox').press('Enter');
    assert.equal(new URL(page.url()).hash, '#listTickets');
    assert.equal(await page.locator('#found').isVisible(), false);
  });

  it('remembers the language', async () => {
    const code = (kind) => page.locator(`#listTickets .example.${kind}`);
    assert.ok(await code('sh').isVisible());
    await page.getByLabel('Examples in').selectOption('Python');
    assert.ok(await code('python').isVisible());
    assert.equal(await code('sh').isVisible(), false);
    await page.reload();
    assert.ok(await code('python').isVisible());
  });

  it('copies what it shows', async () => {
    const block = page.locator('#listTickets .example.python pre');
    await block.getByRole('button').click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await block.locator('code').textContent());
  });

  it('sends a request', async () => {
    const { username, password } = credentials('manager');
    const send = page.locator('#createTicket .send');
    await send.locator('summary').click();
    await send.getByLabel('Login').fill(username);
    await send.getByLabel('Application password').fill(password);
    await send.getByRole('button', { name: 'Send POST' }).click();
    await send.getByText('200 OK').waitFor();
    const ticket = JSON.parse(await send.locator('form pre').textContent());
    assert.ok(ticket.id > 0);
  });

  it('loads without a complaint, and from this server alone', () => {
    assert.deepEqual(complaints, []);
    assert.ok(requested.length > 0);
    const own = new RegExp(`^(${siteUrl}/|data:)`);
    assert.deepEqual(requested.filter((url) => !own.test(url)), []);
  });

  it('can be read without a script', async () => {
    const plain = await open({ ...desktop, javaScriptEnabled: false });
    assert.ok(await plain.locator('#listTickets .example.sh').isVisible());
    assert.equal(await plain.getByRole('searchbox').isVisible(), false);
    await plain.context().close();
  });

  for (const [name, options] of Object.entries({ desktop, phone })) {
    for (const colorScheme of ['light', 'dark']) {
      it(`gives axe nothing to find: ${name}, ${colorScheme}`, async () => {
        const seen = await open({ ...options, colorScheme });
        const width = await seen.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, options.viewport.width);
        await seen.locator('#createTicket .send summary').click();
        await seen.getByRole('searchbox').fill('ticket');
        await audit(seen);
        await seen.context().close();
      });
    }
  }
});
