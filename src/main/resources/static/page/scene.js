import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { colour } from './dom.js';
import { PARENTS, residualColour } from './skeleton.js';

/** Milliseconds without a change after which the image is drawn finely. */
const REST = 300;

const TURN = Math.PI / 24;
const ZOOM = 1.1;

/**
 * How far from the camera the image plane is drawn, as a part of the person's distance: from the side between camera and person, else
 * behind, where it hides nothing.
 */
const PLANE_BETWEEN = 0.5;
const PLANE_BEHIND = 1.3;

/** Camera space (y down, z forward) to the space of glTF (y up, z backward). */
const flipped = ([x, y, z]) => new THREE.Vector3(x, -y, -z);

/**
 * The body, its skeleton and the camera that saw it. Meshes are those of the service; between them, while frames play, the service's
 * rigged mesh is posed here: the shape of the body it was made of, four joints a vertex.
 */
export class Scene {
  #canvas;
  #renderer;
  #scene = new THREE.Scene();
  #camera = new THREE.PerspectiveCamera(40, 4 / 3, 0.05, 200);
  #controls;
  #loader = new GLTFLoader();
  #material = new THREE.MeshLambertMaterial({ vertexColors: true });
  #exact;
  #rigged;
  #bones = [];
  #skeleton = new THREE.Group();
  #frustum = new THREE.Group();
  #photo = null;
  #intrinsics;
  #image;
  #center = new THREE.Vector3(0, 0, -4);
  #view = 'front';
  #due = false;
  #software;
  #moving = false;
  #rest;

  constructor(canvas) {
    this.#canvas = canvas;
    this.#software = isSoftware();
    this.#renderer = new THREE.WebGLRenderer({ canvas, antialias: !this.#software });
    this.#scene.add(new THREE.HemisphereLight(0xffffff, 0x8d8d99, 2.2), this.#skeleton, this.#frustum);
    const sun = new THREE.DirectionalLight(0xffffff, 1.6);
    sun.position.set(1, 2, 2);
    this.#scene.add(sun);
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.addEventListener('change', () => this.draw());
    canvas.addEventListener('keydown', event => this.#key(event));
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /** Draws with the next frame of the browser; without a GPU coarsely, and finely once nothing has moved for a while. */
  draw() {
    this.#moving = true;
    this.#canvas.dataset.drawn = 'moving';
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      this.#schedule();
    }, REST);
    this.#schedule();
  }

