import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import {
  all,
  ApiException,
  Configuration,
  connect,
  DiscoveryApi,
  FilesApi,
  HistoryApi,
  MediaApi,
  TicketsApi,
  type Ticket,
  type TicketCreate,
} from 'kbs-client';
import { credentials, newTicket, siteUrl } from './site.js';

const basePath = `${siteUrl}/wp-json`;

/** A login of the site. */
function logIn(login: string): Configuration {
  return connect(siteUrl ?? '', login, credentials(login).password);
}

function ids(tickets: Ticket[]): number[] {
  return tickets.map((ticket) => ticket.id);
}

/** What a request was refused with. */
async function refusal(request: () => Promise<unknown>): Promise<ApiException> {
  try {
    await request();
  } catch (error) {
    assert.ok(error instanceof ApiException, String(error));
    return error;
  }
  return assert.fail('It was not refused');
}

/** A client of a server that is busy for some requests, and how many it has sent. */
async function withBusyServer(
  busy: number,
  use: (tickets: TicketsApi, requests: () => number, site: Configuration) => Promise<void>,
  answer?: unknown,
): Promise<void> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const status = requests <= busy ? 503 : 200;
    response.writeHead(status, { 'Retry-After': '0', 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer ?? { status: request.headers.authorization }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const site = connect(`http://127.0.0.1:${port}/`, 'jané', 'abcd EFGH 1234');
    await use(new TicketsApi(site), () => requests, site);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the TypeScript SDK', () => {
  const tickets = new TicketsApi(logIn('manager'));

  it('lists what the filters leave, with the totals', async () => {
    const status = ['open', 'hold'];
    const answer = await tickets.listTicketsRaw({ status, per_page: 4, orderby: 'id', order: 'asc' });
    const page = await answer.value();
    assert.equal(page.length, 4);
    assert.ok(page.every((ticket) => status.includes(ticket.status)));
    const total = Number(answer.raw.headers.get('X-WP-Total'));
    assert.equal(Number(answer.raw.headers.get('X-WP-TotalPages')), Math.ceil(total / 4));

    const all = await tickets.listTickets({ status, per_page: 100 });
    assert.equal(all.length, total);
    assert.deepEqual(ids(page), ids(all).reverse().slice(0, 4));
    const include = ids(page).reverse();
    assert.deepEqual(ids(await tickets.listTickets({ include, orderby: 'include' })), include);
  });

  it('downloads a file', async () => {
    const files = new FilesApi(logIn('manager'));
    const whole = await files.downloadTicketFile({ id: 22, fileId: 234 });
    assert.equal(await whole.text(), 'A report.');
    const { status, code } = await refusal(() => files.downloadTicketFile({ id: 42, fileId: 236 }));
    assert.deepEqual([status, code], [404, 'rest_file_missing']);
  });

  it('attaches a file to a ticket', async () => {
    const media = new MediaApi(logIn('manager'));
    const file = new Blob(['It is on fire.']);
    const contentDisposition = "attachment; filename*=UTF-8''F%C3%BCr.txt";
    const made = await media.uploadMedia({ post: 26, Content_Disposition: contentDisposition, file });
    assert.deepEqual([made.title.rendered, made.post, made.mime_type], ['Für', 26, 'text/plain']);
    assert.deepEqual((await media.listMedia({ parent: [26] })).map((one) => one.id), [made.id]);
  });

  it('asks for some fields only', async () => {
    const [ticket] = await tickets.listTickets({ _fields: ['id', 'title.raw'], per_page: 1 });
    assert.ok(ticket);
    assert.equal(ticket.ticket_tag, undefined);
    // @ts-expect-error It may be that there is no title.
    assert.deepEqual(ticket, { id: ticket.id, title: { raw: ticket.title.raw } });
  });

  it('reads a ticket by its number and by its id', async () => {
    const byNumber = await tickets.getTicket({ idOrNumber: 'KBS1003DE' });
    assert.equal(byNumber.id, 99);
    assert.equal(byNumber.ticket_data.number, 'KBS1003DE');
    assert.deepEqual(byNumber.links, byNumber._links);
    assert.deepEqual(await tickets.getTicket({ idOrNumber: byNumber.id }), byNumber);
  });

  it('creates a ticket and updates it', async () => {
    const ticket: TicketCreate = { ...newTicket('Für TypeScript 🔥'), agent_id: undefined };
    const answer = await tickets.createTicketRaw({ ticket });
    const created = await answer.value();
    assert.equal(created.status, 'new');
    assert.equal(created.title.rendered, 'Für TypeScript 🔥');
    assert.equal(created.ticket_data.email, ticket.customer_email);
    const idOrNumber = created.id;
    assert.equal(answer.raw.headers.get('Location'), `${basePath}/kbs/v1/tickets/${idOrNumber}`);

    const closed = await tickets.updateTicket({ idOrNumber, changes: { status: 'closed', agent: 3 } });
    assert.equal(closed.status, 'closed');
    assert.equal(closed.ticket_data.agent, 3);
    assert.notEqual(closed.ticket_data.resolved_date, null);
    const held = await tickets.patchTicket({ idOrNumber, changes: { status: 'hold' } });
    assert.equal(held.status, 'hold');
    assert.equal(held.ticket_data.agent, 3);
    assert.deepEqual(await tickets.putTicket({ idOrNumber, changes: {} }), held);
  });

  it('says what was ignored, or refuses it', async () => {
    const update = { idOrNumber: '99', changes: { status: 'escalated' } };
    const ignored = await tickets.updateTicketRaw({ ...update, Prefer: 'handling=lenient' });
    assert.equal(ignored.raw.headers.get('Kbs-Ignored-Parameters'), 'status');
    const strict = { ...update, Prefer: 'handling=strict' };
    const { status, code, params, message } = await refusal(() => tickets.updateTicket(strict));
    assert.deepEqual([status, code], [400, 'rest_invalid_param']);
    assert.deepEqual(Object.keys(params), ['status']);
    assert.ok(message.startsWith('400 rest_invalid_param: '), message);
    assert.ok(message.includes(JSON.stringify(params.status)), message);
  });

  it('passes refusals on', async () => {
    const anonymous = new TicketsApi(new Configuration({ basePath }));
    const ticket = { ...newTicket('Without an address'), customer_email: '' };
    const refusals: [() => Promise<unknown>, number, string][] = [
      [() => anonymous.listTickets(), 401, 'rest_forbidden_context'],
      [() => new TicketsApi(logIn('carl')).getTicket({ idOrNumber: '26' }), 403, 'rest_forbidden'],
      [() => tickets.getTicket({ idOrNumber: '999999' }), 404, 'rest_post_invalid_id'],
      [() => tickets.listTickets({ per_page: 101 }), 400, 'rest_invalid_param'],
      [() => tickets.createTicket({ ticket }), 400, 'required_fields'],
    ];
    for (const [request, expected, expectedCode] of refusals) {
      const { status, code, error } = await refusal(request);
      assert.deepEqual([status, code, error?.data.status], [expected, expectedCode, expected]);
    }
  });

  it('reads the index without a login', async () => {
    const discovery = new DiscoveryApi(new Configuration({ basePath }));
    const { namespaces } = await discovery.getIndex();
    assert.deepEqual(namespaces, ['kbs/v1', 'wp/v2']);
    const { endpoints } = await tickets.describeTickets();
    assert.deepEqual(endpoints.flatMap(({ methods }) => methods), ['GET', 'POST']);
  });

  it('reads a list to its end', async () => {
    const filters = { orderby: 'id', order: 'asc' } as const;
    const everything = await tickets.listTickets({ ...filters, per_page: 100 });
    const paged: number[] = [];
    const list = (page: number) => tickets.listTicketsRaw({ ...filters, per_page: 4, page });
    for await (const ticket of all(list)) {
      paged.push(ticket.id);
    }
    assert.ok(paged.length > 8);
    assert.deepEqual(paged, ids(everything));
  });

  it('reads values of later versions', async () => {
    const later = [{ type: 'ticket.merged' }, { type: 'ticket.created' }];
    await withBusyServer(
      0,
      async (_, __, site) => {
        const entries = await new HistoryApi(site).listTicketHistory({ id: 7 });
        assert.deepEqual(entries.map(({ type }) => type), ['ticket.merged', 'ticket.created']);
      },
      later,
    );
  });

  it('asks a busy server again', async () => {
    await withBusyServer(3, async (patient, requests) => {
      const { status } = await patient.getTicket({ idOrNumber: 7 });
      assert.equal(status, 'Basic amFuw6k6YWJjZCBFRkdIIDEyMzQ=');
      assert.equal(requests(), 4);
    });
    await withBusyServer(9, async (patient, requests) => {
      const { status } = await refusal(() => patient.getTicket({ idOrNumber: 7 }));
      assert.deepEqual([status, requests()], [503, 4]);
    });
  });

  it('takes no list for complete whose pages are unknown', async () => {
    await withBusyServer(0, async (patient) => {
      const list = all(async (page) => {
        const { raw } = await patient.listTicketsRaw({ page });
        return { raw, value: async () => [page] };
      });
      await assert.rejects(async () => list.next(), /X-WP-TotalPages/);
    });
  });

  it('sends again what writes only under its key', async () => {
    await withBusyServer(1, async (patient, requests) => {
      const ticket = newTicket('Once');
      await refusal(() => patient.createTicket({ ticket }));
      assert.equal(requests(), 1);
    });
    await withBusyServer(1, async (patient, requests) => {
      await patient.createTicket({ ticket: newTicket('Once'), Idempotency_Key: 'a' });
      assert.equal(requests(), 2);
    });
  });
});
