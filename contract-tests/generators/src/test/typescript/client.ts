// What the TypeScript client does against the real server.

import { strict as assert } from 'node:assert';
import {
  Configuration,
  DiscoveryApi,
  FilesApi,
  MediaApi,
  ResponseError,
  TicketsApi,
} from '../typescript-fetch';

function environment(name: string): string {
  return process.env[name] ?? assert.fail(`There is no ${name}`);
}

async function main(): Promise<void> {
  const site = new Configuration({
    basePath: environment('KBS_SITE_URL') + '/wp-json',
    username: environment('KBS_LOGIN'),
    password: environment('KBS_PASSWORD'),
  });
  const tickets = new TicketsApi(site);
  const agent = environment('KBS_AGENT');
  const other = Number(environment('KBS_TICKET'));

  const index = await new DiscoveryApi(site).getIndex();
  assert.deepEqual(index.namespaces, ['kbs/v1', 'wp/v2']);
  assert.equal((await tickets.describeTickets()).endpoints.length, 2);

  const created = await tickets.createTicket({
    ticketCreate: {
      ticketTitle: 'Für TypeScript',
      ticketContent: 'It is on fire.',
      customerEmail: 'nina@example.com',
      customerFirst: 'Nina',
      customerLast: 'Newman',
      agentId: agent,
    },
  });
  assert.equal(created.title.raw, 'Für TypeScript');
  assert.equal(String(created.ticketData.agent), agent);
  assert.equal(created.links.self.length, 1);

  const answer = await tickets.listTicketsRaw({
    include: [created.id, other],
    order: 'asc',
    perPage: 1,
    page: 2,
  });
  const page = await answer.value();
  assert.deepEqual(page.map((ticket) => ticket.id), [Math.max(created.id, other)]);
  assert.equal(answer.raw.headers.get('X-WP-TotalPages'), '2');

  const updated = await tickets.updateTicket({
    idOrNumber: String(created.id),
    ticketUpdate: { status: 'closed', agent: environment('KBS_OTHER_AGENT') },
  });
  assert.equal(updated.status, 'closed');
  assert.notEqual(String(updated.ticketData.agent), agent);

  const seen = await tickets.getTicket({ idOrNumber: String(created.id), embed: ['agent'] });
  assert.equal(seen.embedded?.agent?.length, 1);

  const file = await new FilesApi(site).downloadTicketFile({
    id: other,
    fileId: Number(environment('KBS_FILE')),
  });
  assert.equal(await file.text(), 'It is on fire.');

  const attached = await new MediaApi(site).uploadMedia({
    body: file,
    post: other,
    contentDisposition: 'attachment; filename="fire.txt"',
  });
  assert.equal(attached.title.rendered, 'fire');
  assert.equal(attached.post, other);

  const refused: unknown = await tickets.getTicket({ idOrNumber: '999999' }).catch((error) => error);
  assert.ok(refused instanceof ResponseError, String(refused));
  assert.equal(refused.response.status, 404);
  assert.equal((await refused.response.json()).code, 'rest_post_invalid_id');
}

main().catch((failure: unknown) => {
  console.error(failure);
  process.exitCode = 1;
});