  #schedule() {
    if (!this.#due) {
      this.#due = true;
      requestAnimationFrame(() => {
        this.#due = false;
        this.#render();
      });
    }
  }

  #render() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!width || !height) {
      return;
    }
    const ratio = this.#software ? (this.#moving ? 1 : 2) : Math.min(devicePixelRatio || 1, 2);
    const size = this.#renderer.getDrawingBufferSize(new THREE.Vector2());
    if (size.x !== Math.floor(width * ratio) || size.y !== Math.floor(height * ratio)) {
      this.#renderer.setPixelRatio(ratio);
      this.#renderer.setSize(width, height, false);
    }
    if (this.#camera.aspect !== width / height) {
      this.#camera.aspect = width / height;
      this.#camera.updateProjectionMatrix();
      if (this.#view === 'camera' && this.#intrinsics) {
        this.view('camera');
      }
    }
    this.#scene.background = new THREE.Color(colour('scene'));
    this.#renderer.render(this.#scene, this.#camera);
    this.#canvas.dataset.drawn = this.#moving ? 'moving' : 'still';
  }

  /** Parses a mesh of the service. */
  async parse(bytes) {
    return this.#loader.parseAsync(bytes, '');
  }

  /** Takes the rigged mesh, whose skin is used for colours and for frames that play. */
  setRigged(gltf) {
    if (this.#rigged) {
      this.#scene.remove(this.#rigged);
    }
    this.#rigged = gltf.scene;
    this.#rigged.visible = false;
    this.#scene.add(this.#rigged);
    const skinned = this.#skin();
    skinned.material = this.#material;
    skinned.frustumCulled = false;
    this.#bones = skinned.skeleton.bones;
  }

  #skin() {
    let skinned;
    this.#rigged?.traverse(node => {
      skinned = node.isSkinnedMesh ? node : skinned;
    });
    return skinned;
  }

  /** Shows a mesh as the service made it. */
  showExact({ positions, normals, index }) {
    if (!this.#exact || this.#exact.geometry.attributes.position.array.length !== positions.length) {
      if (this.#exact) {
        this.#exact.geometry.dispose();
        this.#scene.remove(this.#exact);
      }
      const geometry = new THREE.BufferGeometry();
      geometry.setAttribute('position', new THREE.BufferAttribute(positions.slice(), 3));
      geometry.setAttribute('normal', new THREE.BufferAttribute(normals.slice(), 3));
      geometry.setIndex(new THREE.BufferAttribute(index, 1));
      this.#exact = new THREE.Mesh(geometry, this.#material);
      this.#exact.frustumCulled = false;
      this.#scene.add(this.#exact);
      this.#copyColours();
    } else {
      const { position, normal } = this.#exact.geometry.attributes;
      position.array.set(positions);
      normal.array.set(normals);
      position.needsUpdate = true;
      normal.needsUpdate = true;
    }
    this.#exact.visible = true;
    if (this.#rigged) {
      this.#rigged.visible = false;
    }
    this.draw();
  }

  /** Poses the rigged mesh: axis-angles relative to the parents, and the pelvis' place in camera space. */
  showPosed(pose, pelvis) {
    if (!this.#bones.length) {
      return;
    }
    const axis = new THREE.Vector3();
    pose.forEach(([x, y, z], joint) => {
      const angle = Math.hypot(x, y, z);
      this.#bones[joint].quaternion.setFromAxisAngle(angle ? axis.set(x / angle, y / angle, z / angle) : axis.set(1, 0, 0), angle);
    });
    this.#bones[0].quaternion.premultiply(new THREE.Quaternion(1, 0, 0, 0));
    this.#bones[0].position.copy(flipped(pelvis));
    this.#rigged.visible = true;
    if (this.#exact) {
      this.#exact.visible = false;
    }
    this.draw();
  }

  /** Where the pelvis is in the rest pose of the rigged mesh's shape; a body's translation moves it from there. */
  get restPelvis() {
    const [x, y, z] = this.#skin().skeleton.boneInverses[0].elements.slice(12, 15);
    return [-x, -y, -z];
  }

  /** The joints of the rigged mesh as it is posed, in camera space. */
  posedJoints() {
    this.#rigged.updateMatrixWorld(true);
    return this.#bones.map(bone => {
      const place = new THREE.Vector3().setFromMatrixPosition(bone.matrixWorld);
      return [place.x, -place.y, -place.z];
    });
  }

  /** Colours the body by residuals, 24 numbers or null for none. */
  colourBy(residuals, end) {
    const skinned = this.#skin();
    if (!skinned) {
      return;
    }
    const plain = new THREE.Color(colour('body'));
    const known = residuals && residuals[0] !== null;
    const joints = known ? residuals.map(value => residualColour(value, end).map(channel => channel / 255)) : null;
    const { skinIndex, skinWeight, position } = skinned.geometry.attributes;
    const colours = skinned.geometry.attributes.color ?? new THREE.BufferAttribute(new Float32Array(3 * position.count), 3);
    const mixed = new THREE.Color();
    for (let v = 0; v < position.count; v++) {
      if (joints) {
        const sum = [0, 0, 0];
        for (let i = 0; i < 4; i++) {
          const weight = skinWeight.getComponent(v, i);
          const joint = joints[skinIndex.getComponent(v, i)];
          for (let c = 0; c < 3; c++) {
            sum[c] += weight * joint[c];
          }
        }
        mixed.setRGB(...sum, THREE.SRGBColorSpace);
      } else {
        mixed.copy(plain);
      }
      colours.setXYZ(v, mixed.r, mixed.g, mixed.b);
    }
    colours.needsUpdate = true;
    skinned.geometry.setAttribute('color', colours);
    this.#copyColours();
    this.draw();
  }

  /** Both meshes have the same vertices, and share their colours. */
  #copyColours() {
    const colours = this.#skin()?.geometry.attributes.color;
    if (colours && this.#exact?.geometry.attributes.position.count === colours.count) {
      this.#exact.geometry.setAttribute('color', colours);
    }
  }

  /** Shows the skeleton: 24 joints in camera space. */
  setSkeleton(joints) {
    const places = joints.map(flipped);
    let lines = this.#skeleton.children[0];
    let points = this.#skeleton.children[1];
    if (!lines) {
      const through = { depthTest: false, transparent: true };
      lines = new THREE.LineSegments(new THREE.BufferGeometry(), new THREE.LineBasicMaterial(through));
      points = new THREE.Points(new THREE.BufferGeometry(),
          new THREE.PointsMaterial({ size: 5, sizeAttenuation: false, ...through }));
      lines.renderOrder = points.renderOrder = 2;
      lines.frustumCulled = points.frustumCulled = false;
      this.#skeleton.add(lines, points);
    }
    lines.material.color.set(colour('text'));
    points.material.color.set(colour('text'));
    setPoints(lines.geometry, PARENTS.flatMap((parent, joint) => parent < 0 ? [] : [places[parent], places[joint]]));
    setPoints(points.geometry, places);
    this.draw();
  }

  /**
   * Shows the camera and its image plane.
   *
   * @param intrinsics fx, fy, cx, cy in pixels
   * @param image width and height in pixels
   * @param observed keypoints with confidence
   * @param projected the body's keypoints
   * @param center of the person in camera space
   */
  setCamera(intrinsics, image, observed, projected, center) {
    this.#intrinsics = intrinsics;
    this.#image = image;
    this.#center = flipped(center);
    const depth = (this.#view === 'side' ? PLANE_BETWEEN : PLANE_BEHIND) * -this.#center.z;
    const at = (u, v) => new THREE.Vector3(
        (u - intrinsics.cx) / intrinsics.fx * depth, -(v - intrinsics.cy) / intrinsics.fy * depth, -depth);
    const corners = [at(0, 0), at(image.width, 0), at(image.width, image.height), at(0, image.height)];
    clear(this.#frustum);
    const edge = new THREE.LineBasicMaterial({ color: colour('quiet') });
    const edges = corners.flatMap((corner, i) => [new THREE.Vector3(), corner, corner, corners[(i + 1) % 4]]);
    this.#frustum.add(new THREE.LineSegments(setPoints(new THREE.BufferGeometry(), edges), edge));
    const plane = setPoints(new THREE.BufferGeometry(), corners);
    plane.setIndex([0, 2, 1, 0, 3, 2]);
    plane.setAttribute('uv', new THREE.Float32BufferAttribute([0, 1, 1, 1, 1, 0, 0, 0], 2));
    this.#frustum.add(new THREE.Mesh(plane, new THREE.MeshBasicMaterial({
      color: this.#photo ? 0xffffff : colour('panel'), map: this.#photo, side: THREE.DoubleSide, transparent: true, depthWrite: false,
      opacity: this.#view === 'side' ? 0.5 : 1,
    })));
    const seen = observed.filter(([, , confidence]) => confidence > 0);
    this.#frustum.add(dots(seen.map(([u, v]) => at(u, v)), 'observed'), dots(projected.map(([u, v]) => at(u, v)), 'projected'));
    this.draw();
  }

  /** The photo on the image plane, or none; it stays in the browser. */
  setPhoto(bitmap) {
    this.#photo?.dispose();
    this.#photo = null;
    if (bitmap) {
      this.#photo = new THREE.CanvasTexture(bitmap);
      this.#photo.colorSpace = THREE.SRGBColorSpace;
    }
  }

  /** From the front, which is not from the camera's place, the image plane would be shifted against the body: it is hidden. */
  setVisible(skeleton, camera) {
    this.#skeleton.visible = skeleton;
    this.#frustum.visible = camera && this.#view !== 'front';
    this.draw();
  }

  /** Looks from the front or the side at the person, or through the camera. */
  view(name) {
    this.#view = name;
    const distance = 2.9;
    if (name === 'camera') {
      const { fx, fy, cx, cy } = this.#intrinsics;
      const { width, height } = this.#image;
      // About the optical axis; the whole image is in it.
      const right = Math.max(cx, width - cx) / fx;
      const up = Math.max(cy, height - cy) / fy;
      this.#camera.fov = 2 * Math.atan(Math.max(up, right / this.#camera.aspect)) * 180 / Math.PI;
      this.#camera.position.set(0, 0, 0);
      this.#controls.target.set(0, 0, this.#center.z);
    } else {
      this.#camera.fov = 40;
      this.#controls.target.copy(this.#center);
      const direction = name === 'side' ? new THREE.Vector3(1, 0.05, 0) : this.#center.clone().negate().normalize();
      this.#camera.position.copy(this.#center).addScaledVector(direction, distance);
      if (name === 'side') {
        // The camera and its image plane are to the left: step back until both are seen.
        const middle = this.#center.clone().multiplyScalar(0.55);
        this.#controls.target.copy(middle);
        this.#camera.position.copy(middle).addScaledVector(direction, Math.max(distance, 1.15 * this.#center.length()));
      }
    }
    this.#camera.updateProjectionMatrix();
    this.#controls.update();
    this.draw();
  }

  #key(event) {
    const turns = { ArrowLeft: [-TURN, 0], ArrowRight: [TURN, 0], ArrowUp: [0, -TURN], ArrowDown: [0, TURN] };
    const zoom = { '+': 1 / ZOOM, '-': ZOOM }[event.key];
    if (!turns[event.key] && !zoom) {
      return;
    }
    event.preventDefault();
    const place = new THREE.Spherical().setFromVector3(this.#camera.position.clone().sub(this.#controls.target));
    if (zoom) {
      place.radius *= zoom;
    } else {
      place.theta += turns[event.key][0];
      place.phi += turns[event.key][1];
      place.makeSafe();
    }
    this.#camera.position.setFromSpherical(place).add(this.#controls.target);
    this.#controls.update();
    this.draw();
  }
}

