import { Configuration, type ConfigurationParameters, type FetchAPI } from './runtime.js';
import { ApiException } from './errors.js';

const TRIES = 4;
const LONGEST_SECONDS = 60;
const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A login at a site, which all classes of operations take. It asks again where the server is busy
 * for a while.
 *
 * @param site its address, with or without `/wp-json`
 * @param password an application password, with or without its blanks
 * @param more what else is to be set, such as `middleware`
 */
export function connect(
  site: string,
  login: string,
  password: string,
  more: ConfigurationParameters = {},
): Configuration {
  const root = site.replace(/\/+$/, '');
  const bytes = new TextEncoder().encode(`${login}:${password}`);
  const base64 = btoa(String.fromCharCode(...bytes));
  return new Configuration({
    basePath: root.endsWith('/wp-json') ? root : `${root}/wp-json`,
    ...more,
    headers: { ...more.headers, Authorization: `Basic ${base64}` },
    fetchApi: patient(more.fetchApi ?? ((url, init) => fetch(url, init))),
  });
}

/** A page of a list, as the operations answer it whose names end in `Raw`. */
export interface Page<T> {
  raw: Response;
  value(): Promise<T[]>;
}

/**
 * All items of a list, such as
 * `all((page) => tickets.listTicketsRaw({ status: ['open'], page }))`.
 *
 * Each page is asked for when the items before it are used up. What comes or goes meanwhile moves
 * the items behind it; sorted by `id`, ascending, what comes is behind all others.
 */
export async function* all<T>(list: (page: number) => Promise<Page<T>>): AsyncGenerator<T, void> {
  for (let page = 1, pages = 1; page <= pages; page++) {
    let answer: Page<T>;
    try {
      answer = await list(page);
    } catch (refused) {
      const gone = page > 1 && refused instanceof ApiException
        && refused.code === 'rest_post_invalid_page_number';
      if (gone) {
        return; // So many items have gone since.
      }
      throw refused;
    }
    const last = answer.raw.headers.get('X-WP-TotalPages');
    if (last === null) {
      throw new Error('The answer has no X-WP-TotalPages: is it a list, and of the server?');
    }
    pages = Number(last);
    yield* await answer.value();
  }
}

/**
 * Asks again where the server is busy and says for how long: up to three times, a minute each at
 * most, and only what can be asked twice, which is what reads, and what has an `Idempotency-Key`.
 */
function patient(ask: FetchAPI): FetchAPI {
  return async (url, init) => {
    let answer = await ask(url, init);
    for (let tries = 1; tries < TRIES && canBeAskedTwice(init); tries++) {
      const later = answer.headers.get('Retry-After') ?? '';
      if (answer.status !== 503 || !/^\d+$/.test(later) || Number(later) > LONGEST_SECONDS) {
        break;
      }
      await answer.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, Number(later) * 1000));
      answer = await ask(url, init);
    }
    return answer;
  };
}

function canBeAskedTwice(init: RequestInit = {}): boolean {
  return READING.includes(init.method ?? 'GET') || new Headers(init.headers).has('Idempotency-Key');
}
