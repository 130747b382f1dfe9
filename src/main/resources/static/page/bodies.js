import { getJson, getRequest, getResult, keypointFilePath, postJson, Problem, send } from './api.js';
import { FitView } from './fit-view.js';
import { byId, complain } from './dom.js';
import { JobPanel } from './job.js';

let panel;
let view;
let examples;
let layouts;

/** What will be fitted: a name to show, and either files or an example of the service. */
let chosen = null;

/** What was sent last, so that its code can name the file. */
let sent = { id: null, request: null };

let turn = 0;

async function choose(files) {
  const names = [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const photo = names.find(file => file.type.startsWith('image/'));
  const keypoints = names.filter(file => !file.type.startsWith('image/'));
  if (photo) {
    await usePhoto(photo);
  }
  if (keypoints.length) {
    chosen = { name: keypoints.length === 1 ? keypoints[0].name : `${keypoints.length} files`, files: keypoints };
    byId('chosen').textContent = `Chosen: ${chosen.name}`;
    byId('over-time').hidden = keypoints.length < 2;
  }
}

async function example(name) {
  examples ??= (await getJson('v1/examples')).examples;
  const found = examples.find(one => one.name === name);
  chosen = { name: found.title, example: found };
  byId('chosen').textContent = `Chosen: ${found.title}`;
  byId('over-time').hidden = true;
  byId('width').value = 1920;
  byId('height').value = 1080;
}

async function usePhoto(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(`The browser cannot read ${file.name} as an image.`);
  });
  byId('width').value = bitmap.width;
  byId('height').value = bitmap.height;
  await view.setPhoto(bitmap);
}

/** Files of one detector run become one request: all people one after the other, or of each file the surest, null where there is nobody. */
async function together(files, surest = false) {
  const people = [];
  for (const file of files) {
    let parsed;
    try {
      parsed = JSON.parse(await file.text());
    } catch {
      throw new Error(`${file.name} is not a JSON file.`);
    }
    if (!Array.isArray(parsed.people)) {
      throw new Error(`${file.name} has no list of people, so it is not a file of OpenPose.`);
    }
    people.push(...(surest ? [[...parsed.people].sort((a, b) => confidence(b) - confidence(a))[0] ?? null] : parsed.people));
  }
  return { people };
}

/** Of each file the person with the most confidence, as the frames of one sequence. */
async function overTime(files) {
  const frames = (await together(files, true)).people.map(person => person?.pose_keypoints_2d ?? null);
  const { layouts: all } = await (layouts ??= getJson('v1/keypoint-layouts'));
  const count = (frames.find(frame => frame) ?? []).length / 3;
  const layout = all.find(one => one.keypoints.length === count);
  if (!layout) {
    throw new Error(`No keypoint layout has ${count} keypoints.`);
  }
  const focal = byId('focal').value;
  return {
    layout: layout.id,
    image: { width: +byId('width').value, height: +byId('height').value },
    ...(focal ? { focal: +focal } : {}),
    frameRate: +byId('frame-rate').value,
    frames: frames.map(frame => ({ keypoints: frame && Array.from({ length: count }, (_, k) => frame.slice(3 * k, 3 * k + 3)) })),
  };
}

const confidence = person => (person.pose_keypoints_2d ?? []).reduce((sum, value, i) => i % 3 === 2 ? sum + value : sum, 0);

/** The request that the form describes. */
async function asked() {
  const settings = {
    width: byId('width').value, height: byId('height').value, focal: byId('focal').value, steps: byId('steps').value, trajectory: true,
  };
  if (chosen.example?.path === '/v1/fits') {
    const { layout, people } = chosen.example.body;
    const body = { layout, image: { width: +settings.width, height: +settings.height }, people, steps: +settings.steps, trajectory: true };
    return { path: 'v1/fits', body: settings.focal ? { ...body, focal: +settings.focal } : body };
  }
  const path = keypointFilePath(settings);
  if (chosen.example) {
    return { path, body: chosen.example.body };
  }
  if (chosen.files.length === 1) {
    return { path, file: chosen.files[0].name, text: await chosen.files[0].text() };
  }
  return byId('smooth').checked ? { path: 'v1/sequences', body: await overTime(chosen.files) } : { path, body: await together(chosen.files) };
}

async function submit(event) {
  event.preventDefault();
  try {
    complain(null);
    if (!chosen) {
      throw new Error('Choose a keypoint file or an example first.');
    }
    byId('fit-submit').disabled = true;
    const request = await asked();
    const answer = request.text === undefined
        ? await postJson(request.path, request.body)
        : await (await send(request.path, { method: 'POST', body: request.text })).json();
    sent = { id: answer.job.id, request };
    location.hash = `#/bodies/${answer.job.id}`;
  } catch (error) {
    complain(error);
  } finally {
    byId('fit-submit').disabled = false;
  }
}