/** Whether WebGL is computed on the processor, where antialiasing doubles the time of an image. */
function isSoftware() {
  const context = document.createElement('canvas').getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  const software = names && /swiftshader|llvmpipe|software|basic render/i.test(context.getParameter(names.UNMASKED_RENDERER_WEBGL));
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(software);
}

/** Positions, normals and triangles of the first mesh of a file. */
export function geometryOf(gltf) {
  let geometry;
  gltf.scene.traverse(node => {
    geometry ??= node.isMesh ? node.geometry : undefined;
  });
  return {
    positions: geometry.attributes.position.array,
    normals: geometry.attributes.normal.array,
    index: geometry.index.array,
  };
}

function setPoints(geometry, points) {
  const old = geometry.attributes.position;
  if (old && old.count === points.length) {
    points.forEach((point, i) => old.setXYZ(i, point.x, point.y, point.z));
    old.needsUpdate = true;
    return geometry;
  }
  return geometry.setFromPoints(points);
}

function dots(points, name) {
  const made = new THREE.Points(setPoints(new THREE.BufferGeometry(), points),
      new THREE.PointsMaterial({ color: colour(name), size: 6, sizeAttenuation: false, depthTest: false, transparent: true }));
  made.renderOrder = 1;
  made.frustumCulled = false;
  return made;
}

function clear(group) {
  for (const child of [...group.children]) {
    child.geometry.dispose();
    child.material.dispose();
    group.remove(child);
  }
}
