import { byId, element, number } from './dom.js';
import { Contour } from './contour.js';
import { logPlots, SERIES } from './plots.js';

/** Starts in the table at most. */
const MOST_ROWS = 200;
const MOST_NUMBERS = 12;

const ENDS = {
  CONVERGED: 'converged', MAX_STEPS: 'used all its steps or evaluations', TIME_LIMIT: 'ran out of time',
  STALLED: 'stalled: no acceptable point was found', DIVERGED: 'diverged', NON_FINITE: 'met a value that is not finite', CANCELLED: 'was cancelled',
};
const RULES = {
  GRADIENT: 'the gradient is small', RELATIVE_GRADIENT: 'the gradient is small relative to value and point', DECREASE: 'the value hardly falls',
  ROUNDING: 'the value cannot fall further in this arithmetic',
};

/** The result of a minimization: in words, as plots, and for two variables as paths on the contour lines. */
export class MinimizationView {
  #contour = new Contour(byId('contour'));
  #result = null;
  #asked;
  #live = new Map();

  constructor() {
    byId('start').addEventListener('change', () => this.#draw());
  }

  close() {
    this.#result = null;
    this.#live.clear();
    byId('formula-result').hidden = true;
    byId('contour-panel').hidden = true;
  }

  /** Shows running starts: lowest value and gradient norm by evaluations so far. */
  progress(items) {
    for (const item of items.slice(0, 1)) {
      const points = this.#live.get(item.item) ?? [];
      points.push(item);
      this.#live.set(item.item, points);
    }
    const [first] = this.#live.values();
    if (!first || this.#result) {
      return;
    }
    byId('formula-result').hidden = false;
    byId('start-row').hidden = true;
    const now = first.at(-1);
    byId('formula-words').replaceChildren(element('p', {},
        `Running: start ${now.item} has done ${now.step} steps and ${now.evaluations} evaluations; value ${number(now.value)}, gradient norm ${number(now.gradientNorm)}.`));
    const xs = first.map(point => point.evaluations);
    const of = (title, name) => ({ title, x: 'evaluations', series: [{ label: `start ${now.item}`, xs, ys: first.map(point => point[name] ?? null), colour: SERIES[0] }] });
    logPlots(byId('formula-plots'), [of('Value so far', 'value'), of('Gradient norm so far', 'gradientNorm')]);
  }

  /** Shows the result of a request. */
  async show(asked, result) {
    this.#asked = asked;
    this.#result = result;
    const items = result.items;
    byId('formula-result').hidden = false;
    byId('start-row').hidden = items.length < 2;
    byId('start').replaceChildren(...items.map(item => element('option', { value: item.start, selected: item.start === result.best },
        `${item.start}: value ${number(item.value)}, ${ENDS[item.curve.termination] ?? item.curve.termination}`)));
    await this.#draw();
  }

  async #draw() {
    const { items, best } = this.#result;
    const chosen = byId('start').value === '' ? best : +byId('start').value;
    const item = items.find(one => one.start === chosen) ?? items[0];
    byId('formula-words').replaceChildren(...this.#words(item));
    this.#plots(item);
    await this.#paths(item);
  }

  #words(item) {
    const curves = [item.curve, item.baseline].filter(curve => curve);
    const x = item.x.slice(0, MOST_NUMBERS).map(entry => number(entry, 6)).join(', ') + (item.x.length > MOST_NUMBERS ? ', …' : '');
    const facts = [`The lowest value found from start ${item.start} is ${number(item.value, 8)}, at x = (${x}).`];
    if (item.knownMinimum !== undefined) {
      facts.push(`The nearest published minimum is ${number(item.knownMinimum, 8)}.`);
    }
    return [
      element('p', {}, facts.join(' ')),
      ...curves.map(curve => element('p', {},
          `${curve.solver} ${ENDS[curve.termination] ?? curve.termination}${curve.reason ? ` (${RULES[curve.reason] ?? curve.reason})` : ''} after `
          + `${curve.steps} steps and ${curve.evaluations} evaluations, at the value ${number(curve.value, 8)}.`)),
      ...curves.flatMap(curve => curve.events.map(event => element('p', { class: 'hint' }, event))),
      certificate(item.certificate),
      this.#result.items.length > 1 ? this.#table() : null,
    ].filter(part => part);
  }

  #table() {
    const { items } = this.#result;
    return element('details', {}, element('summary', {}, `All ${items.length} starts`),
        element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'All starts' }, element('table', {},
            element('thead', {}, element('tr', {}, ...['Start', 'Value', 'Gradient norm', 'End', 'Steps', 'Evaluations']
                .map(title => element('th', { scope: 'col' }, title)))),
            element('tbody', {}, ...items.slice(0, MOST_ROWS).map(item => element('tr', {},
                ...[item.start, number(item.value, 6), number(item.gradientNorm), item.curve.termination, item.curve.steps, item.curve.evaluations]
                    .map(content => element('td', {}, String(content)))))))),
        items.length > MOST_ROWS ? element('p', { class: 'hint' }, `The first ${MOST_ROWS}; the files have all of them.`) : null);
  }

  #plots(item) {
    const curves = [item.curve, item.baseline].filter(curve => curve);
    const lowest = Math.min(...curves.flatMap(curve => curve.values.filter(value => value !== null)));
    const positive = lowest > 0;
    const zero = item.knownMinimum ?? (positive ? 0 : lowest);
    const title = item.knownMinimum !== undefined && item.knownMinimum !== 0 ? 'Value above the published minimum'
        : zero === 0 ? 'Value' : 'Value above the lowest found';
    const of = (name, ys) => ({
      title: name, x: 'evaluations',
      series: curves.map((curve, i) => ({ label: curve.solver, xs: curve.evaluationCounts, ys: ys(curve), colour: SERIES[i] })),
    });
    logPlots(byId('formula-plots'), [
      of(title, curve => curve.values.map(value => value === null ? null : value - zero)),
      of('Gradient norm', curve => curve.gradientNorms),
      of('Step length', curve => curve.stepLengths),
    ]);
  }

  async #paths(item) {
    const curves = [item.curve, item.baseline].filter(curve => curve?.iterates);
    const shown = item.x.length === 2 && curves.length > 0;
    byId('contour-panel').hidden = !shown;
    if (shown) {
      byId('contour-legend').replaceChildren(...curves.flatMap((curve, i) => {
        const dot = element('span', { class: 'dot' });
        dot.style.background = `var(--${SERIES[i]})`;
        return [dot, curve.solver];
      }));
      const { objective, expression, parameters, bounds } = this.#asked;
      byId('contour-note').textContent = 'Drawing …';
      await this.#contour.show({ objective, expression, parameters }, curves.map((curve, i) => ({
        colour: SERIES[i], points: curve.iterates.map(iterate => iterate.x).filter(([a, b]) => a !== null && b !== null),
      })), bounds, byId('contour-note'));
    }
  }
}

function certificate(given) {
  if (!given) {
    return null;
  }
  const spectrum = given.smallestEigenvalue === undefined ? '' :
      ` The eigenvalues of the Hessian are between ${number(given.smallestEigenvalue)} and ${number(given.largestEigenvalue)} (${given.method}).`;
  return element('p', { class: 'certificate', 'data-verdict': given.verdict }, element('strong', {}, `Certificate: ${given.verdict}. `), given.statement, spectrum);
}
