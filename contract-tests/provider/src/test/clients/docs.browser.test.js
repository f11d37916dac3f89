import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { credentials, siteUrl } from './site.js';

const docs = `${siteUrl}/docs`;
const desktop = { viewport: { width: 1300, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

// What axe finds and we let be. An entry that nothing needs any more fails the test.
const exceptions = [
  {
    rule: 'aria-allowed-role',
    element: '<aside',
    reason: 'Scalar says that its table of contents is for navigation, which is true and helps',
  },
  {
    rule: 'landmark-no-duplicate-main',
    element: '<main',
    reason: 'the dialog that sends requests hides the page behind it, so one is seen at a time',
  },
];
const needed = new Set();

const languages = {
  'java.net.http': /HttpRequest\.newBuilder/,
  Fetch: /fetch\('http/,
  Requests: /requests\.(get|post)\(/,
  Curl: /curl http/,
};

const elsewhere = [
  'https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/200',
  'https://www.apache.org/licenses/LICENSE-2.0',
  'https://www.scalar.com/',
  'https://www.standardwebhooks.com/',
];

const contract = await (await fetch(`${siteUrl}/openapi.json`)).json();
const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([, operation]) => operation.operationId)
    .map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);

let browser;
const complaints = [];
const requested = [];

/** Opens the reference. */
async function open(options) {
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
  await page.goto(docs);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return page;
}

/** Has it drawn to its end: what is out of sight is only drawn on the way there. */
async function draw(page) {
  const headings = operations.map((operation) => [identifier(operation), operation.summary]);
  try {
    // In the page: asked from outside, it would be searched anew for each of them.
    await page.evaluate(async (all) => {
      for (const [id, summary] of all) {
        const place = document.querySelector(`[id$="${id}"]`);
        place.scrollIntoView();
        const isDrawn = () =>
          [...place.querySelectorAll('h1, h2, h3, h4')].some(
            (heading) => heading.textContent.trim() === summary,
          );
        for (const end = Date.now() + 30_000; !isDrawn(); ) {
          if (Date.now() > end) {
            throw new Error(`${id} is not drawn`);
          }
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    }, headings);
  } catch (error) {
    throw new Error([error.message, ...complaints].join('\n'), { cause: error });
  }
  await page.evaluate(() => scrollTo(0, 0));
}

/**
 * Leaves these operations and one of each kind: takes away those that show no element that another
 * does not show as well, with the same classes and attributes in the same place. They cost axe
 * minutes, and it says the same of all of them.
 */
async function keepOneOfEachKind(page, ids) {
  const last = operations.filter(({ operationId }) => !ids.includes(operationId));
  const left = await page.evaluate(
    ([first, others]) => {
      const seen = new Set();
      const kind = (element, root) => {
        const path = [element.textContent.trim() ? 'text' : 'empty'];
        for (let each = element; each !== root; each = each.parentElement) {
          const attributes = [...each.attributes].map(({ name }) => name).sort();
          path.push(each.tagName, each.getAttribute('class'), each.getAttribute('role'), ...attributes);
        }
        return path.join(' ');
      };
      const showsMore = (id) => {
        const place = document.querySelector(`[id$="${id}"]`);
        const before = seen.size;
        place.querySelectorAll('*').forEach((element) => seen.add(kind(element, place)));
        return seen.size > before;
      };
      first.forEach(showsMore);
      const like = others.filter((id) => !showsMore(id));
      like.forEach((id) => document.querySelector(`[id$="${id}"]`).remove());
      return first.length + others.length - like.length;
    },
    [ids.map((id) => identifier(operation(id))), last.map(identifier)],
  );
  assert.ok(left >= 5 && left < operations.length, `${left} operations are left`);
}

/** Fails where it does not become dark, to the end of all transitions. */
async function isDark(page) {
  await page.waitForFunction(() => {
    const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/);
    return Number(red) < 64;
  });
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

/** Turns the window of a page that is drawn into a phone, as Playwright makes one. */
async function shrink(page) {
  const { viewport } = phone;
  const session = await page.context().newCDPSession(page);
  const screen = { ...viewport, deviceScaleFactor: 1, mobile: true };
  await session.send('Emulation.setDeviceMetricsOverride', screen);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await page.waitForFunction((width) => innerWidth === width, viewport.width);
}

async function isAsWideAsThePhone(page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, phone.viewport.width);
}

function identifier({ method, path, tags }) {
  return `tag/${tags[0].toLowerCase()}/${method}${path}`;
}

function section(page, operation) {
  return page.locator(`[id$="${identifier(operation)}"]`).first();
}

/** Opens the list of languages; a page that is still being drawn may close it again. */
async function languageOptions(page, place) {
  const button = place.getByRole('button', { name: /Shell|Java|Python/ }).first();
  const options = page.getByRole('option');
  for (let tries = 0; tries < 10 && !(await options.first().isVisible()); tries++) {
    await button.click();
    await options.first().waitFor({ timeout: 3000 }).catch(() => {});
  }
  return options;
}

/** Shows an operation's example in one of the languages. */
async function choose(page, id, language) {
  const place = section(page, operation(id));
  const options = await languageOptions(page, place);
  await options.filter({ hasText: language }).click();
  const example = place.locator('pre code').first();
  return example;
}

/** An operation's example in one of the languages. */
async function example(page, id, language) {
  const place = section(page, operation(id));
  const options = await languageOptions(page, place);
  assert.equal(await options.count(), Object.keys(languages).length);
  await options.filter({ hasText: language }).click();
  const code = place.locator('pre code').first();
  await code.getByText(languages[language]).first().waitFor();
  // In place of what Scalar writes, and no server takes.
  await code.getByText('login:application password').waitFor();
  return code;
}

function operation(id) {
  return operations.find(({ operationId }) => operationId === id);
}

/** Fails where axe finds something that is not on the list above. */
async function audit(page, { within = 'body', ...options } = {}) {
  await page.evaluate(axe.source);
  // Of the thousands of elements that are as they should be, nothing has to be told.
  const violations = await page.evaluate(
    async ([element, chosen]) => (await globalThis.axe.run(element, chosen)).violations,
    [within, { resultTypes: ['violations'], ...options }],
  );
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ html }) => {
        const known = exceptions.find(({ rule, element }) => rule === id && html.startsWith(element));
        needed.add(known);
        return !known;
      })
      .map(({ html, failureSummary }) => `${id} (${help})\n${html}\n${failureSummary}`),
  );
  assert.deepEqual(found, []);
}

