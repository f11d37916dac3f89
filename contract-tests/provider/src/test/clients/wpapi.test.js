import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import WPAPI from 'wpapi';
import { apiRoot, credentials, newTicket, siteUrl } from './site.js';

/** A client, without a login an anonymous one, that knows the routes without asking for them. */
function connect(login, endpoint = apiRoot) {
  const site = new WPAPI({ endpoint, ...credentials(login) });
  site.tickets = site.registerRoute('kbs/v1', '/tickets/(?P<id>\\d+)', {
    params: ['agent', 'status'],
  });
  return site;
}

/** A client that knows nothing but the address of the site. */
async function discover(login) {
  const site = await WPAPI.discover(siteUrl);
  return site.auth(credentials(login)).namespace('kbs/v1');
}

function ids(tickets) {
  return tickets.map((ticket) => ticket.id);
}

describe('wpapi', () => {
  it('discovers the routes from the address of the site', async () => {
    const kbs = await discover('manager');
    const [ticket] = await kbs.tickets().status('open').perPage(1);
    assert.equal(ticket.status, 'open');
    assert.equal((await kbs.tickets().id(ticket.id)).id, ticket.id);
    assert.equal((await kbs.tickets().number(ticket.ticket_data.number)).id, ticket.id);
  });

  it('attaches a file to a ticket', async () => {
    const site = connect('manager');
    const made = await site.media().file(Buffer.from('It is on fire.'), 'fire.txt').create({ post: 26 });
    assert.deepEqual([made.title.raw, made.post, made.mime_type], ['fire', 26, 'text/plain']);
    assert.deepEqual(ids(await site.media().parent(26)), [made.id]);
    await assert.rejects(site.media().file(Buffer.from('x'), 'x.txt').create({}), {
      code: 'rest_missing_callback_param',
    });
  });

  it('discovers what a route cannot do', async () => {
    const kbs = await discover('manager');
    assert.throws(() => kbs.tickets().id(26).delete(), /supported methods are: get, post, put, patch/);
    assert.throws(() => kbs.tickets().number('KBS1003DE').update({}), /Unsupported method/);
  });

  it('pages through a list by its links', async () => {
    const site = connect('manager');
    const list = () => site.tickets().param('status', ['open', 'hold']);
    const all = await list().perPage(100);
    assert.deepEqual(new Set(all.map((ticket) => ticket.status)), new Set(['open', 'hold']));

    const collected = [];
    let page = await list().perPage(7).get();
    const { total, totalPages } = page._paging;
    assert.equal(total, all.length);
    assert.equal(totalPages, Math.ceil(total / 7));
    assert.ok(totalPages > 2);
    for (let number = 1; number <= totalPages; number++) {
      collected.push(...ids(page));
      assert.equal(page._paging.prev !== undefined, number > 1);
      assert.equal(page._paging.next !== undefined, number < totalPages);
      page = page._paging.next ? await page._paging.next.get() : page;
    }
    assert.deepEqual(collected, ids(all));
    assert.deepEqual(ids(await list().perPage(7).page(2)), collected.slice(7, 14));
    assert.deepEqual(ids(await page._paging.prev), collected.slice(-7 - page.length, -page.length));
  });

  it('pages through a list of a site without pretty permalinks', async () => {
    const site = connect('manager', `${siteUrl}/?rest_route=/`);
    const first = await site.tickets().perPage(3);
    const second = await first._paging.next;
    assert.deepEqual(ids([...first, ...second]), ids(await site.tickets().perPage(6)));
  });

  it('filters and sorts with the methods for collections', async () => {
    const site = connect('manager');
    const three = () => site.tickets().include([26, 18, 31]).orderby('id').order('asc');
    assert.deepEqual(ids(await three()), [18, 26, 31]);
    assert.deepEqual(ids(await three().offset(1)), [26, 31]);
    const others = await site.tickets().exclude([18, 31]).perPage(100);
    assert.deepEqual([18, 26, 31].filter((id) => ids(others).includes(id)), [26]);
    const assigned = await site.tickets().agent(3).param('_fields', 'id,ticket_data.agent');
    assert.deepEqual(assigned[0], { id: assigned[0].id, ticket_data: { agent: 3 } });
  });

  it('reads the headers of a list', async () => {
    const site = connect('manager');
    const headers = await site.tickets().perPage(5).headers();
    const list = await site.tickets().perPage(5);
    assert.equal(+headers['x-wp-total'], list._paging.total);
    assert.equal(+headers['x-wp-totalpages'], list._paging.totalPages);
  });

  it('creates a ticket and updates it', async () => {
    const site = connect('manager');
    const created = await site.tickets().create(newTicket('Für wpapi 🔥'));
    assert.equal(created.status, 'new');
    assert.equal(created.title.rendered, 'Für wpapi 🔥');
    assert.equal(created.ticket_data.email, 'wanda@example.org');

    const one = () => site.tickets().id(created.id);
    const updated = await one().update({ status: 'closed', agent: 3 });
    assert.equal(updated.id, created.id);
    assert.equal(updated.status, 'closed');
    const reopened = await one().create({ status: 'open' });
    assert.equal(reopened.status, 'open');
    const read = await one().get();
    assert.equal(read.status, 'open');
    assert.equal(read.ticket_data.agent, 3);
  });

  it('creates a ticket with a file beside it', async () => {
    const site = connect('manager');
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const created = await site
      .tickets()
      .file(picture, 'fire.png')
      .create(newTicket('Für wpapi mit Bild 🔥'));
    assert.equal((await site.tickets().id(created.id)).title.rendered, 'Für wpapi mit Bild 🔥');
  });

  it('passes refusals on as WordPress words them', async () => {
    const refusals = [
      [() => connect().tickets(), 401, 'rest_forbidden_context'],
      [() => connect().tickets().create({}), 401, 'rest_forbidden_context'],
      [() => connect('carl').tickets().id(26), 403, 'rest_forbidden'],
      [() => connect('carl').tickets().id(26).update({ status: 'open' }), 403, 'rest_cannot_edit'],
      [() => connect('manager').tickets().id(999999), 404, 'rest_post_invalid_id'],
      [() => connect('manager').tickets().perPage(101), 400, 'rest_invalid_param'],
      [() => connect('manager').tickets().create({}), 400, 'required_fields'],
    ];
    for (const [request, status, code] of refusals) {
      const refused = (error) => {
        assert.equal(error.code, code);
        assert.equal(error.data.status, status);
        assert.equal(typeof error.message, 'string');
        return true;
      };
      await assert.rejects(async () => await request(), refused, `Accepted: ${request}`);
    }
  });
});
