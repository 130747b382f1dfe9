import { ended, getJson } from './api.js';
import { byId, complain, element, span } from './dom.js';
import { actions, stateOf, times } from './job.js';

const PAGE = 50;
const REFRESH = 2000;

let shown = [];
let next;
let timer;
let calls = 0;

const query = cursor => {
  const parameters = new URLSearchParams({ limit: PAGE });
  for (const [name, value] of [['state', byId('filter-state').value], ['kind', byId('filter-kind').value], ['cursor', cursor]]) {
    if (value) {
      parameters.set(name, value);
    }
  }
  return `v1/jobs?${parameters}`;
};

/** Where a job's result is shown. */
export const linkOf = job => `#/${job.kind === 'MINIMIZATION' ? 'formulas' : 'bodies'}/${job.id}`;

async function load() {
  clearTimeout(timer);
  const call = ++calls;
  try {
    const page = await getJson(query());
    if (call !== calls) {
      return;
    }
    shown = page.jobs;
    next = page.next;
    draw();
    if (shown.some(job => !ended(job))) {
      timer = setTimeout(load, REFRESH);
    }
  } catch (error) {
    complain(error);
  }
}

async function more() {
  try {
    // A refresh would take the further pages away again.
    clearTimeout(timer);
    const call = ++calls;
    const page = await getJson(query(next));
    if (call === calls) {
      shown = [...shown, ...page.jobs];
      next = page.next;
      draw();
    }
  } catch (error) {
    complain(error);
  }
}

function draw() {
  const focus = document.activeElement?.closest('#job-rows') ? document.activeElement.getAttribute('aria-label') : null;
  byId('job-rows').replaceChildren(...shown.map(row));
  byId('jobs-note').textContent = shown.length ? `${shown.length} jobs${next ? ', and more' : ''}.` : 'There is no such job.';
  byId('more').hidden = !next;
  if (focus) {
    byId('job-rows').querySelector(`[aria-label="${CSS.escape(focus)}"]`)?.focus();
  }
}

function row(job) {
  const { waited, ran } = times(job);
  const replace = changed => {
    shown = shown.map(other => other.id === changed.id ? changed : other);
    draw();
    load();
  };
  const drop = () => {
    shown = shown.filter(other => other.id !== job.id);
    draw();
  };
  return element('tr', { 'data-job': job.id },
      element('td', {}, element('a', { href: linkOf(job), 'aria-label': `Job ${job.id}` }, `…${job.id.slice(-12)}`)),
      element('td', {}, job.kind),
      element('td', {}, stateOf(job), ended(job) ? null : ` ${Math.round(100 * job.progress)} %`),
      element('td', {}, `${job.items.succeeded} of ${job.items.total}`),
      element('td', {}, element('time', { datetime: job.createdAt }, new Date(job.createdAt).toLocaleString())),
      element('td', {}, span(waited)),
      element('td', {}, span(ran)),
      element('td', {}, element('span', { class: 'row' }, ...actions(job, replace, drop))));
}

export function start() {
  byId('refresh').addEventListener('click', load);
  byId('filter-state').addEventListener('change', load);
  byId('filter-kind').addEventListener('change', load);
  byId('more').addEventListener('click', more);
}

export const show = load;

export function hide() {
  clearTimeout(timer);
  calls++;
}
