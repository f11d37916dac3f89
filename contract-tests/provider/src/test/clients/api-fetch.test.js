import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import apiFetch from '@wordpress/api-fetch';
import { apiRoot, authorization, newTicket, siteUrl } from './site.js';

const rootUrl = apiFetch.createRootURLMiddleware(apiRoot);

/** Sends a request as a login; what goes over the wire is left to the client. */
function fetchAs(login, options) {
  return apiFetch({ ...options, headers: { ...authorization(login), ...options.headers } });
}

function ids(tickets) {
  return tickets.map((ticket) => ticket.id);
}

/** Adds tickets until a list of all of them has so many pages of the largest size. */
async function fillPages(pages) {
  const response = await fetchAs('manager', { path: '/kbs/v1/tickets', parse: false });
  const first = Number(response.headers.get('X-WP-Total')) + 1;
  for (let count = first; count <= (pages - 1) * 100 + 1; count++) {
    await fetchAs('manager', {
      path: '/kbs/v1/tickets',
      method: 'POST',
      data: newTicket(`Ticket ${count}`),
    });
  }
}

describe('@wordpress/api-fetch', () => {
  let fetch;

  beforeEach(() => {
    apiFetch.use(rootUrl);
    fetch = mock.method(globalThis, 'fetch');
  });

  afterEach(() => {
    apiFetch.unregister(rootUrl);
    fetch.mock.restore();
  });

  it('lists by path, and by namespace and endpoint', async () => {
    const byPath = await fetchAs('manager', { path: '/kbs/v1/tickets?status[]=open&status[]=hold' });
    assert.equal(byPath.length, 10);
    const byEndpoint = await fetchAs('manager', {
      namespace: 'kbs/v1',
      endpoint: 'tickets?status=open,hold',
    });
    assert.deepEqual(ids(byEndpoint), ids(byPath));
    assert.ok(fetch.mock.calls.every((call) => call.arguments[0].includes('_locale=user')));
  });

  it('gives the headers to who asks for them', async () => {
    const response = await fetchAs('manager', { path: '/kbs/v1/tickets?per_page=5', parse: false });
    assert.equal(response.status, 200);
    assert.equal((await response.json()).length, 5);
    const total = Number(response.headers.get('X-WP-Total'));
    assert.equal(Number(response.headers.get('X-WP-TotalPages')), Math.ceil(total / 5));
  });

  it('fetches all tickets, page after page', async () => {
    await fillPages(3);
    fetch.mock.resetCalls();
    const statuses = 'status[]=new&status[]=open&status[]=hold&status[]=closed';
    const all = await fetchAs('manager', {
      path: `/kbs/v1/tickets?per_page=-1&${statuses}&orderby=id&order=asc`,
    });
    assert.equal(fetch.mock.callCount(), 3);
    const [first, ...next] = fetch.mock.calls.map((call) => call.arguments[0]);
    assert.ok(first.includes('status%5B0%5D=new'), first);
    // Links to other pages write lists in one.
    next.forEach((link) => assert.match(link, /[?&]status=new(,|%2C)open/));
    assert.equal(all.length, 201);
    assert.deepEqual(ids(all), [...new Set(ids(all))].sort((one, other) => one - other));
  });

  it('fetches all tickets of a site without pretty permalinks', async () => {
    apiFetch.unregister(rootUrl);
    const plain = apiFetch.createRootURLMiddleware(`${siteUrl}/index.php?rest_route=/`);
    apiFetch.use(plain);
    try {
      await fillPages(3);
      fetch.mock.resetCalls();
      const all = await fetchAs('manager', { path: '/kbs/v1/tickets?per_page=-1' });
      assert.equal(fetch.mock.callCount(), 3);
      assert.equal(new Set(ids(all)).size, 201);
    } finally {
      apiFetch.unregister(plain);
    }
  });

  it('creates a ticket and updates it by methods that travel as POST', async () => {
    const created = await fetchAs('manager', {
      path: '/kbs/v1/tickets',
      method: 'POST',
      data: newTicket('Made by api-fetch'),
    });
    assert.equal(created.status, 'new');

    const path = `/kbs/v1/tickets/${created.id}`;
    fetch.mock.resetCalls();
    const put = await fetchAs('manager', { path, method: 'PUT', data: { status: 'hold' } });
    assert.equal(put.status, 'hold');
    const patched = await fetchAs('manager', { path, method: 'PATCH', data: { status: 'closed' } });
    assert.equal(patched.status, 'closed');
    assert.equal((await fetchAs('manager', { path })).status, 'closed');
    const sent = fetch.mock.calls.map(({ arguments: [, init] }) => [
      init.method ?? 'GET',
      init.headers['X-HTTP-Method-Override'],
    ]);
    assert.deepEqual(sent, [['POST', 'PUT'], ['POST', 'PATCH'], ['GET', undefined]]);
  });

  it('creates a ticket from a form', async () => {
    const body = new FormData();
    Object.entries(newTicket('Für ein Formular 🔥')).forEach(([name, value]) => body.set(name, value));
    const created = await fetchAs('manager', { path: '/kbs/v1/tickets', method: 'POST', body });
    assert.equal(created.title.rendered, 'Für ein Formular 🔥');
  });

  it('asks which methods a user may use', async () => {
    const allowed = async (login, path) => {
      const response = await fetchAs(login, { path, method: 'OPTIONS', parse: false });
      return response.headers.get('Allow');
    };
    assert.equal(await allowed('manager', '/kbs/v1/tickets'), 'GET, POST');
    assert.equal(await allowed('manager', '/kbs/v1/tickets/26'), 'GET, POST, PUT, PATCH');
    assert.equal(await allowed('carl', '/kbs/v1/tickets/26'), null);
  });

  it('reads the index', async () => {
    const index = await apiFetch({ path: '/' });
    assert.ok(index.namespaces.includes('kbs/v1'));
    assert.ok('/kbs/v1/tickets' in index.routes);
    const namespace = await apiFetch({ namespace: 'kbs/v1', endpoint: '' });
    assert.equal(namespace.namespace, 'kbs/v1');
  });

  it('sends the nonce of the page as well, which does not matter beside a password', async () => {
    const nonce = apiFetch.createNonceMiddleware('0123456789');
    apiFetch.use(nonce);
    try {
      assert.equal((await fetchAs('manager', { path: '/kbs/v1/tickets/26' })).id, 26);
    } finally {
      apiFetch.unregister(nonce);
    }
  });

  it('passes refusals on as WordPress words them', async () => {
    const path = '/kbs/v1/tickets/26';
    const refusals = [
      [() => apiFetch({ path }), 401, 'rest_forbidden_context'],
      [() => fetchAs('carl', { path }), 403, 'rest_forbidden'],
      [() => fetchAs('manager', { path: '/kbs/v1/tickets/999999' }), 404, 'rest_post_invalid_id'],
      [() => fetchAs('manager', { path, method: 'DELETE' }), 404, 'rest_no_route'],
      [() => fetchAs('manager', { path: '/kbs/v1/tickets?per_page=101' }), 400, 'rest_invalid_param'],
    ];
    for (const [request, status, code] of refusals) {
      const refused = (error) => {
        assert.equal(error.code, code);
        assert.equal(error.data.status, status);
        return true;
      };
      await assert.rejects(request, refused, `Accepted: ${request}`);
    }
  });
});
