import { postJson } from './api.js';
import { colour, fit, number, onScheme } from './dom.js';

const CELLS = 90;
const LEVELS = 14;
const MARGIN = 46;
const WIDEN = 0.25;

/** Contour lines of a function of two variables, evaluated by the service on a grid, and the solvers' paths over them. */
export class Contour {
  #canvas;
  #shown = null;
  #turn = 0;

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas.parentElement);
    onScheme(() => this.#draw());
  }

  /**
   * @param objective as posted: objective or expression, and parameters
   * @param paths each with colour and points
   * @param bounds lower and upper, or undefined
   * @param note element that says what is drawn
   */
  async show(objective, paths, bounds, note) {
    const turn = ++this.#turn;
    const box = around(paths.flatMap(path => path.points));
    const points = [];
    for (let j = 0; j <= CELLS; j++) {
      for (let i = 0; i <= CELLS; i++) {
        points.push([box.x + box.width * i / CELLS, box.y + box.height * j / CELLS]);
      }
    }
    const { values } = await postJson('v1/objectives:evaluate', { ...objective, points });
    if (turn === this.#turn) {
      const finite = values.filter(value => value !== null).sort((a, b) => a - b);
      this.#shown = { box, values, paths, bounds, finite };
      note.textContent = `x[1] from ${number(box.x, 3)} to ${number(box.x + box.width, 3)}, x[2] from ${number(box.y, 3)} to `
          + `${number(box.y + box.height, 3)}; values from ${number(finite[0])} to ${number(finite.at(-1))}. The lines are quantiles of the grid's values, denser towards the lowest.${bounds ? ' The dashed box is that of the bounds.' : ''}`;
      this.#draw();
    }
  }

  #draw() {
    if (!this.#shown || !this.#canvas.clientWidth) {
      return;
    }
    const { box, values, paths, bounds, finite } = this.#shown;
    const side = this.#canvas.clientWidth;
    const ratio = fit(this.#canvas, Math.min(side * 0.75, 520));
    const context = this.#canvas.getContext('2d');
    const frame = {
      left: MARGIN * ratio, top: 10 * ratio, width: this.#canvas.width - (MARGIN + 14) * ratio, height: this.#canvas.height - (10 + 30) * ratio,
    };
    const at = ([x, y]) => [frame.left + (x - box.x) / box.width * frame.width, frame.top + (1 - (y - box.y) / box.height) * frame.height];
    context.fillStyle = colour('panel');
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    const levels = Array.from({ length: LEVELS }, (_, i) => finite[Math.floor((i + 0.5) ** 2 / LEVELS ** 2 * (finite.length - 1))]);
    context.lineWidth = ratio;
    context.strokeStyle = colour('quiet');
    levels.forEach((level, i) => {
      context.globalAlpha = 0.9 - 0.6 * i / LEVELS;
      isoline(context, values, level, (i, j) => at([box.x + box.width * i / CELLS, box.y + box.height * j / CELLS]));
    });
    context.globalAlpha = 1;
    if (bounds) {
      // A missing side lies outside of what is drawn.
      const side = (list, axis, missing) => (list?.length === 1 ? list[0] : list?.[axis]) ?? missing;
      const [left, low] = at([side(bounds.lower, 0, box.x - box.width), side(bounds.lower, 1, box.y - box.height)]);
      const [right, high] = at([side(bounds.upper, 0, box.x + 2 * box.width), side(bounds.upper, 1, box.y + 2 * box.height)]);
      context.setLineDash([6 * ratio, 4 * ratio]);
      context.strokeStyle = colour('text');
      context.strokeRect(left, high, right - left, low - high);
      context.setLineDash([]);
    }
    for (const path of [...paths].reverse()) {
      context.strokeStyle = context.fillStyle = colour(path.colour);
      context.lineWidth = 2 * ratio;
      context.beginPath();
      path.points.forEach((point, i) => context[i ? 'lineTo' : 'moveTo'](...at(point)));
      context.stroke();
      path.points.forEach((point, i) => {
        context.beginPath();
        context.arc(...at(point), (i === 0 || i === path.points.length - 1 ? 5 : 2.5) * ratio, 0, 2 * Math.PI);
        context.fill();
      });
    }
    context.restore();
    this.#axes(context, frame, box, ratio);
  }

  #axes(context, frame, box, ratio) {
    context.strokeStyle = colour('quiet');
    context.strokeRect(frame.left, frame.top, frame.width, frame.height);
    context.fillStyle = colour('text');
    context.font = `${12 * ratio}px system-ui, sans-serif`;
    for (const { value, text } of ticks(box.x, box.width)) {
      context.textAlign = 'center';
      context.textBaseline = 'top';
      context.fillText(text, frame.left + (value - box.x) / box.width * frame.width, frame.top + frame.height + 5 * ratio);
    }
    for (const { value, text } of ticks(box.y, box.height)) {
      context.textAlign = 'right';
      context.textBaseline = 'middle';
      context.fillText(text, frame.left - 5 * ratio, frame.top + (1 - (value - box.y) / box.height) * frame.height);
    }
  }
}

/** The box around points, widened on each side, not much longer than wide. */
function around(points) {
  const range = axis => {
    const all = points.map(point => point[axis]);
    return [Math.min(...all), Math.max(...all)];
  };
  const [[left, right], [low, high]] = [range(0), range(1)];
  const longer = Math.max(right - left, high - low, 1e-6 * Math.max(Math.abs(right), Math.abs(high)), 1e-9);
  const widened = (from, to) => {
    const extent = Math.max(to - from, longer / 2) * (1 + 2 * WIDEN);
    return [(from + to - extent) / 2, extent];
  };
  const [x, width] = widened(left, right);
  const [y, height] = widened(low, high);
  return { x, y, width, height };
}

function ticks(from, extent) {
  const rough = extent / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const all = [];
  for (let value = Math.ceil(from / step) * step; value <= from + extent; value += step) {
    all.push({ value, text: digits > 6 ? value.toPrecision(4) : (Math.abs(value) < step / 2 ? 0 : value).toFixed(Math.min(digits, 6)) });
  }
  return all;
}

/** One contour line by marching squares: in each cell, where the level crosses its edges. */
function isoline(context, values, level, at) {
  const width = CELLS + 1;
  context.beginPath();
  for (let j = 0; j < CELLS; j++) {
    for (let i = 0; i < CELLS; i++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const heights = corners.map(([a, b]) => values[b * width + a]);
      if (heights.includes(null)) {
        continue;
      }
      const crossings = [];
      for (let edge = 0; edge < 4; edge++) {
        const [from, to] = [heights[edge], heights[(edge + 1) % 4]];
        if (from < level !== to < level) {
          const part = (level - from) / (to - from);
          const [a, b] = [corners[edge], corners[(edge + 1) % 4]];
          crossings.push([a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]);
        }
      }
      for (let c = 0; c + 1 < crossings.length; c += 2) {
        context.moveTo(...at(...crossings[c]));
        context.lineTo(...at(...crossings[c + 1]));
      }
    }
  }
  context.stroke();
}
