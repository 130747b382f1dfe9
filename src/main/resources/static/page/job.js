import { cancelJob, deleteJob, ended, follow, getJob, jobPath, save } from './api.js';
import { byId, complain, element, span } from './dom.js';
import { snippets } from './snippets.js';

/** How long a job waited and ran, milliseconds; while it runs, until now. */
export function times(job) {
  const created = Date.parse(job.createdAt);
  const started = job.startedAt ? Date.parse(job.startedAt) : null;
  const finished = job.finishedAt ? Date.parse(job.finishedAt) : null;
  return {
    waited: (started ?? finished ?? Date.now()) - created,
    ran: started === null ? NaN : (finished ?? Date.now()) - started,
  };
}

export const stateOf = job =>
    element('span', { class: 'state', 'data-state': job.state }, job.cancelRequested && !ended(job) ? 'CANCELLING' : job.state);

/**
 * A job's panel: state, progress, timings, cancel and delete, downloads, the request as code. Follows the job until it ends.
 */
export class JobPanel {
  #host;
  #abort = new AbortController();

  /** @param host the identifier of the element to fill */
  constructor(host) {
    this.#host = byId(host);
  }

  /** Stops following and shows nothing. */
  close() {
    this.#abort.abort();
    this.#host.replaceChildren();
  }

  /**
   * Shows a job until it ends.
   *
   * @param id of the job
   * @param request to show as code
   * @param files of the job once it has a result, as [label, path, name]
   * @param onChange told of each state and each progress event
   * @return the job as it ended; null if another was shown meanwhile
   */
  async show(id, { request, files, onChange }) {
    this.close();
    const abort = this.#abort = new AbortController();
    const head = element('div', { role: 'status' });
    const downloads = element('p', { class: 'row downloads' });
    this.#host.append(element('div', { class: 'panel job' }, element('h2', {}, 'Job'), head, downloads, request ? snippets(request) : null));
    let job = await getJob(id);
    const draw = () => {
      head.replaceChildren(...this.#head(job, changed => {
        job = changed;
        draw();
      }));
      if (job.items.succeeded && !downloads.children.length) {
        downloads.append('Download:', ...files.map(([label, path, name]) => download(label, `${jobPath(id)}/${path}`, name)));
      }
    };
    draw();
    onChange('job', job);
    if (!ended(job)) {
      await follow(id, abort.signal, (name, data) => {
        if (name === 'job') {
          job = data;
        } else if (name === 'progress') {
          job.progress = data.progress;
        }
        draw();
        onChange(name, data);
      });
      if (!abort.signal.aborted) {
        job = await getJob(id);
        draw();
      }
    }
    return abort.signal.aborted ? null : job;
  }

  #head(job, changed) {
    const { waited, ran } = times(job);
    const counts = ['succeeded', 'skipped', 'failed', 'cancelled']
        .filter(name => job.items[name]).map(name => `${job.items[name]} ${name}`).join(', ');
    return [
      element('p', { class: 'row' }, stateOf(job),
          element('progress', { max: 1, value: job.progress, 'aria-label': 'Progress of the job' }),
          element('span', {}, `${Math.round(100 * job.progress)} %`),
          element('span', {}, `${counts || 'none done'} of ${job.items.total}`),
          element('span', {}, `waited ${span(waited)}, ran ${span(ran)}`),
          ...actions(job, changed, () => {
            location.hash = '#/jobs';
          })),
      job.error ? element('p', {}, job.error) : '',
      element('p', { class: 'hint' }, 'Id ', element('code', {}, job.id), '. The address of this page leads here again, for others too.'),
    ];
  }
}

/** Buttons that cancel or delete a job. */
export function actions(job, changed, deleted) {
  return [
    ended(job) || job.cancelRequested ? null : element('button', {
      type: 'button', 'aria-label': `Cancel job ${job.id}`, click: attempt(async () => changed(await cancelJob(job.id))),
    }, 'Cancel'),
    element('button', {
      type: 'button', 'aria-label': `Delete job ${job.id}`, click: attempt(async () => {
        if (confirm('Delete this job with its request and results?')) {
          await deleteJob(job.id);
          deleted();
        }
      }),
    }, 'Delete'),
  ].filter(button => button);
}

const attempt = action => async () => {
  try {
    complain(null);
    await action();
  } catch (error) {
    complain(error);
  }
};

function download(label, path, name) {
  return element('button', { type: 'button', 'data-file': name, click: attempt(() => save(path, name)) }, label);
}
