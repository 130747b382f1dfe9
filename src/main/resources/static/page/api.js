/** The service as this page uses it. */

/** Keypoint files are posted here as they are. */
const KEYPOINT_FILES = 'v1/fits/openpose';

const KEY = 'secant-api-key';

export const apiKey = () => sessionStorage.getItem(KEY) ?? '';

export function useKey(key) {
  if (key) {
    sessionStorage.setItem(KEY, key);
  } else {
    sessionStorage.removeItem(KEY);
  }
}

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED']);

/** Whether a job will not change any more. */
export const ended = job => ENDED.has(job.state);

/** The address of a path of the service, wherever the page is mounted. */
export const address = path => new URL(path, document.baseURI).href;

/** An error answer, RFC 9457. */
export class Problem extends Error {
  constructor(status, details) {
    const places = (details.errors ?? []).map(error => `${error.pointer ?? error.parameter ?? ''}: ${error.detail}`);
    super([details.detail ?? details.title ?? `The service answered ${status}.`, ...(places.length > 1 ? places : [])].join('\n'));
    this.status = status;
    this.errors = details.errors ?? [];
  }
}

const REFUSALS = new Set([429, 503]);
const MOST_TRIES = 5;

/** Sends a request, again where the service is too busy for the moment; throws a Problem unless it is answered well. */
export async function send(path, options = {}) {
  for (let attempt = 1; ; attempt++) {
    const response = await sendOnce(path, options);
    if (response.ok) {
      return response;
    }
    const after = Number(response.headers.get('Retry-After'));
    // With either status the service has done nothing yet.
    if (!REFUSALS.has(response.status) || !after || attempt === MOST_TRIES) {
      throw new Problem(response.status, await response.json().catch(() => ({})));
    }
    await new Promise(resolve => setTimeout(resolve, 1000 * after));
    options.signal?.throwIfAborted();
  }
}

async function sendOnce(path, options) {
  const headers = new Headers(options.headers);
  if (apiKey()) {
    headers.set('Authorization', `Bearer ${apiKey()}`);
  }
  if (typeof options.body === 'string') {
    headers.set('Content-Type', 'application/json');
  }
  try {
    return await fetch(address(path), { ...options, headers });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Error('The service cannot be reached.');
  }
}

export const getJson = async (path, options) => (await send(path, options)).json();
export const getBytes = async (path, options) => (await send(path, options)).arrayBuffer();
export const postJson = async (path, body, options) =>
    (await send(path, { method: 'POST', body: JSON.stringify(body), ...options })).json();

const job = id => `v1/jobs/${encodeURIComponent(id)}`;

export const jobPath = job;
export const getJob = id => getJson(job(id));
export const getResult = id => getJson(`${job(id)}/result`);
export const getRequest = id => getJson(`${job(id)}/request`);
export const cancelJob = id => getJson(`${job(id)}/cancel`, { method: 'POST' });
export const deleteJob = id => send(job(id), { method: 'DELETE' });
export const meshPath = (id, item, query = '') => `${job(id)}/meshes/${item}.glb${query}`;

/** All points of a trajectory, page by page. */
export async function getTrajectory(id, item) {
  const points = [];
  for (;;) {
    const page = await getJson(`${job(id)}/trajectory?item=${item}&from=${points.length}&limit=500`);
    const got = page.iterates ?? page.points ?? [];
    points.push(...got);
    if (!got.length || points.length >= page.total) {
      return points;
    }
  }
}

/** The path that keypoint files are posted to, with what they do not contain. */
export function keypointFilePath(settings) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(settings)) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  return `${KEYPOINT_FILES}?${query}`;
}

/**
 * Follows a job's event stream until the job ends or the signal aborts; connects again where it breaks. Not by EventSource, which cannot
 * send a key.
 */
export async function follow(id, signal, onEvent) {
  let last = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream', ...(last === null ? {} : { 'Last-Event-ID': last }) };
      const response = await send(`${job(id)}/events`, { headers, signal });
      if (response.status === 204) {
        return;
      }
      failures = 0;
      for await (const event of events(response.body)) {
        last = event.id ?? last;
        const data = JSON.parse(event.data);
        onEvent(event.name, data);
        if (event.name === 'job' && ended(data)) {
          return;
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof Problem || ++failures > 10) {
        throw error;
      }
    }
    await new Promise(resolve => setTimeout(resolve, 300 * 2 ** Math.min(failures, 5)));
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      text += value;
      const blocks = text.split(/\r?\n\r?\n/);
      text = blocks.pop();
      for (const block of blocks) {
        const event = { name: 'message', data: '' };
        for (const line of block.split(/\r?\n/)) {
          const [, field, content] = /^([^:]*):? ?(.*)$/.exec(line);
          if (field === 'event') {
            event.name = content;
          } else if (field === 'data') {
            event.data += content;
          } else if (field === 'id') {
            event.id = content;
          }
        }
        if (event.data) {
          yield event;
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Saves a file of the service. */
export async function save(path, name) {
  const blob = await (await send(path)).blob();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
