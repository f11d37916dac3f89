import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { apiRoot, authorization, newTicket } from './site.js';

/** Listens on this machine, and keeps what comes. */
async function receiver() {
  const messages = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    messages.push({ headers: request.headers, body });
    response.writeHead(204).end();
    server.emit('message');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, messages, url: `http://127.0.0.1:${server.address().port}/` };
}

async function post(path, body) {
  const answer = await fetch(apiRoot + path, {
    method: 'POST',
    headers: { ...authorization('manager'), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path} answered ${answer.status}`);
  return answer.json();
}

describe('standardwebhooks', () => {
  it('verifies what the server sends, with either of two secrets', async () => {
    const { server, messages, url } = await receiver();
    try {
      const made = await post('kbs/v1/webhooks', { url, types: ['ticket.created'], payload: 'full' });
      const renewed = await post(`kbs/v1/webhooks/${made.id}/secrets`, { keep_hours: 1 });
      const arrived = once(server, 'message');
      const ticket = await post('kbs/v1/tickets', newTicket('The printer says "ü" & burns'));
      await arrived;
      const [{ headers, body }] = messages;
      for (const secret of [made.secret, renewed.secret]) {
        const message = new Webhook(secret).verify(body, headers);
        assert.equal(message.type, 'ticket.created');
        assert.equal(message.data.ticket.title.raw, ticket.title.raw);
      }
      assert.throws(() => new Webhook(made.secret).verify(`${body} `, headers));
      assert.throws(() => new Webhook('whsec_c2VjcmV0').verify(body, headers));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
