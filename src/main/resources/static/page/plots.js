import uPlot from 'uplot';
import { byId, colour, element, number } from './dom.js';

const HEIGHT = 210;

/** The plots on the page by host element, to be drawn again when the size or the colours change. */
const drawn = new Map();

if (!byId('uplot-style')) {
  document.head.append(element('link', { id: 'uplot-style', rel: 'stylesheet', href: 'webjars/uplot/dist/uPlot.min.css' }));
}

/** Colours of solvers: the first, and the one it is compared with. */
export const SERIES = ['accent', 'observed'];

/**
 * Draws plots on a logarithmic axis.
 *
 * @param host element to fill
 * @param plots each with title, x (name of the axis), and series: label, xs, ys, colour; only positive values are on the axis
 */
export function logPlots(host, plots) {
  drawn.get(host)?.forEach(plot => plot.destroy());
  host.replaceChildren();
  drawn.set(host, []);
  for (const { title, x, series } of plots) {
    const place = element('div', { class: 'plot' }, element('h3', {}, title));
    host.append(place);
    const shown = series.filter(({ ys }) => ys.some(y => y > 0));
    if (!shown.length) {
      place.append(element('p', { class: 'hint' }, 'There is no positive value to draw.'));
      continue;
    }
    const frame = element('div', { role: 'img', 'aria-label': words(title, shown) });
    place.append(frame);
    const data = uPlot.join(shown.map(({ xs, ys }) => ascending(xs, ys.map(y => y > 0 ? y : null))));
    drawn.get(host).push(new uPlot(options(frame, x, shown), data, frame));
  }
}

/** Points of one x (evaluations that led to no step) are one point, the last. */
function ascending(xs, ys) {
  const points = new Map(xs.map((x, i) => [x, ys[i]]));
  const sorted = [...points.keys()].sort((a, b) => a - b);
  return [sorted, sorted.map(x => points.get(x))];
}

const words = (title, series) => `${title}: ` + series.map(({ label, ys }) => {
  const positive = ys.filter(y => y > 0);
  return `${label} from ${number(positive[0])} to ${number(positive.at(-1))}`;
}).join('; ');

function options(frame, x, series) {
  const axis = { stroke: () => colour('text'), grid: { stroke: () => colour('line'), width: 1 }, ticks: { stroke: () => colour('line') } };
  return {
    width: frame.clientWidth,
    height: HEIGHT,
    legend: { show: series.length > 1, live: false },
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: false }, y: { distr: 3, log: 10, range: (_, low, high) => decades(low, high) } },
    axes: [
      { ...axis, label: x, labelSize: 22, size: 34 },
      { ...axis, size: 62, splits: (plot, i, from, to) => powers(from, to), filter: (_, lines) => lines, values: (_, ticks) => ticks.map(written) },
    ],
    series: [{ label: x }, ...series.map(({ label, colour: name }) => ({
      label, stroke: () => colour(name), width: 2, spanGaps: true, points: { show: false },
    }))],
  };
}

/** Lines of a logarithmic axis: few, at powers of ten; within two decades also at 2 and 5 times them. */
function powers(from, to) {
  const low = Math.floor(Math.log10(from) + 1e-9);
  const high = Math.ceil(Math.log10(to) - 1e-9);
  const every = Math.max(1, Math.ceil((high - low) / 6));
  const all = [];
  for (let power = low; power <= high; power += every) {
    all.push(10 ** power, ...(high - low <= 2 ? [2 * 10 ** power, 5 * 10 ** power] : []));
  }
  return all.filter(line => line >= from * (1 - 1e-9) && line <= to * (1 + 1e-9));
}

/** Whole decades around the values; uPlot's own range ends at 1e-16. */
function decades(low, high) {
  if (!(low > 0)) {
    return [1, 10];
  }
  const from = Math.floor(Math.log10(low));
  return [10 ** from, 10 ** Math.max(Math.ceil(Math.log10(high)), from + 1)];
}

const written = value => value >= 0.001 && value < 10000 ? String(+value.toPrecision(3)) : value.toExponential(0);

new ResizeObserver(() => {
  for (const plots of drawn.values()) {
    for (const plot of plots) {
      const width = plot.root.parentElement?.clientWidth;
      if (width && width !== plot.width) {
        plot.setSize({ width, height: HEIGHT });
      }
    }
  }
}).observe(document.body);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawn.forEach(plots => plots.forEach(plot => plot.redraw(false))));
