/** Small means of building the document. Text is always set as text, never as HTML. */

export const byId = id => document.getElementById(id);

/** An element with attributes, and children that are elements or texts. Attributes that are functions are listeners. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name, value);
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** A colour of the style sheet, as it is in the present scheme. */
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** Calls back whenever the colour scheme changes. */
export const onScheme = callback => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback);

/** A number as people read it. */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(digits - 1) : String(+value.toPrecision(digits));
}

/** A time span, given in milliseconds. */
export function span(milliseconds) {
  if (!(milliseconds >= 0)) {
    return '–';
  }
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1000;
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Calls a function at most once a delay, after the last request for it. */
export function later(callback, milliseconds) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...given), milliseconds);
  };
}

/** Shows what went wrong on top of the page; nothing takes it away. */
export function complain(problem) {
  const message = byId('message');
  message.hidden = !problem;
  message.textContent = problem ? problem.message ?? String(problem) : '';
}

/** Sets the size of a canvas in device pixels; returns the factor. */
export function fit(canvas, height) {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  canvas.style.height = `${height}px`;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  return ratio;
}
