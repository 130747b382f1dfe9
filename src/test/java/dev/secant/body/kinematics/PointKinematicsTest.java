package dev.secant.body.kinematics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.BodyModel;
import dev.secant.body.Landmark;
import dev.secant.body.Skeleton;
import dev.secant.body.Skin;
import dev.secant.body.SmplJoint;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.TensorRuntime;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The two evaluations of a rig, along the tree and on tensors, and their derivatives. */
class PointKinematicsTest {

    private static final int SHAPES = 2;

    private final BodyModel body = randomBody(new SplittableRandom(5));
    private final PointRig rig = PointRig.compile(
            body,
            List.of(
                    PointDefinition.of(SmplJoint.LEFT_WRIST),
                    new PointDefinition("mid_hip", Map.of(SmplJoint.LEFT_HIP, 0.5, SmplJoint.RIGHT_HIP, 0.5), Map.of()),
                    new PointDefinition("tip", Map.of(), Map.of("tip", 1.0)),
                    PointDefinition.of(SmplJoint.PELVIS)));

    @Test
    void restPoseGivesRestPoints() {
        PointKinematics kinematics = new PointKinematics(rig);
        float[] rest = new float[9 * SmplJoint.count()];
        for (int j = 0; j < SmplJoint.count(); j++) {
            rest[9 * j] = rest[9 * j + 4] = rest[9 * j + 8] = 1;
        }
        kinematics.forward(rest, new float[SHAPES]);
        int wrist = 3 * SmplJoint.LEFT_WRIST.index();
        for (int i = 0; i < 3; i++) {
            assertThat(kinematics.points()[i]).isCloseTo(body.skeleton().joints()[wrist + i], within(1e-5f));
            assertThat(kinematics.points()[6 + i])
                    .isCloseTo(0.25f * body.template()[i] + 0.75f * body.template()[3 + i], within(1e-5f));
        }
    }

