import { address, apiKey } from './api.js';
import { element } from './dom.js';

/**
 * The request as code to copy. Where a file is sent as it is, code reads it from the disk.
 *
 * @typedef {{path: string, body?: object, file?: string}} Request a path with the body, or the name of the file that is posted to it
 */

const WAIT = 'wait=30';

/** A JSON text that puts short lists on one line. */
export function pretty(value, indent = '') {
  const flat = JSON.stringify(value);
  if (flat === undefined || flat.length + indent.length <= 110 || value === null || typeof value !== 'object') {
    return flat ?? 'null';
  }
  const inner = indent + '  ';
  if (Array.isArray(value)) {
    return `[\n${value.map(item => inner + pretty(item, inner)).join(',\n')}\n${indent}]`;
  }
  return `{\n${Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${pretty(item, inner)}`).join(',\n')}\n${indent}}`;
}

const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

function curl({ path, body, file }) {
  const key = apiKey() ? ' -H "Authorization: Bearer $SECANT_API_KEY"' : '';
  const head = `curl -H 'Content-Type: application/json' -H 'Prefer: ${WAIT}'${key}`;
  return file
      ? `${head} \\\n  --data-binary @${quoted(file)} ${quoted(address(path))}`
      : `${head} \\\n  ${quoted(address(path))} --data-binary @- <<'JSON'\n${pretty(body)}\nJSON`;
}

function python({ path, body, file }) {
  const key = apiKey() ? ',\n    "Authorization": "Bearer " + os.environ["SECANT_API_KEY"]' : '';
  const content = file
      ? `with open(${JSON.stringify(file)}, "rb") as file:\n    body = file.read()`
      : `body = json.dumps(json.loads(r"""\n${pretty(body)}\n""")).encode()`;
  return `import json${apiKey() ? ', os' : ''}, urllib.request

${content}
request = urllib.request.Request(${JSON.stringify(address(path))}, data=body, headers={
    "Content-Type": "application/json", "Prefer": "${WAIT}"${key}})
with urllib.request.urlopen(request) as response:
    result = json.load(response)
print(result["job"]["state"])
`;
}

function typescript({ path, body, file }) {
  const key = apiKey() ? ',\n    "Authorization": `Bearer ${process.env.SECANT_API_KEY}`' : '';
  return `${file ? 'import { readFile } from "node:fs/promises";\n\n' : ''}const response = await fetch(${JSON.stringify(address(path))}, {
  method: "POST",
  headers: { "Content-Type": "application/json", "Prefer": "${WAIT}"${key} },
  body: ${file ? `await readFile(${JSON.stringify(file)})` : `JSON.stringify(${pretty(body, '  ')})`},
});
const result = await response.json();
console.log(result.job.state);
`;
}

const LANGUAGES = { curl, Python: python, TypeScript: typescript };

/** The request in each language, with a button that copies it. */
export function snippets(request) {
  const code = element('code');
  const copied = element('span', { role: 'status' });
  let shown = 'curl';
  const buttons = Object.keys(LANGUAGES).map(language =>
      element('button', { type: 'button', 'aria-pressed': 'false', 'data-language': language, click: () => show(language) }, language));
  function show(language) {
    shown = language;
    code.textContent = LANGUAGES[language](request);
    copied.textContent = '';
    buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.language === language)));
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(LANGUAGES[shown](request));
      copied.textContent = 'Copied.';
    } catch {
      // Without a secure origin or a permission there is no clipboard; the selected text can be copied by hand.
      getSelection().selectAllChildren(code);
      copied.textContent = 'Selected: copy it with the keyboard.';
    }
  }
  show(shown);
  return element('details', { class: 'snippets' },
      element('summary', {}, 'This request as code'),
      element('p', { class: 'row' }, ...buttons, element('button', { type: 'button', click: copy, class: 'copy' }, 'Copy'), copied),
      element('pre', { class: 'code', tabindex: '0', role: 'region', 'aria-label': 'Request as code' }, code));
}
