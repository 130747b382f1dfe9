import { postJson, Problem } from './api.js';
import { byId, element, later, number } from './dom.js';

const TOKENS = /(#.*)|\b(let|and|or|not|x|n|pi)\b|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)(?=\s*\()/g;
const CLASSES = ['c', 'k', 'n', 'f'];

/** The formula with its colours, and what the service says of it while it is written. */
export class FormulaBox {
  #text = byId('formula');
  #colours = byId('formula-colours');
  #validation = byId('validation');
  #request;
  #place = null;
  #running = false;
  #stale = false;
  #ask = later(() => this.#validate(), 250);

  /** @param request returns the request that the form describes; throws where a field cannot be read */
  constructor(request) {
    this.#request = request;
    this.#text.addEventListener('input', () => this.changed());
    this.#text.addEventListener('scroll', () => this.#follow());
    new ResizeObserver(() => this.#follow()).observe(this.#text);
  }

  /** To be called when any field of the request has changed. */
  changed() {
    this.#place = null;
    this.#paint();
    this.#ask();
  }

  #follow() {
    this.#colours.scrollTop = this.#text.scrollTop;
  }

  #paint() {
    const text = this.#text.value;
    const parts = [];
    let from = 0;
    const push = (piece, name) => {
      // The part at the wrong place is underlined, whatever it is.
      const wrong = this.#place !== null && this.#place >= from && this.#place < from + piece.length;
      parts.push(name || wrong ? element('span', { class: [name, wrong ? 'wrong' : null].filter(part => part).join(' ') }, piece) : piece);
      from += piece.length;
    };
    for (const match of text.matchAll(TOKENS)) {
      for (const piece of text.slice(from, match.index).split(/(?<=[\s\S])/)) {
        if (piece) {
          push(piece, null);
        }
      }
      push(match[0], CLASSES[match.slice(1).findIndex(group => group !== undefined)]);
    }
    for (const piece of text.slice(from).split(/(?<=[\s\S])/)) {
      if (piece) {
        push(piece, null);
      }
    }
    // A last empty line has its height only with something in it.
    this.#colours.replaceChildren(...parts, '\n');
    this.#follow();
  }

  /** One validation at a time; of what is written meanwhile the last is validated next. */
  async #validate() {
    if (this.#running) {
      this.#stale = true;
      return;
    }
    this.#running = true;
    do {
      this.#stale = false;
      await this.#once();
    } while (this.#stale);
    this.#running = false;
  }

  async #once() {
    let shown;
    try {
      const request = this.#request();
      if (!request.objective && !request.expression) {
        this.#say();
        return;
      }
      shown = this.#right(await postJson('v1/objectives:validate', request));
    } catch (error) {
      shown = this.#wrong(error);
    }
    if (!this.#stale) {
      this.#say(...shown);
    }
  }

  #say(...shown) {
    this.#validation.replaceChildren(...shown);
    this.#text.setAttribute('aria-invalid', String(this.#place !== null));
    this.#paint();
  }

  #right(answer) {
    this.#place = null;
    const facts = [`${answer.dimension} ${answer.dimension === 1 ? 'variable' : 'variables'}`];
    if (answer.sumOfSquares) {
      facts.push(`a sum of ${answer.residuals} squares`);
    }
    facts.push(`value ${number(answer.value)} and gradient norm ${number(answer.gradientNorm)} at the first start`);
    if (answer.largestGradientError !== undefined) {
      facts.push(answer.gradientAgrees ? 'the gradient agrees with differences' : 'the gradient does not agree with differences');
    }
    return [element('p', {}, `${facts.join(', ')}.`), ...answer.warnings.map(warning => element('p', { class: 'bad' }, warning))];
  }

  #wrong(error) {
    const errors = error instanceof Problem && error.errors.length ? error.errors : [{ detail: error.message }];
    return errors.flatMap(({ detail, line, column, pointer }) => {
      const where = pointer && !line ? `${pointer.slice(1)}: ` : '';
      const said = element('p', { class: 'bad' }, where + detail);
      const source = line ? this.#text.value.split('\n')[line - 1] : undefined;
      if (source === undefined) {
        return [said];
      }
      this.#place = this.#text.value.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
      // A long line is cut around the place.
      const cut = Math.max(0, column - 40);
      const excerpt = source.slice(cut, cut + 72);
      return [element('pre', { 'aria-hidden': 'true' }, `${excerpt}\n${' '.repeat(column - 1 - cut)}^`), said];
    });
  }
}