    @Test
    void treeAndTensorsAgree() {
        SplittableRandom random = new SplittableRandom(7);
        float[] rotations = randomRotations(random);
        float[] betas = {0.7f, -1.3f};
        PointKinematics kinematics = new PointKinematics(rig);
        kinematics.forward(rotations, betas);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray points = new TensorKinematics(rig, manager)
                    .pose(
                            Tensors.of(manager, rotations, new Shape(SmplJoint.count(), 3, 3, 1)),
                            Tensors.of(manager, betas, new Shape(SHAPES, 1)))
                    .points();
            assertThat(points.toFloatArray()).containsExactly(kinematics.points(), within(1e-5f));
        }
    }

    @Test
    void theAdjointEqualsAutomaticGradients() {
        SplittableRandom random = new SplittableRandom(11);
        float[] rotations = randomRotations(random);
        float[] betas = {0.3f, 0.9f};
        float[] weight = new float[3 * rig.size()];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian();
        }
        PointKinematics kinematics = new PointKinematics(rig);
        kinematics.forward(rotations, betas);
        float[] turns = new float[3 * SmplJoint.count()];
        float[] betaGradient = new float[SHAPES];
        kinematics.backward(weight, turns, betaGradient);
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            TensorKinematics tensors = new TensorKinematics(rig, manager);
            NDArray turn = Autograd.requireGradient(manager.zeros(new Shape(SmplJoint.count(), 1, 3)));
            NDArray beta = Autograd.requireGradient(Tensors.of(manager, betas, new Shape(SHAPES, 1)));
            Autograd.withGraph(true, () -> {
                // A turn about the camera's axes after the joint's world rotation is, in the joint's own frame, its
                // conjugate.
                NDArray world = Tensors.of(manager, kinematics.worldRotations(), new Shape(SmplJoint.count(), 1, 3, 3));
                NDArray local = Tensors.of(manager, rotations, new Shape(SmplJoint.count(), 1, 3, 3));
                NDArray axis =
                        world.transpose(0, 1, 3, 2).matMul(turn.expandDims(3)).squeeze(3);
                NDArray turned = local.matMul(TensorRotations.exp(axis)).transpose(0, 2, 3, 1); // [J, 3, 3, 1]
                NDArray points = tensors.pose(turned, beta).points();
                NDArray weights = Tensors.of(manager, weight, new Shape(rig.size(), 3, 1));
                Autograd.backward(points.mul(weights).sum());
                return points;
            });
            assertThat(turns).containsExactly(Autograd.gradient(turn).toFloatArray(), within(2e-4f));
            assertThat(betaGradient).containsExactly(Autograd.gradient(beta).toFloatArray(), within(2e-4f));
        }
    }

    /** Without a graph, for several people at once, each as along the tree. */
    @Test
    void theAdjointOnTensorsEqualsTheOneAlongTheTree() {
        SplittableRandom random = new SplittableRandom(17);
        int people = 3;
        int joints = SmplJoint.count();
        float[][] rotations = new float[people][];
        float[][] betas = new float[people][];
        float[][] weights = new float[people][3 * rig.size()];
        for (int b = 0; b < people; b++) {
            rotations[b] = randomRotations(random);
            betas[b] = new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
            for (int i = 0; i < weights[b].length; i++) {
                weights[b][i] = (float) random.nextGaussian();
            }
        }
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            TensorKinematics tensors = new TensorKinematics(rig, manager);
            TensorKinematics.Pose pose = tensors.pose(
                    peopleLast(manager, rotations).reshape(joints, 3, 3, people), peopleLast(manager, betas));
            NDArray gradient = peopleLast(manager, weights).reshape(rig.size(), 3, people);
            TensorKinematics.Adjoint adjoint = tensors.adjoint(pose, gradient);
            float[] turns = byPerson(adjoint.turns(), people);
            float[] betaGradients = byPerson(adjoint.betas(), people);
            PointKinematics tree = new PointKinematics(rig);
            float[] expectedTurns = new float[3 * joints];
            float[] expectedBetas = new float[SHAPES];
            for (int b = 0; b < people; b++) {
                tree.forward(rotations[b], betas[b]);
                tree.backward(weights[b], expectedTurns, expectedBetas);
                assertThat(Arrays.copyOfRange(turns, 3 * joints * b, 3 * joints * (b + 1)))
                        .containsExactly(expectedTurns, within(1e-4f));
                assertThat(Arrays.copyOfRange(betaGradients, SHAPES * b, SHAPES * (b + 1)))
                        .containsExactly(expectedBetas, within(1e-4f));
            }
        }
    }

    private static NDArray peopleLast(NDManager manager, float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, flat, b * rows[0].length, rows[0].length);
        }
        return Tensors.transposed(Tensors.of(manager, flat, new Shape(rows.length, rows[0].length)));
    }

    private static float[] byPerson(NDArray array, int people) {
        return Tensors.transposed(array.reshape(array.size() / people, people)).toFloatArray();
    }

    @Test
    void logarithmInvertsTheExponential() {
        SplittableRandom random = new SplittableRandom(13);
        float[] matrix = new float[9];
        float[] back = new float[3];
        for (int i = 0; i < 200; i++) {
            double angle = i < 100 ? random.nextDouble(0, 3.1) : Math.pow(10, random.nextDouble(-7, 0));
            float[] vector = unit(random);
            for (int axis = 0; axis < 3; axis++) {
                vector[axis] *= (float) angle;
            }
            Rotations.exp(vector, 0, matrix, 0);
            Rotations.log(matrix, 0, back, 0);
            assertThat(back).containsExactly(vector, within((float) (1e-7 + 1e-5 * angle)));
        }
    }

    private static float[] unit(SplittableRandom random) {
        double x = random.nextGaussian();
        double y = random.nextGaussian();
        double z = random.nextGaussian();
        double norm = Math.sqrt(x * x + y * y + z * z);
        return new float[] {(float) (x / norm), (float) (y / norm), (float) (z / norm)};
    }

    static float[] randomRotations(SplittableRandom random) {
        float[] rotations = new float[9 * SmplJoint.count()];
        for (int j = 0; j < SmplJoint.count(); j++) {
            float[] axis = unit(random);
            double angle = random.nextDouble(0, 2);
            for (int i = 0; i < 3; i++) {
                axis[i] *= (float) angle;
            }
            Rotations.exp(axis, 0, rotations, 9 * j);
        }
        return rotations;
    }

    /** A body of two vertices: enough for one landmark held by three joints. */
    private static BodyModel randomBody(SplittableRandom random) {
        int joints = SmplJoint.count();
        float[] places = new float[3 * joints];
        float[] shapes = new float[3 * joints * SHAPES];
        for (int i = 0; i < places.length; i++) {
            places[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = (float) (0.1 * random.nextGaussian());
        }
        float[] template = {0.3f, 0.2f, 0.1f, -0.2f, 0.5f, 0.4f};
        float[] vertexShapes = new float[template.length * SHAPES];
        for (int i = 0; i < vertexShapes.length; i++) {
            vertexShapes[i] = (float) (0.1 * random.nextGaussian());
        }
        return new BodyModel(
                "random",
                "",
                template,
                vertexShapes,
                new float[0],
                new int[0],
                new Skeleton(SmplJoint.parents(), places, shapes),
                new Skin(2, new int[] {20, 18, 15, 12}, new float[] {0.6f, 0.4f, 1, 0}),
                Map.of("tip", new Landmark(new int[] {0, 1}, new float[] {0.25f, 0.75f})));
    }
}
