'use strict';

// The page can be read without this: it finds, copies, sends, and remembers a language.
const root = document.documentElement;
root.classList.add('js');
const byId = (id) => document.getElementById(id);

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const language = byId('language');
function choose(value) {
  language.value = value;
  root.dataset.language = value;
}
try {
  choose(localStorage.getItem('language') || 'sh');
} catch {
  choose('sh');
}
language.addEventListener('change', () => {
  choose(language.value);
  try {
    localStorage.setItem('language', language.value);
  } catch {
    // Nobody has to remember it.
  }
});

const contents = byId('contents');
const wide = matchMedia('(min-width: 900px)');
const fit = () => {
  contents.open = wide.matches;
};
wide.addEventListener('change', fit);
fit();
contents.addEventListener('click', (event) => {
  if (event.target.closest('a')) fit();
});

// Where one is, in the table of contents.
const links = new Map([...contents.querySelectorAll('a')].map((link) => [link.hash.slice(1), link]));
let current;
const here = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const link = links.get(target.id);
      if (isIntersecting && link) {
        current?.removeAttribute('aria-current');
        link.setAttribute('aria-current', 'location');
        if (wide.matches) {
          const nav = contents.parentElement;
          const place = link.offsetTop - nav.offsetTop;
          if (place < nav.scrollTop || place > nav.scrollTop + nav.clientHeight - 60) {
            nav.scrollTop = place - nav.clientHeight / 3;
          }
        }
        current = link;
      }
    }
  },
  { rootMargin: '-15% 0px -80%' },
);
links.forEach((link, id) => here.observe(byId(id)));

// Sections, headings of guides, and rows that have an anchor of their own.
let places;
function index() {
  if (places) return;
  places = [];
  const add = (id, title, text, within) =>
    places.push({ id, title, within, name: `${title} ${id}`.toLowerCase(), text: text.toLowerCase() });
  for (const section of document.querySelectorAll('section')) {
    const title = section.dataset.title;
    const words = section.cloneNode(true);
    words.querySelectorAll('.examples, .anchor').forEach((part) => part.remove());
    add(section.id, title, words.textContent, '');
    for (const heading of section.querySelectorAll('.guide h3[id]')) {
      let text = '';
      for (let next = heading.nextElementSibling; next && !/^H[1-3]$/.test(next.tagName); ) {
        text += next.textContent;
        next = next.nextElementSibling;
      }
      add(heading.id, heading.textContent, text, title);
    }
    for (const part of section.querySelectorAll('tr[id], li[id], .same')) {
      add(part.id, part.id, part.textContent, title);
    }
  }
}

const query = byId('query');
const found = byId('found');
function rank({ name, text, within }, wanted) {
  const words = wanted.split(' ');
  if (name.includes(wanted)) return within ? 1 : 0;
  if (words.every((word) => name.includes(word))) return 2;
  if (text.includes(wanted)) return 3;
  return words.every((word) => text.includes(word)) ? 4 : -1;
}
function search() {
  index();
  const wanted = query.value.trim().toLowerCase().replace(/\s+/g, ' ');
  const hits = wanted
    ? places
        .map((place) => [rank(place, wanted), place])
        .filter(([order]) => order >= 0)
        .sort(([one], [other]) => one - other)
    : [];
  found.replaceChildren(
    ...hits.slice(0, 20).map(([, { id, title, within }]) => {
      const where = within || (byId(id).classList.contains('operation') ? id : '');
      return make('li', {}, make('a', { href: `#${id}` }, title, make('small', {}, where)));
    }),
  );
  found.hidden = hits.length === 0;
  byId('count').textContent = wanted ? `${hits.length} found` : '';
}
query.addEventListener('input', search);
query.form.addEventListener('submit', (event) => {
  event.preventDefault();
  found.querySelector('a')?.click();
});
const close = () => {
  query.value = '';
  search();
};
found.addEventListener('click', (event) => {
  if (event.target.closest('a')) close();
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.closest('input, textarea, select')) {
    event.preventDefault();
    query.focus();
  } else if (event.key === 'Escape' && query.form.contains(event.target)) {
    close();
    query.focus();
  }
});

if (navigator.clipboard) {
  document.querySelectorAll('pre').forEach((block) => {
    const button = make('button', { className: 'copy', type: 'button', textContent: 'Copy' });
    const code = block.textContent;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code);
      button.textContent = 'Copied';
    });
    block.append(button);
  });
}

// A login is kept as long as the page is open, and sent to this server alone.
const login = { name: '', password: '' };
function field(words, input) {
  return make('label', {}, words, input);
}
async function send(details, address, body, status, answer) {
  const { method, type } = details.dataset;
  const headers = {};
  if (login.name) {
    const bytes = new TextEncoder().encode(`${login.name}:${login.password}`);
    headers.Authorization = 'Basic ' + btoa(String.fromCharCode(...bytes));
  }
  if (body) headers['Content-Type'] = type;
  status.textContent = 'Sent …';
  answer.textContent = '';
  try {
    const reply = await fetch(address, { method, headers, body: body || undefined });
    status.textContent = `${reply.status} ${reply.statusText}`;
    const text = new TextDecoder();
    for (let reader = reply.body?.getReader(), part; reader && !(part = await reader.read()).done; ) {
      answer.textContent += text.decode(part.value, { stream: true });
    }
    answer.textContent = JSON.stringify(JSON.parse(answer.textContent), null, 2);
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) status.textContent = String(problem);
  }
}
function form(details) {
  const { address, body, method } = details.dataset;
  const fields = {
    address: make('input', { value: address }),
    name: make('input', { value: login.name, autocomplete: 'username' }),
    password: make('input', { type: 'password', autocomplete: 'off', value: login.password }),
  };
  const text = body ? make('textarea', { value: body }) : null;
  const status = make('p', { role: 'status' });
  const answer = make('pre', { tabIndex: 0 });
  const element = make(
    'form',
    {},
    field('Address', fields.address),
    field('Login', fields.name),
    field('Application password', fields.password),
    ...(text ? [field('Body', text)] : []),
    make('button', {}, `Send ${method}`),
    status,
    answer,
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    login.name = fields.name.value;
    login.password = fields.password.value;
    send(details, fields.address.value, text?.value, status, answer);
  });
  return element;
}
document.querySelectorAll('.send').forEach((details) =>
  details.addEventListener('toggle', () => {
    if (details.open && !details.querySelector('form')) details.append(form(details));
  }),
);
