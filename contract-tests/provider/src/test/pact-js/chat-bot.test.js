// A chat bot shows tickets to those who chat, and opens new ones. Its pact is of version 4.
// tag::example[]
import assert from 'node:assert/strict';
import test from 'node:test';
import { MatchersV3, PactV4 } from '@pact-foundation/pact';

const { fromProviderState } = MatchersV3;
const pact = new PactV4({ consumer: 'chat-bot', provider: 'kbs-server', dir: 'pacts' });
const login = 'Basic bG9naW46YXBwbGljYXRpb24gcGFzc3dvcmQ=';

test('shows a ticket', () =>
  pact
    .addInteraction()
    .given('a user is logged in', { role: 'support_agent', email: 'anna@example.com' })
    .given('a ticket exists', { title: 'No paper', agent: 'anna@example.com' })
    .uponReceiving('a ticket that was mentioned in a chat')
    .withRequest(
      'GET',
      fromProviderState('/wp-json/kbs/v1/tickets/${ticketId}', '/wp-json/kbs/v1/tickets/7'),
      (request) => request.headers({ Authorization: fromProviderState('${authorization}', login) }),
    )
    .willRespondWith(200, (response) =>
      response.jsonBody({
        id: { ...fromProviderState('${ticketId}', 7), dataType: 'INTEGER' },
        status: 'open',
        title: { raw: 'No paper' },
      }),
    )
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}/wp-json/kbs/v1/tickets/7`, {
        headers: { Authorization: login },
      });
      assert.equal((await answer.json()).title.raw, 'No paper');
    }));
// end::example[]

const { integer, like, regex, string } = MatchersV3;
const category = { ...fromProviderState('${categoryId}', 10), dataType: 'INTEGER' };

test('opens a ticket', () =>
  pact
    .addInteraction()
    .given('a user is logged in', { role: 'support_customer' })
    .given('the site has a setting', { name: 'customers_open_for_others', value: 'on' })
    .given('a category exists', { name: 'Hardware' })
    .uponReceiving('what a chat was about')
    .withRequest('POST', '/wp-json/kbs/v1/tickets', (request) =>
      request
        .headers({ Authorization: fromProviderState('${authorization}', login) })
        .jsonBody({
          ticket_title: string('The printer does not answer'),
          ticket_content: string('It was fine yesterday.'),
          customer_email: regex('.+@.+', 'nina@example.com'),
          customer_first: string('Nina'),
          customer_last: string('Newman'),
          post_category: category,
        }),
    )
    .willRespondWith(200, (response) =>
      response
        .headers({ Location: regex('.*/tickets/\\d+', 'http://kbs.example/tickets/7') })
        .jsonBody({
          id: integer(7),
          status: regex('new|open', 'new'),
          ticket_categories: [category],
        }),
    )
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}/wp-json/kbs/v1/tickets`, {
        method: 'POST',
        headers: { Authorization: login, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ticket_title: 'The printer does not answer',
          ticket_content: 'It was fine yesterday.',
          customer_email: 'nina@example.com',
          customer_first: 'Nina',
          customer_last: 'Newman',
          post_category: 10,
        }),
      });
      assert.equal((await answer.json()).id, 7);
      assert.match(answer.headers.get('Location'), /\/7$/);
    }));

test('says what is missing', () =>
  pact
    .addInteraction()
    .given('a user is logged in', { role: 'support_customer' })
    .uponReceiving('a chat about nothing')
    .withRequest('POST', '/wp-json/kbs/v1/tickets', (request) =>
      request
        .headers({ Authorization: fromProviderState('${authorization}', login) })
        .jsonBody({ ticket_title: '', customer_email: string('nina@example.com') }),
    )
    .willRespondWith(400, (response) =>
      response.jsonBody({
        code: 'required_fields',
        message: string('Why'),
        data: { status: 400, params: like({ ticket_title: 'Why' }) },
      }),
    )
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}/wp-json/kbs/v1/tickets`, {
        method: 'POST',
        headers: { Authorization: login, 'Content-Type': 'application/json' },
        body: JSON.stringify({ ticket_title: '', customer_email: 'nina@example.com' }),
      });
      assert.deepEqual(Object.keys((await answer.json()).data.params), ['ticket_title']);
    }));
