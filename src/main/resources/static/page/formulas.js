import { getJson, getRequest, getResult, postJson, Problem } from './api.js';
import { byId, complain, element } from './dom.js';
import { FormulaBox } from './formula-box.js';
import { JobPanel } from './job.js';
import { MinimizationView } from './minimization-view.js';

const SOLVERS = ['auto', 'lsr1', 'lbfgs', 'bfgs', 'sr1', 'newton-cg', 'adam', 'lm'];

/** Up to here iterates are recorded: few numbers, and for two variables the paths. */
const MOST_VARIABLES_WITH_PATHS = 2;

let panel;
let view;
let box;
let objectives = [];
let examples = [];
let turn = 0;
let ready;

/** The catalogue's objective while its formula is as it was: it brings its own parameters and starts. */
let catalogued = null;

const value = id => byId(id).value.trim();

/** Numbers separated by blanks or commas; - for none. */
function numbers(text, what) {
  return text.split(/[\s,;]+/).filter(part => part).map(part => {
    if (part === '-') {
      return null;
    }
    const read = Number(part);
    if (!Number.isFinite(read)) {
      throw new Error(`${what}: ${part} is not a number.`);
    }
    return read;
  });
}

function optional(id, what) {
  const text = value(id);
  return text === '' ? undefined : numbers(text, what)[0];
}

const given = entries => Object.fromEntries(Object.entries(entries).filter(([, content]) => content !== undefined && content !== null && content !== ''));
const group = entries => {
  const filled = given(entries);
  return Object.keys(filled).length ? filled : undefined;
};

/** The request that the form describes. */
function request() {
  const formula = byId('formula').value;
  const objective = catalogued && formula === catalogued.formula ? catalogued.name : undefined;
  let parameters;
  if (value('parameters')) {
    try {
      parameters = JSON.parse(value('parameters'));
    } catch (error) {
      throw new Error(`Parameters: ${error.message}`);
    }
  }
  const starts = byId('starts').value.split('\n').filter(line => line.trim()).map(line => numbers(line.replace(/^\s*\[|\]\s*,?\s*$/g, ''), 'Starts'));
  const bounds = id => value(id) ? numbers(value(id), 'Bounds') : undefined;
  const dimension = optional('dimension', 'Variables');
  const n = dimension ?? starts[0]?.length;
  return given({
    objective,
    expression: objective ? undefined : formula.trim() || undefined,
    dimension,
    parameters,
    starts: starts.length ? starts : undefined,
    sampling: optional('sample-count', 'Random starts') ? given({
      count: optional('sample-count', 'Random starts'), seed: optional('sample-seed', 'Seed') ?? 0,
      lower: value('sample-lower') ? numbers(value('sample-lower'), 'Random starts') : undefined,
      upper: value('sample-upper') ? numbers(value('sample-upper'), 'Random starts') : undefined,
    }) : undefined,
    bounds: group({ lower: bounds('lower'), upper: bounds('upper') }),
    solver: value('solver'),
    compareWith: value('compare') || undefined,
    solverOptions: group({
      checkpoint: value('checkpoint') || undefined, learningRate: optional('learning-rate', 'Learning rate'), memory: optional('memory', 'Pairs'),
    }),
    stop: group({
      maxSteps: optional('max-steps', 'Steps'), maxEvaluations: optional('max-evaluations', 'Evaluations'),
      gradientTolerance: optional('tolerance', 'Tolerance'), timeLimitSeconds: optional('time-limit', 'Seconds'),
    }),
    certificate: byId('certificate').checked || undefined,
    trajectory: n === undefined || n <= MOST_VARIABLES_WITH_PATHS ? { iterates: true } : undefined,
  });
}

/** Fills the form from a request. */
function fill(asked) {
  catalogued = objectives.find(objective => objective.name === asked.objective) ?? null;
  const set = (id, content) => {
    byId(id).value = content ?? '';
  };
  const list = content => content?.map(entry => entry ?? '-').join(' ');
  set('formula', catalogued ? catalogued.formula : asked.expression);
  set('starts', asked.starts?.map(start => start.join(' ')).join('\n'));
  set('parameters', asked.parameters && JSON.stringify(asked.parameters));
  set('dimension', asked.dimension);
  set('sample-count', asked.sampling?.count);
  set('sample-seed', asked.sampling?.seed);
  set('sample-lower', list(asked.sampling?.lower));
  set('sample-upper', list(asked.sampling?.upper));
  set('lower', list(asked.bounds?.lower));
  set('upper', list(asked.bounds?.upper));
  set('solver', asked.solver ?? 'auto');
  set('compare', asked.compareWith);
  set('checkpoint', asked.solverOptions?.checkpoint);
  set('learning-rate', asked.solverOptions?.learningRate);
  set('memory', asked.solverOptions?.memory);
  set('max-steps', asked.stop?.maxSteps);
  set('max-evaluations', asked.stop?.maxEvaluations);
  set('tolerance', asked.stop?.gradientTolerance);
  set('time-limit', asked.stop?.timeLimitSeconds);
  byId('certificate').checked = asked.certificate ?? false;
  box.changed();
}

