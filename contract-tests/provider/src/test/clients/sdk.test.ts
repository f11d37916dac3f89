import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  Configuration,
  DiscoveryApi,
  FilesApi,
  MediaApi,
  ResponseError,
  TicketsApi,
  type ApiError,
  type Ticket,
  type TicketCreate,
} from 'kbs-client';
import { credentials, newTicket, siteUrl } from './site.js';

const basePath = `${siteUrl}/wp-json`;

/** A client with a login of the site. */
function connect(login: string): TicketsApi {
  return new TicketsApi(new Configuration({ basePath, ...credentials(login) }));
}

function ids(tickets: Ticket[]): number[] {
  return tickets.map((ticket) => ticket.id);
}

/** What a request was refused with. */
async function refusal(request: () => Promise<unknown>): Promise<[number, ApiError]> {
  try {
    await request();
  } catch (error) {
    assert.ok(error instanceof ResponseError, String(error));
    return [error.response.status, await error.response.json()];
  }
  return assert.fail('It was not refused');
}

describe('the TypeScript SDK', () => {
  const tickets = connect('manager');

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
    const files = new FilesApi(new Configuration({ basePath, ...credentials('manager') }));
    const whole = await files.downloadTicketFile({ id: 22, fileId: 234 });
    assert.equal(await whole.text(), 'A report.');
    const [status, error] = await refusal(() => files.downloadTicketFile({ id: 42, fileId: 236 }));
    assert.deepEqual([status, error.code], [404, 'rest_file_missing']);
  });

  it('attaches a file to a ticket', async () => {
    const media = new MediaApi(new Configuration({ basePath, ...credentials('manager') }));
    const file = new Blob(['It is on fire.']);
    const contentDisposition = "attachment; filename*=UTF-8''F%C3%BCr.txt";
    const made = await media.uploadMedia({ post: 26, Content_Disposition: contentDisposition, file });
    assert.deepEqual([made.title.rendered, made.post, made.mime_type], ['Für', 26, 'text/plain']);
    assert.deepEqual((await media.listMedia({ parent: [26] })).map((one) => one.id), [made.id]);
  });

  it('asks for some fields only', async () => {
    const [ticket] = await tickets.listTickets({ _fields: ['id', 'title.raw'], per_page: 1 });
    assert.ok(ticket);
    assert.deepEqual(ticket, { id: ticket.id, title: { raw: ticket.title.raw } });
  });

  it('reads a ticket by its number and by its id', async () => {
    const byNumber = await tickets.getTicket({ idOrNumber: 'KBS1003DE' });
    assert.equal(byNumber.id, 99);
    assert.equal(byNumber.ticket_data.number, 'KBS1003DE');
    assert.deepEqual(byNumber.links, byNumber._links);
    assert.deepEqual(await tickets.getTicket({ idOrNumber: String(byNumber.id) }), byNumber);
  });

  it('creates a ticket and updates it', async () => {
    const ticket: TicketCreate = { ...newTicket('Für TypeScript 🔥'), agent_id: undefined };
    const answer = await tickets.createTicketRaw({ ticket });
    const created = await answer.value();
    assert.equal(created.status, 'new');
    assert.equal(created.title.rendered, 'Für TypeScript 🔥');
    assert.equal(created.ticket_data.email, ticket.customer_email);
    const idOrNumber = String(created.id);
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
    const [status, { code, data }] = await refusal(() => tickets.updateTicket(strict));
    assert.deepEqual([status, code], [400, 'rest_invalid_param']);
    assert.deepEqual(Object.keys(data.params ?? {}), ['status']);
  });

  it('passes refusals on', async () => {
    const anonymous = new TicketsApi(new Configuration({ basePath }));
    const ticket = { ...newTicket('Without an address'), customer_email: '' };
    const refusals: [() => Promise<unknown>, number, string][] = [
      [() => anonymous.listTickets(), 401, 'rest_forbidden_context'],
      [() => connect('carl').getTicket({ idOrNumber: '26' }), 403, 'rest_forbidden'],
      [() => tickets.getTicket({ idOrNumber: '999999' }), 404, 'rest_post_invalid_id'],
      [() => tickets.listTickets({ per_page: 101 }), 400, 'rest_invalid_param'],
      [() => tickets.createTicket({ ticket }), 400, 'required_fields'],
    ];
    for (const [request, expected, expectedCode] of refusals) {
      const [status, { code, message, data }] = await refusal(request);
      assert.deepEqual([status, code, data.status], [expected, expectedCode, expected]);
      assert.notEqual(message, '');
    }
  });

  it('reads the index without a login', async () => {
    const discovery = new DiscoveryApi(new Configuration({ basePath }));
    const { namespaces } = await discovery.getIndex();
    assert.deepEqual(namespaces, ['kbs/v1', 'wp/v2']);
    const { endpoints } = await connect('manager').describeTickets();
    assert.deepEqual(endpoints.flatMap(({ methods }) => methods), ['GET', 'POST']);
  });
});
