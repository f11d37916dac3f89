// A wallboard counts the tickets that somebody has to see to. Its pact is of version 3.
import assert from 'node:assert/strict';
import test from 'node:test';
import { MatchersV3, PactV3, SpecificationVersion } from '@pact-foundation/pact';

const { eachLike, fromProviderState, integer, regex, string } = MatchersV3;
const route = '/wp-json/kbs/v1/tickets';
const login = 'Basic bG9naW46YXBwbGljYXRpb24gcGFzc3dvcmQ=';
const authorization = { Authorization: fromProviderState('${authorization}', login) };

const wallboard = () =>
  new PactV3({
    consumer: 'wallboard',
    provider: 'kbs-server',
    dir: 'pacts',
    spec: SpecificationVersion.SPECIFICATION_VERSION_V3,
  });

test('counts what is open or on hold', () =>
  wallboard()
    .given('a user is logged in')
    .given('tickets exist', { count: 3, status: 'hold' })
    .given('tickets exist', { count: 2, status: 'closed' })
    .uponReceiving('what is open or on hold')
    .withRequest({
      method: 'GET',
      path: route,
      query: { 'status[]': ['open', 'hold'], per_page: '2' },
      headers: authorization,
    })
    .willRespondWith({
      status: 200,
      headers: { 'X-WP-Total': '3', 'X-WP-TotalPages': regex('\\d+', '2') },
      body: eachLike({ id: integer(7), status: 'hold', title: { rendered: string('No paper') } }),
    })
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}${route}?status[]=open&status[]=hold&per_page=2`, {
        headers: { Authorization: login },
      });
      assert.equal(answer.headers.get('X-WP-Total'), '3');
      assert.equal((await answer.json())[0].status, 'hold');
    }));

test('shows one ticket in large letters', () =>
  wallboard()
    .given('a user is logged in')
    .given('tickets are numbered', { prefix: 'HELP-' })
    .given('a ticket exists')
    .uponReceiving('a ticket by its number')
    .withRequest({
      method: 'GET',
      path: fromProviderState(`${route}/\${ticketNumber}`, `${route}/HELP-1`),
      headers: authorization,
    })
    .willRespondWith({
      status: 200,
      body: { ticket_data: { number: fromProviderState('${ticketNumber}', 'HELP-1') } },
    })
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}${route}/HELP-1`, {
        headers: { Authorization: login },
      });
      assert.equal((await answer.json()).ticket_data.number, 'HELP-1');
    }));

test('goes dark where nobody is logged in', () =>
  wallboard()
    .uponReceiving('what is open, without a login')
    .withRequest({ method: 'GET', path: route, query: { status: 'open' } })
    .willRespondWith({
      status: 401,
      body: { code: 'rest_forbidden_context', data: { status: 401 } },
    })
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}${route}?status=open`);
      assert.equal(answer.status, 401);
    }));

test('goes dark where the database is away', () =>
  wallboard()
    .given('a user is logged in')
    .given('the database does not answer')
    .uponReceiving('what is open, while the database does not answer')
    .withRequest({ method: 'GET', path: route, query: { status: 'open' }, headers: authorization })
    .willRespondWith({
      status: 503,
      headers: { 'Retry-After': regex('\\d+', '5') },
      body: { data: { status: 503 } },
    })
    .executeTest(async (server) => {
      const answer = await fetch(`${server.url}${route}?status=open`, {
        headers: { Authorization: login },
      });
      assert.ok(Number(answer.headers.get('Retry-After')) > 0);
    }));
