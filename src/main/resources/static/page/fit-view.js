import { getBytes, getTrajectory, jobPath, meshPath } from './api.js';
import { byId, colour, complain, element, number, onScheme } from './dom.js';
import { ImagePlane } from './image.js';
import { logPlots } from './plots.js';
import { jointResiduals, residualColour } from './skeleton.js';

/** Meshes kept: about 200 kB each. */
const MOST_MESHES = 150;
const STEPS_PER_SECOND = 5;
const PEOPLE_PER_SECOND = 25;
const MOST_FRAMES_PER_SECOND = 60;

/** The result of a fit: body and image side by side, the optimizer's steps, the people or frames. */
export class FitView {
  #image = new ImagePlane(byId('image'));
  #scene;
  #module;
  #meshes = new Map();
  #turn = 0;
  #job = null;
  #playing = null;
  #playPeople = 'Play as frames';
  #perSecond = PEOPLE_PER_SECOND;

  constructor() {
    byId('step').addEventListener('input', () => {
      this.#stop();
      this.#draw();
    });
    byId('person').addEventListener('input', () => {
      this.#stop();
      this.#select(+byId('person').value);
    });
    byId('play-steps').addEventListener('click', () => this.#play('step', STEPS_PER_SECOND));
    byId('play-people').addEventListener('click', () => this.#play('person', this.#perSecond));
    for (const button of document.querySelectorAll('[data-view]')) {
      button.addEventListener('click', () => this.#look(button.dataset.view));
    }
    for (const name of ['show-skeleton', 'show-camera', 'show-residuals']) {
      byId(name).addEventListener('change', () => this.#job && this.#draw());
    }
    onScheme(() => this.#job && this.#draw());
  }

  async setPhoto(bitmap) {
    this.#image.photo = bitmap;
    this.#scene?.setPhoto(bitmap);
    if (this.#job) {
      this.#draw();
    }
  }

  close() {
    this.#turn++;
    this.#job = null;
    this.#stop();
    this.#meshes.clear();
    byId('fit-result').hidden = true;
  }

  /**
   * Shows a job's people.
   *
   * @param id of the job
   * @param fit what was asked
   * @param people the results
   * @param layouts of keypoints
   */
  async show(id, fit, people, layouts) {
    const turn = ++this.#turn;
    const found = people.filter(person => person.body);
    if (!found.length) {
      return;
    }
    this.#job = { id, fit, found, layouts, index: 0, trajectory: null };
    this.#perSecond = PEOPLE_PER_SECOND;
    this.#setKind('Person', 'Play as frames');
    byId('fit-result').hidden = false;
    byId('people-row').hidden = found.length < 2;
    byId('person').max = found.length - 1;
    byId('person').value = 0;
    await this.#prepareScene();
    if (turn === this.#turn && this.#scene) {
      const rigged = await this.#scene.parse(await getBytes(meshPath(id, found[0].item, '?rigged=true')));
      if (turn !== this.#turn) {
        return;
      }
      this.#scene.setRigged(rigged);
    }
    if (turn === this.#turn) {
      this.#select(0);
      this.#look('front');
    }
  }

  /**
   * Shows a sequence: frames in place of people. Its frames have one shape, so the rigged mesh is posed for all of them.
   *
   * @param id of the job
   * @param asked the sequence as it was asked
   * @param result one shape, and a pose and a translation for each frame
   */
  async showSequence(id, asked, result) {
    const turn = ++this.#turn;
    await this.#prepareScene();
    const rigged = this.#scene && await this.#scene.parse(await getBytes(`${jobPath(id)}/sequence.glb`));
    if (turn !== this.#turn || !rigged) {
      return;
    }
    this.#scene.setRigged(rigged);
    this.#perSecond = Math.min(result.frameRate, MOST_FRAMES_PER_SECOND);
    this.#job = { id, fit: { trajectory: false }, found: result.frames, index: 0, trajectory: null, sequence: { asked, result } };
    byId('fit-result').hidden = false;
    byId('people-row').hidden = false;
    byId('person').max = result.frames.length - 1;
    byId('person').value = 0;
    this.#setKind('Frame', 'Play');
    this.#select(0);
    this.#look('front');
  }

  #setKind(label, play) {
    document.querySelector('label[for=person]').textContent = label;
    this.#playPeople = play;
    byId('play-people').textContent = play;
    const sequence = label === 'Frame';
    byId('projected-name').textContent = sequence ? "body's skeleton" : "body's keypoints";
    byId('residuals').hidden = sequence;
    document.querySelector('.scale').hidden = sequence;
    byId('show-residuals').closest('label').hidden = sequence;
  }

  async #prepareScene() {
    if (this.#module) {
      return;
    }
    this.#module = await import('./scene.js');
    try {
      this.#scene = new this.#module.Scene(byId('scene'));
      this.#scene.setPhoto(this.#image.photo);
      byId('scene-note').textContent = 'Drag to turn, pinch or scroll to zoom; or the arrow keys, plus and minus.';
    } catch {
      byId('scene-note').textContent = 'This browser draws no WebGL: the body is shown in the image only.';
    }
  }

  /** Shows a person: the result at once, the steps when they are there. */
  async #select(index) {
    const job = this.#job;
    job.index = index;
    job.trajectory = null;
    this.#setSteps();
    this.#draw();
    if (!job.fit.trajectory || this.#playing) {
      return;
    }
    try {
      const trajectory = await getTrajectory(job.id, job.found[index].item);
      if (this.#job === job && job.index === index) {
        job.trajectory = trajectory;
        this.#setSteps();
        this.#draw();
        this.#plot();
        await this.#prefetch(job, index);
      }
    } catch (error) {
      complain(error);
    }
  }

  #setSteps() {
    const { trajectory, found, index } = this.#job;
    byId('steps-row').hidden = !trajectory;
    if (!trajectory) {
      byId('fit-plots').replaceChildren();
      return;
    }
    const energy = found[index].quality.energy;
    const result = trajectory.findLastIndex(iterate => Math.abs(iterate.energy - energy) <= 1e-6 * Math.abs(energy));
    this.#job.result = result < 0 ? trajectory.length - 1 : result;
    byId('step').max = trajectory.length - 1;
    byId('step').value = this.#job.result;
  }

  #plot() {
    const { trajectory } = this.#job;
    const xs = trajectory.map(iterate => iterate.step);
    const of = (title, name) => ({ title, x: 'step', series: [{ label: 'fit', xs, ys: trajectory.map(iterate => iterate[name]), colour: 'accent' }] });
    logPlots(byId('fit-plots'), [of('Energy', 'energy'), of('Gradient norm', 'gradientNorm'), of('Step length', 'stepLength')]);
  }

