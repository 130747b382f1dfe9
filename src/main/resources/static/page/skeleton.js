/** SMPL's joints: names in order, and the parent of each. */
export const JOINTS = ['pelvis', 'left_hip', 'right_hip', 'spine1', 'left_knee', 'right_knee', 'spine2', 'left_ankle', 'right_ankle',
  'spine3', 'left_foot', 'right_foot', 'neck', 'left_collar', 'right_collar', 'head', 'left_shoulder', 'right_shoulder', 'left_elbow',
  'right_elbow', 'left_wrist', 'right_wrist', 'left_hand', 'right_hand'];
export const PARENTS = [-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21];

/** The joint that a keypoint belongs to, where the names differ. */
const JOINT_OF = [
  [/nose|eye|ear|head|face|chin/, 'head'],
  [/^(left|right)_(?:big_toe|small_toe|heel|foot.*)$/, '$1_foot'],
  [/^(left|right)_(?:hand|thumb|index|pinky).*$/, '$1_wrist'],
  [/^(?:mid_hip|hip|root)$/, 'pelvis'],
  [/^(?:upper_)?neck$|^thorax$/, 'neck'],
  [/^spine.*$|^torso$/, 'spine2'],
];

function jointOf(keypoint) {
  if (JOINTS.includes(keypoint)) {
    return JOINTS.indexOf(keypoint);
  }
  for (const [pattern, joint] of JOINT_OF) {
    const match = pattern.exec(keypoint);
    if (match) {
      return JOINTS.indexOf(joint.replace('$1', match[1] ?? ''));
    }
  }
  return -1;
}

/**
 * A residual for each joint: the mean of its keypoints'; where it has none, that of the nearest joint along the skeleton that has.
 *
 * @param names of the keypoints
 * @param residuals pixels; null where not detected
 * @return 24 numbers, or null where nothing is known
 */
export function jointResiduals(names, residuals) {
  const sums = JOINTS.map(() => [0, 0]);
  names.forEach((name, k) => {
    const joint = jointOf(name);
    if (joint >= 0 && residuals[k] !== null && residuals[k] !== undefined) {
      sums[joint][0] += residuals[k];
      sums[joint][1]++;
    }
  });
  let values = sums.map(([sum, count]) => count ? sum / count : null);
  if (values.every(value => value === null)) {
    return values;
  }
  while (values.includes(null)) {
    values = values.map((value, joint) => {
      if (value !== null) {
        return value;
      }
      const near = JOINTS.map((_, other) => other)
          .filter(other => (PARENTS[other] === joint || PARENTS[joint] === other) && values[other] !== null)
          .map(other => values[other]);
      return near.length ? near.reduce((a, b) => a + b) / near.length : null;
    });
  }
  return values;
}

const SCALE = [[0x30, 0x60, 0x8c], [0x2f, 0x9a, 0x8f], [0x8c, 0xc6, 0x3f], [0xf2, 0xb1, 0x34], [0xd7, 0x30, 0x1f]];

/** The colour of a residual, as three numbers from 0 to 255; the page's scale bar shows the same. */
export function residualColour(value, end) {
  const place = Math.min(Math.max(value / end, 0), 1) * (SCALE.length - 1);
  const i = Math.min(Math.floor(place), SCALE.length - 2);
  return SCALE[i].map((channel, c) => Math.round(channel + (place - i) * (SCALE[i + 1][c] - channel)));
}
