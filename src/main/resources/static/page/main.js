import { apiKey, useKey } from './api.js';
import { byId, complain } from './dom.js';
import * as jobs from './jobs.js';

/** Sections by the first part of the address's fragment. Those that draw are loaded when they are first shown. */
const SECTIONS = {
  bodies: () => import('./bodies.js'),
  formulas: () => import('./formulas.js'),
  jobs: async () => jobs,
};
const TITLES = { bodies: 'Bodies', formulas: 'Formulas', jobs: 'Jobs' };

const started = new Map();
let current;
let turn = 0;

async function section(name) {
  if (!started.has(name)) {
    started.set(name, SECTIONS[name]().then(module => {
      module.start();
      return module;
    }));
  }
  return started.get(name);
}

async function route() {
  const mine = ++turn;
  const [, first, id] = /^#\/(\w+)(?:\/([\w-]+))?$/.exec(location.hash) ?? [];
  const name = first in SECTIONS ? first : 'bodies';
  complain(null);
  current?.hide();
  current = undefined;
  document.title = `${TITLES[name]} – Secant`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#/${name}`) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  try {
    // A section is shown once it listens: what is typed or dropped is not lost.
    const module = await section(name);
    if (mine === turn) {
      for (const other of Object.keys(SECTIONS)) {
        byId(other).hidden = other !== name;
      }
      current = module;
      await module.show(id);
    }
  } catch (error) {
    if (mine === turn) {
      complain(error);
    }
  }
}

function keyState() {
  byId('key-state').textContent = apiKey() ? 'A key is in use.' : 'No key is in use.';
}

byId('key-form').addEventListener('submit', event => {
  event.preventDefault();
  useKey(byId('key').value.trim());
  byId('key').value = '';
  keyState();
  route();
});
document.querySelector('.skip').addEventListener('click', event => {
  // The fragment is the page's address of a section: it must stay.
  event.preventDefault();
  byId('content').focus();
});
keyState();
addEventListener('hashchange', route);
route();
