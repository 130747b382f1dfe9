import { colour, fit } from './dom.js';
import { PARENTS, residualColour } from './skeleton.js';

/** The image plane: photo, skeleton, observed and projected keypoints, and the residuals between them. */
export class ImagePlane {
  #canvas;
  #last;
  photo = null;

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#last && this.draw(this.#last)).observe(canvas.parentElement);
  }

  /**
   * @param shown image (width, height), observed [x, y, confidence], projected [x, y], joints2d, residuals, end of their scale
   */
  draw(shown) {
    this.#last = shown;
    const { image, observed, projected, joints2d, residuals, end } = shown;
    const width = this.#canvas.clientWidth;
    if (!width) {
      return;
    }
    const height = Math.min(width * image.height / image.width, 640);
    const ratio = fit(this.#canvas, height);
    const scale = ratio * Math.min(width / image.width, height / image.height);
    const left = (this.#canvas.width - scale * image.width) / 2;
    const context = this.#canvas.getContext('2d');
    const at = ([x, y]) => [left + scale * x, scale * y];
    context.fillStyle = colour('scene');
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (this.photo) {
      context.drawImage(this.photo, left, 0, scale * image.width, scale * image.height);
    } else {
      context.strokeStyle = colour('line');
      context.strokeRect(left, 0, scale * image.width, scale * image.height);
    }
    context.lineWidth = 1.5 * ratio;
    context.globalAlpha = 0.6;
    context.strokeStyle = colour('projected');
    const joints = joints2d.map(at);
    PARENTS.forEach((parent, joint) => parent >= 0 && line(context, joints[parent], joints[joint]));
    context.globalAlpha = 1;
    context.lineWidth = 2.5 * ratio;
    observed.forEach((keypoint, k) => {
      if (keypoint[2] > 0 && projected[k]) {
        context.strokeStyle = `rgb(${residualColour(residuals[k] ?? 0, end).join()})`;
        line(context, at(keypoint), at(projected[k]));
      }
    });
    projected.forEach((keypoint, k) => dot(context, at(keypoint), 3 * ratio, colour('projected'), observed[k][2] > 0));
    observed.forEach(keypoint => {
      if (keypoint[2] > 0) {
        context.globalAlpha = 0.35 + 0.65 * Math.min(keypoint[2], 1);
        dot(context, at(keypoint), 3 * ratio, colour('observed'), true);
        context.globalAlpha = 1;
      }
    });
  }
}

function line(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Hollow where there is nothing observed to compare with. */
function dot(context, [x, y], radius, fill, filled) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  if (filled) {
    context.fillStyle = fill;
    context.fill();
  } else {
    context.strokeStyle = fill;
    context.lineWidth = radius / 2;
    context.stroke();
  }
}