  /** What is shown now: a step of the optimizer, or the result. */
  #shown() {
    const { found, index, trajectory, fit, layouts } = this.#job;
    const person = found[index];
    const asked = fit.people[person.item];
    const at = trajectory ? trajectory[+byId('step').value] : null;
    const body = at ?? person.body;
    const observed = asked.keypoints;
    const between = projected => projected.map(([x, y], k) =>
        observed[k][2] > 0 ? Math.hypot(x - observed[k][0], y - observed[k][1]) : null);
    const residuals = at ? between(at.keypoints2d) : person.body.residuals;
    const worst = Math.max(1, ...[...(trajectory ? between(trajectory[0].keypoints2d) : []), ...person.body.residuals].filter(value => value !== null));
    const photo = this.#image.photo;
    const camera = person.body.camera;
    return {
      person, at, observed, residuals, camera, end: worst,
      pose: body.pose, joints3d: body.joints3d, joints2d: body.joints2d, projected: body.keypoints2d,
      image: photo ? { width: photo.width, height: photo.height } : { width: 2 * camera.cx, height: 2 * camera.cy },
      names: layouts.find(layout => layout.id === asked.layout)?.keypoints ?? observed.map((_, k) => `keypoint ${k}`),
    };
  }

  /** A frame: observed keypoints, and the joints of the posed mesh in the place of the body's keypoints. */
  #drawFrame() {
    const { asked, result } = this.#job.sequence;
    const t = this.#job.index;
    const frame = result.frames[t];
    const rest = this.#scene.restPelvis;
    this.#scene.colourBy(null, 1);
    this.#scene.showPosed(frame.pose, rest.map((place, axis) => place + frame.translation[axis]));
    const joints3d = this.#scene.posedJoints();
    const { camera } = result;
    const observed = asked.frames[t].keypoints ?? [];
    const photo = this.#image.photo;
    const image = photo ? { width: photo.width, height: photo.height } : { width: 2 * camera.cx, height: 2 * camera.cy };
    const joints2d = joints3d.map(([x, y, z]) => [camera.fx * x / z + camera.cx, camera.fy * y / z + camera.cy]);
    this.#image.draw({ image, observed, projected: [], joints2d, residuals: [], end: 1 });
    this.#scene.setSkeleton(joints3d);
    this.#scene.setCamera(camera, image, observed, [], joints3d[0]);
    this.#scene.setVisible(byId('show-skeleton').checked, byId('show-camera').checked);
    const text = `${t + 1} of ${result.frames.length}, ${(t / result.frameRate).toFixed(2)} s`
        + (frame.observed ? `, mean residual ${number(100 * frame.reprojectionError, 3)} % of the person's size` : ', not observed: from the other frames')
        + (frame.exchanged ? ', left and right exchanged back' : '');
    byId('person-text').textContent = text;
    byId('person').setAttribute('aria-valuetext', text);
    const { quality, provenance } = result;
    byId('fit-words').textContent = `${provenance.optimizer}: ${quality.steps} steps over all frames took the energy from ${number(quality.initialEnergy)} to `
        + `${number(quality.energy)}. A keypoint was detected in ${result.observed} of ${result.frames.length} frames. Weights ${provenance.checkpoint}.`;
  }

  #draw() {
    if (this.#job.sequence) {
      this.#drawFrame();
      return;
    }
    const shown = this.#shown();
    this.#image.draw(shown);
    this.#words(shown);
    if (!this.#scene) {
      return;
    }
    this.#scene.setSkeleton(shown.joints3d);
    this.#scene.setCamera(shown.camera, shown.image, shown.observed, shown.projected, shown.joints3d[0]);
    this.#scene.setVisible(byId('show-skeleton').checked, byId('show-camera').checked);
    this.#scene.colourBy(byId('show-residuals').checked ? jointResiduals(shown.names, shown.residuals) : null, shown.end);
    const mesh = this.#meshes.get(key(shown.person.item, shown.at?.step));
    if (mesh && this.#playing !== 'person') {
      this.#scene.showExact(mesh);
    } else {
      this.#scene.showPosed(shown.pose, shown.joints3d[0]);
      if (!this.#playing) {
        this.#fetchShown(shown);
      }
    }
  }

  async #fetchShown(shown) {
    const job = this.#job;
    try {
      const mesh = await this.#mesh(job, shown.person.item, shown.at?.step);
      const now = this.#job === job && !this.#playing ? this.#shown() : null;
      if (now && now.person === shown.person && now.at === shown.at) {
        this.#scene.showExact(mesh);
      }
    } catch (error) {
      complain(error);
    }
  }

  async #prefetch(job, index) {
    if (!this.#scene) {
      return;
    }
    for (const iterate of job.trajectory) {
      if (this.#job !== job || job.index !== index) {
        return;
      }
      await this.#mesh(job, job.found[index].item, iterate.step);
    }
  }

  async #mesh(job, item, step) {
    const name = key(item, step);
    if (!this.#meshes.has(name)) {
      const gltf = await this.#scene.parse(await getBytes(meshPath(job.id, item, step === undefined ? '' : `?step=${step}`)));
      if (this.#job !== job) {
        return this.#module.geometryOf(gltf);
      }
      this.#meshes.set(name, this.#module.geometryOf(gltf));
      if (this.#meshes.size > MOST_MESHES) {
        this.#meshes.delete(this.#meshes.keys().next().value);
      }
    }
    return this.#meshes.get(name);
  }

  #words({ person, at, residuals, names, observed, end }) {
    const { trajectory, found, index, result } = this.#job;
    const seen = residuals.filter(value => value !== null);
    const mean = seen.reduce((a, b) => a + b, 0) / Math.max(seen.length, 1);
    byId('person-text').textContent = `${person.id ?? `person ${person.item}`}, ${index + 1} of ${found.length}`;
    byId('person').setAttribute('aria-valuetext', byId('person-text').textContent);
    if (at) {
      const text = `${at.step} of ${trajectory.length - 1}: energy ${number(at.energy)}, mean residual ${number(mean, 3)} pixels`
          + (trajectory[result] === at ? ' (the result)' : at.step === 0 ? ' (the initial estimate)' : '');
      byId('step-text').textContent = text;
      byId('step').setAttribute('aria-valuetext', text);
    }
    byId('scale-end').textContent = number(end, 3);
    byId('residual-rows').replaceChildren(...names.map((name, k) => element('tr', {},
        element('th', { scope: 'row' }, swatch(residuals[k], end), name.replaceAll('_', ' ')),
        element('td', {}, observed[k][2] > 0 ? number(observed[k][2], 3) : 'not detected'),
        element('td', {}, residuals[k] === null ? '–' : number(residuals[k], 3)))));
    const { quality, provenance } = person;
    byId('fit-words').textContent = `${provenance.optimizer}: ${quality.steps} steps and ${quality.evaluations} evaluations took the energy from `
        + `${number(quality.initialEnergy)} to ${number(quality.energy)}. The mean residual is ${number(100 * quality.reprojectionError, 3)} % of the `
        + `person's size in the image. Weights ${provenance.checkpoint}. A small residual does not mean that the pose is right: what no keypoint shows is estimated.`;
  }

  #look(name) {
    for (const button of document.querySelectorAll('[data-view]')) {
      button.setAttribute('aria-pressed', String(button.dataset.view === name));
    }
    if (this.#scene && this.#job) {
      this.#scene.view(name);
      this.#draw();
    }
  }

  /** Moves a slider to its end, or stops it. */
  #play(name, perSecond) {
    const other = this.#playing;
    this.#stop();
    if (other === name) {
      return;
    }
    const slider = byId(name);
    this.#playing = name;
    this.#button(name).textContent = 'Stop';
    const from = slider.value === slider.max ? 0 : +slider.value;
    const began = performance.now();
    const advance = now => {
      if (this.#playing !== name) {
        return;
      }
      const place = Math.min(from + Math.floor(Math.max(now - began, 0) / 1000 * perSecond), +slider.max);
      if (place !== +slider.value || place === from) {
        slider.value = place;
        if (name === 'person') {
          this.#select(place);
        } else {
          this.#draw();
        }
      }
      if (place >= +slider.max) {
        this.#stop();
      } else {
        requestAnimationFrame(advance);
      }
    };
    requestAnimationFrame(advance);
  }

  #stop() {
    const was = this.#playing;
    this.#playing = null;
    if (was) {
      this.#button(was).textContent = was === 'step' ? 'Play' : this.#playPeople;
      if (this.#job && was === 'person') {
        this.#select(+byId('person').value);
      } else if (this.#job) {
        this.#draw();
      }
    }
  }

  #button(name) {
    return byId(name === 'step' ? 'play-steps' : 'play-people');
  }
}

const key = (item, step) => `${item}:${step ?? 'result'}`;

function swatch(value, end) {
  const made = element('span', { class: 'swatch', 'aria-hidden': 'true' });
  made.style.background = value === null ? colour('line') : `rgb(${residualColour(value, end).join()})`;
  return made;
}