/** The catalogue, the examples and the weights, for the lists of the form. */
async function offer() {
  const [catalogue, all, weights] = await Promise.all([getJson('v1/objectives'), getJson('v1/examples'), getJson('v1/checkpoints')]);
  objectives = catalogue.objectives;
  examples = all.examples.filter(example => example.path === '/v1/minimizations');
  const option = (content, text) => element('option', { value: content }, text ?? content);
  byId('template').replaceChildren(
      option('', 'an empty form'),
      element('optgroup', { label: 'Examples' }, ...examples.map(example => option(`example:${example.name}`, example.title))),
      element('optgroup', { label: 'Catalogue' }, ...objectives.map(objective => option(`objective:${objective.name}`, `${objective.name}: ${objective.title}`))));
  byId('solver').replaceChildren(...SOLVERS.map(name => option(name)));
  byId('compare').replaceChildren(option('', 'nothing'), ...SOLVERS.map(name => option(name)));
  byId('checkpoint').replaceChildren(option('', 'general (usual)'),
      ...weights.checkpoints.filter(one => one.preset !== 'body-fit').map(one => option(`${one.name}@${one.version}`)));
}

function template() {
  const [kind, name] = byId('template').value.split(/:(.*)/);
  if (kind === 'example') {
    fill(examples.find(example => example.name === name).body);
  } else if (kind === 'objective') {
    fill({ ...objectives.find(objective => objective.name === name).example, compareWith: 'lbfgs', certificate: true });
  } else {
    fill({});
  }
}

async function submit(event) {
  event.preventDefault();
  try {
    complain(null);
    byId('minimize').disabled = true;
    const answer = await postJson('v1/minimizations', request());
    location.hash = `#/formulas/${answer.job.id}`;
  } catch (error) {
    complain(error);
  } finally {
    byId('minimize').disabled = false;
  }
}

export function start() {
  panel = new JobPanel('formula-job');
  view = new MinimizationView();
  box = new FormulaBox(request);
  byId('template').addEventListener('change', template);
  byId('formula-form').addEventListener('submit', submit);
  byId('formula-form').addEventListener('input', event => {
    if (event.target.id !== 'formula' && event.target.id !== 'template') {
      box.changed();
    }
  });
}

const files = id => [
  ['Result (JSON)', 'result', `${id}.json`],
  ...['csv', 'ndjson', 'npz', 'svg'].map(kind => [`Trajectories (${kind})`, `result.${kind}`, `${id}.${kind}`]),
];

export async function show(id) {
  const mine = ++turn;
  view.close();
  panel.close();
  ready ??= offer().catch(error => {
    ready = undefined;
    throw error;
  });
  await ready;
  if (mine !== turn) {
    return;
  }
  if (!id) {
    if (!byId('formula').value) {
      byId('template').value = 'objective:himmelblau';
      template();
    }
    return;
  }
  const asked = await getRequest(id).catch(kept);
  if (mine !== turn) {
    return;
  }
  if (asked && !asked.minimization) {
    throw new Error(`The job ${id} is a fit: see Bodies.`);
  }
  if (asked) {
    fill(asked.minimization);
  }
  const job = await panel.show(id, {
    request: asked && { path: 'v1/minimizations', body: asked.minimization },
    files: asked ? files(id) : [],
    onChange: (name, data) => {
      if (name === 'progress') {
        view.progress(data.items);
      }
    },
  });
  if (mine === turn && job && asked && job.items.succeeded + job.items.cancelled) {
    const { minimization } = await getResult(id);
    if (mine === turn && minimization) {
      await view.show(asked.minimization, minimization);
    }
  }
}

/** Of a job whose results have expired the state is shown, and nothing else. */
function kept(error) {
  if (error instanceof Problem && error.status === 410) {
    return null;
  }
  throw error;
}

export function hide() {
  turn++;
  panel.close();
  view.close();
}