describe('the reference at /docs', () => {
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
    page = await open({ ...desktop, colorScheme: 'light' });
    await draw(page);
  });

  after(() => browser?.close());

  it('is where the welcome page leads', async () => {
    const welcome = await page.context().newPage();
    await welcome.goto(siteUrl);
    await welcome.getByRole('link', { name: 'The reference' }).click();
    await welcome.waitForURL(docs);
    await welcome.close();
  });

  it('lists every operation, with its method', async () => {
    assert.ok(operations.length >= 12);
    const contents = page.getByRole('navigation').first();
    const entries = await contents.getByRole('button').allInnerTexts();
    const texts = await page.evaluate(
      (ids) => ids.map((id) => document.querySelector(`[id$="${id}"]`).innerText),
      operations.map(identifier),
    );
    operations.forEach(({ method, path, summary }, index) => {
      const shown = { OPTIONS: 'opts', DELETE: 'del' }[method] ?? method;
      assert.ok(
        entries.some(
          (text) => text.includes(summary) && text.toLowerCase().includes(shown.toLowerCase()),
        ),
        `${method} ${path}: ${entries}`,
      );
      assert.ok(texts[index].includes(path), `${method} ${path}: ${texts[index]}`);
    });
  });

  it('hands out the contract', async () => {
    const link = page.getByRole('link', { name: 'Download OpenAPI Document' });
    const address = new URL(await link.getAttribute('href'), docs);
    assert.deepEqual(await (await fetch(address)).json(), contract);
  });

  it('has links that lead somewhere', async () => {
    const links = await page.locator('a[href]').evaluateAll((all) => all.map(({ href }) => href));
    const dead = [];
    for (const link of new Set(links.filter((href) => !href.startsWith('blob:')))) {
      const { origin, hash } = new URL(link);
      if (origin !== siteUrl) {
        // The pages of others are not asked: the tests run without them.
        dead.push(...(elsewhere.includes(link) ? [] : [link]));
      } else if (hash) {
        const id = decodeURIComponent(hash.slice(1));
        dead.push(...((await page.locator(`[id$="${id}"]`).count()) > 0 ? [] : [link]));
      } else {
        dead.push(...((await fetch(link)).ok ? [] : [link]));
      }
    }
    assert.ok(links.length > 0);
    assert.deepEqual(dead, []);
  });

  // One of a kind says nothing of the values that the others have.
  it('has names, ids and values that hold for each element', async () => {
    await audit(page, {
      runOnly: ['aria-valid-attr-value', 'duplicate-id-aria', 'image-alt', 'link-name'],
    });
  });

  it('is shorter with one of each kind', async () => {
    await keepOneOfEachKind(page, ['createTicket', 'listTickets']);
  });

  it('has examples in curl, Java, JavaScript and Python', async () => {
    for (const language of Object.keys(languages)) {
      const code = await (await example(page, 'createTicket', language)).innerText();
      assert.match(code, /ticket_title/);
    }
  });

  it('has a curl that works when it is pasted with a login in place', async () => {
    const { username, password } = credentials('manager');
    for (const id of ['listTickets', 'createTicket']) {
      const code = await example(page, id, 'Curl');
      await code.hover();
      await section(page, operation(id)).locator('.scalar-code-copy').first().click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied.trim(), (await code.innerText()).trim());
      const command = copied.trim().replace('login:application password', `${username}:${password}`);
      const curl = spawnSync('sh', ['-c', `${command} -sS -o answer.json -w '%{http_code}'`], {
        encoding: 'utf8',
        env: { ...process.env, no_proxy: '*' },
      });
      assert.equal(curl.stdout, '200', curl.stderr);
    }
  });

  it('sends requests to this server with a login', async () => {
    const { username, password } = credentials('manager');
    await page.getByRole('textbox', { name: 'Username' }).first().fill(username);
    await page.locator('.scalar-password-input').first().fill(password);
    const test = section(page, operation('listTickets')).getByRole('button', { name: /Test Request/ });
    await test.first().click();
    const dialog = page.getByRole('dialog');
    const answered = page.waitForResponse(`${siteUrl}/wp-json/kbs/v1/tickets*`);
    await dialog.getByRole('button', { name: /^Send/ }).first().click();
    const tickets = await (await answered).json();
    assert.ok(tickets.length > 0);
    await dialog.getByText('200 OK').waitFor();
    await dialog.getByText(tickets[0].title.raw).first().waitFor();
    await audit(page, { within: '[role=dialog]' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('can be read by everybody in the light', async () => {
    await page.mouse.move(0, 0);
    await audit(page);
  });

  it('can be read by everybody under the pointer', async () => {
    const code = section(page, operation('createTicket')).locator('.code-snippet, pre').first();
    await code.scrollIntoViewIfNeeded();
    await code.hover();
    await audit(page, { runOnly: ['button-name', 'label-content-name-mismatch'] });
  });

  it('can be read in the dark', async () => {
    const dark = await open({ ...desktop, colorScheme: 'dark' });
    await isDark(dark);
    await dark.context().close();
    await page.emulateMedia({ colorScheme: 'dark' });
    await isDark(page);
    await audit(page, { runOnly: ['color-contrast'] });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('can be read on a phone', async () => {
    const small = await open(phone);
    await isAsWideAsThePhone(small);
    await small.context().close();
    await shrink(page);
    await isAsWideAsThePhone(page);
    await audit(page, { rules: { 'color-contrast': { enabled: false } } });
  });

  it('loads without a complaint, and from this server alone', () => {
    assert.deepEqual(complaints, []);
    assert.ok(requested.length > 0);
    const own = new RegExp(`^(${siteUrl}/|data:|blob:)`);
    assert.deepEqual(requested.filter((url) => !own.test(url)), []);
  });

  it('needs all exceptions from the rules of axe', () => {
    const idle = exceptions.filter((exception) => !needed.has(exception));
    assert.deepEqual(idle, []);
  });
});