/** A camera as it is posted; where its focal length is from is not said. */
const intrinsics = ({ fx, fy, cx, cy, distortion }) => ({ fx, fy, cx, cy, ...(distortion ? { distortion } : {}) });

/** The stored request as one that can be posted; null where no single request says the same. */
function postable({ fit, sequence }) {
  if (sequence) {
    const { layout, camera, frameRate, frames, steps } = sequence;
    return { path: 'v1/sequences', body: { layout, image: imageOf(camera), camera: intrinsics(camera), frameRate, frames, steps } };
  }
  const first = fit?.people[0];
  const same = fit?.people.every(person => person.layout === first.layout && JSON.stringify(person.camera) === JSON.stringify(first.camera));
  return same ? {
    path: 'v1/fits',
    body: {
      layout: first.layout,
      image: imageOf(first.camera),
      camera: intrinsics(first.camera),
      people: fit.people.map(({ id, keypoints }) => id ? { id, keypoints } : { keypoints }),
      steps: fit.steps,
      trajectory: fit.trajectory,
    },
  } : null;
}

/** An image with the principal point at its centre. */
const imageOf = camera => ({ width: 2 * camera.cx, height: 2 * camera.cy });

/** Whether anything of a person was detected, in one view or several: the others are skipped. */
const isSeen = person => (person.views ?? [person]).some(view => view.keypoints.some(([, , confidence]) => confidence > 0));

/** The files of a job, the meshes of the first person that has one. */
function files(id, request) {
  if (request.sequence) {
    return [['Result (JSON)', 'result', `${id}.json`], ['Parameters (npz)', 'params.npz', `${id}.npz`],
      ['Animation (glb)', 'sequence.glb', `${id}.glb`], ['Motion (bvh)', 'sequence.bvh', `${id}.bvh`]];
  }
  const first = (request.fit ?? request.multiViewFit).people.findIndex(isSeen);
  const all = [['Result (JSON)', 'result', `${id}.json`], ['Parameters (npz)', 'params.npz', `${id}.npz`]];
  for (const kind of ['glb', 'obj', 'ply']) {
    all.push([`Mesh (${kind})`, `meshes/${first}.${kind}`, `person-${first}.${kind}`]);
  }
  all.push(['Rigged (glb)', `meshes/${first}.glb?rigged=true`, `person-${first}-rigged.glb`]);
  return all;
}

export function start() {
  panel = new JobPanel('fit-job');
  view = new FitView();
  const drop = byId('drop');
  for (const name of ['dragenter', 'dragover']) {
    drop.addEventListener(name, event => {
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', async event => {
    event.preventDefault();
    drop.classList.remove('over');
    await guarded(async () => choose(await dropped(event.dataTransfer)));
  });
  byId('keypoint-files').addEventListener('change', event => guarded(() => choose(event.target.files)));
  byId('photo').addEventListener('change', event => guarded(() => event.target.files.length ? usePhoto(event.target.files[0]) : view.setPhoto(null)));
  byId('fit-example').addEventListener('click', () => guarded(() => example('openpose-file')));
  byId('fit-four').addEventListener('click', () => guarded(() => example('four-people')));
  byId('fit-form').addEventListener('submit', submit);
  if (byId('keypoint-files').files.length) {
    // Chosen before this page listened, or kept by the browser over a reload.
    guarded(() => choose(byId('keypoint-files').files));
  }
}

async function guarded(action) {
  try {
    complain(null);
    await action();
  } catch (error) {
    complain(error);
  }
}

/** The files of a drop; of a folder those in it. */
async function dropped(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry);
  if (!entries.some(entry => entry.isDirectory)) {
    return [...transfer.files];
  }
  const files = [];
  for (const entry of entries) {
    await collect(entry, files);
  }
  return files;
}

async function collect(entry, files) {
  if (entry.isFile) {
    files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader hands out a folder in portions.
    const portion = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!portion.length) {
      return;
    }
    for (const inner of portion) {
      await collect(inner, files);
    }
  }
}

export async function show(id) {
  const mine = ++turn;
  view.close();
  panel.close();
  byId('views-note').hidden = true;
  if (!id) {
    return;
  }
  const [request, known] = await Promise.all([getRequest(id).catch(kept), layouts ??= getJson('v1/keypoint-layouts')]);
  if (mine !== turn) {
    return;
  }
  if (request?.minimization) {
    throw new Error(`The job ${id} is a minimization: see Formulas.`);
  }
  const job = await panel.show(id, {
    request: sent.id === id && sent.request.file ? sent.request : request && postable(request),
    files: request ? files(id, request) : [],
    onChange: () => {},
  });
  byId('views-note').hidden = !request?.multiViewFit;
  if (mine === turn && job && request && job.items.succeeded) {
    const { people, sequence } = await getResult(id);
    if (mine === turn && people) {
      await view.show(id, request.fit, people, known.layouts);
    } else if (mine === turn && sequence) {
      await view.showSequence(id, request.sequence, sequence);
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
