'use strict';

// Says to screen readers what Scalar only shows; axe names the rules.
const repairs = {
  // aria-allowed-attr: the entries of the table of contents are no options.
  'button[aria-selected]:not([role=tab])': (entry) => {
    const here = entry.getAttribute('aria-selected') === 'true';
    entry.removeAttribute('aria-selected');
    entry.toggleAttribute('aria-current', here);
    if (here) {
      entry.setAttribute('aria-current', 'location');
    }
  },
  // aria-allowed-role, presentation-role-conflict: a button is a button.
  'button[role=search], button[role=none]': (button) => button.removeAttribute('role'),
  // button-name
  'button:has(> .sidebar-search-placeholder)': (button) => name(button, 'Search'),
  // link-name: where there is no room, only the icons of the links in the head are left.
  'a:has(> .empty\\:hidden)': (link) => link.setAttribute('title', link.textContent.trim()),
  // aria-required-attr: nothing drops down where a value is only typed.
  '.code-input-lite__editor[role=combobox]:not([aria-controls])': (editor) => {
    editor.setAttribute('role', 'textbox');
    editor.removeAttribute('aria-autocomplete');
  },
  // aria-input-field-name
  '.code-input-lite__editor:not([aria-label])': (editor) => {
    const label = document.querySelector(`label[for="${editor.parentElement.id}"]`);
    name(editor, label?.textContent.trim() || editor.dataset.placeholder || 'Value');
  },
  '.cm-content[role=textbox]:not([aria-label])': (text) => name(text, 'Text'),
  // scrollable-region-focusable
  '.cm-scroller[tabindex="-1"]': (region) => region.setAttribute('tabindex', '0'),
  // button-name, label-content-name-mismatch, aria-valid-attr-value: under the pointer, the button
  // shows what would be copied.
  '.scalar-code-copy, .group\\/copy-button': (button) => {
    button.removeAttribute('aria-controls');
    const words = [...button.querySelectorAll('[aria-hidden] span > span')].map(
      (span) => span.textContent.trim(),
    );
    button.setAttribute('aria-label', words.join(' ').trim() || 'Copy');
  },
  // landmark-unique: the dialog brings its own.
  'section[aria-label^="Notifications"]': (region) => {
    if (region !== document.querySelector('section[aria-label^="Notifications"]')) {
      region.setAttribute('aria-label', 'Further notifications');
    }
  },
  // landmark-unique: each operation has the same examples.
  '.response-card[role=region]': (card) => card.removeAttribute('role'),
  'code .line': (line) => {
    const working = withLogin(line.textContent);
    if (working !== line.textContent) {
      line.textContent = working;
    }
  },
};

function name(element, text) {
  if (!element.hasAttribute('aria-label')) {
    element.setAttribute('aria-label', text);
  }
}

// Without a login, Scalar writes "Basic username:password", which no server takes: that has to be in
// Base64. These are lines that work as soon as somebody puts a login in.
const logins = [
  ["--header 'Authorization: Basic username:password'", "-u 'login:application password'"],
  [
    '.header("Authorization", "Basic username:password")',
    '.header("Authorization", "Basic " + Base64.getEncoder()'
      + '.encodeToString("login:application password".getBytes()))',
  ],
  [
    "Authorization: 'Basic username:password'",
    "Authorization: 'Basic ' + btoa('login:application password')",
  ],
  [
    '"Authorization": "Basic username:password"',
    '"Authorization": "Basic " + base64.b64encode(b"login:application password").decode()',
  ],
];

function withLogin(code) {
  return logins.reduce((text, [written, working]) => text.replace(written, working), code);
}

// The page is long, and changes while somebody scrolls: only what has changed is looked at, and what
// it is a part of.
function repair(element, below) {
  for (const [selector, change] of Object.entries(repairs)) {
    const around = element.closest(selector);
    if (around) {
      change(around);
    }
    if (below) {
      element.querySelectorAll(selector).forEach(change);
    }
  }
}

// What is copied is what is shown. Browsers have a clipboard on safe origins only; elsewhere,
// Scalar copies a text field.
if (navigator.clipboard) {
  const write = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = (text) => write(withLogin(text));
}
document.addEventListener('copy', (event) => {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement && withLogin(field.value) !== field.value) {
    event.clipboardData.setData('text/plain', withLogin(field.value));
    event.preventDefault();
  }
});

// Each element that has changed since the last frame, and whether what is below it is new.
const changed = new Map();

function note(element, isNew) {
  if (element) {
    changed.set(element, isNew || changed.get(element) === true);
  }
}

new MutationObserver((records) => {
  const due = changed.size > 0;
  for (const { type, target, addedNodes } of records) {
    note(target instanceof Element ? target : target.parentElement, false);
    if (type === 'childList') {
      addedNodes.forEach((node) => note(node instanceof Element ? node : null, true));
    }
  }
  if (!due && changed.size > 0) {
    requestAnimationFrame(() => {
      const elements = [...changed].filter(([element]) => element.isConnected);
      changed.clear();
      elements.forEach(([element, below]) => repair(element, below));
    });
  }
}).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: ['aria-controls', 'aria-selected', 'class', 'role', 'tabindex'],
});

Scalar.createApiReference('#reference', {
  url: 'openapi.json',
  documentDownloadType: 'direct',
  // The table of contents names every operation at once.
  defaultOpenAllTags: true,
  hideModels: true,
  // Everything comes from this server, and nothing is told to anybody else.
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  // Examples in curl, Java, JavaScript and Python, each with what comes with the language.
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  hiddenClients: {
    ...Object.fromEntries(
      ('c clojure csharp dart fsharp go http kotlin node objc ocaml php powershell r ruby rust'
        + ' swift').split(' ').map((language) => [language, true]),
    ),
    java: ['asynchttp', 'okhttp', 'unirest'],
    js: ['axios', 'jquery', 'ofetch', 'xhr'],
    python: ['aiohttp', 'httpx_async', 'httpx_sync', 'python3'],
    shell: ['httpie', 'wget'],
  },
});
