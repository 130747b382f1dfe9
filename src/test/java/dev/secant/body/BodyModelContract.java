package dev.secant.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.kinematics.Kinematics;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.body.kinematics.Rotations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every body in SMPL's structure, wherever it came from. */
public abstract class BodyModelContract {

    /** The same instance each time. */
    public abstract BodyModel body();

    /** How far a vertex or joint may lie from the mirror image of its counterpart, metres. */
    public abstract double mirrorTolerance();

    /** How many closed pieces the surface has. */
    public abstract int pieces();

    @Test
    void arraysFitEachOther() {
        BodyModel body = body();
        int v = body.vertexCount();
        assertThat(body.shapeDirections()).hasSize(3 * v * body.shapeCount());
        assertThat(body.shapeCount()).isEqualTo(10);
        assertThat(body.skin().joints()).hasSize(v * body.skin().influences());
        assertThat(body.skin().weights()).hasSize(v * body.skin().influences());
        assertThat(body.skeleton().shapeDirections()).hasSize(3 * body.jointCount() * body.shapeCount());
        assertThat(body.digest()).hasSize(64).isEqualTo(ModelDigest.of(body));
    }

    @Test
    void jointsAreSmpls() {
        assertThat(body().skeleton().parents()).containsExactly(SmplJoint.parents());
        assertThat(SmplJoint.parents()).satisfies(parents -> {
            for (int j = 1; j < parents.length; j++) {
                assertThat(parents[j]).isLessThan(j);
            }
        });
    }

    @Test
    void skinWeightsArePartsOfOne() {
        Skin skin = body().skin();
        for (int v = 0; v < body().vertexCount(); v++) {
            float sum = 0;
            for (int i = v * skin.influences(); i < (v + 1) * skin.influences(); i++) {
                assertThat(skin.weights()[i]).isBetween(0f, 1f);
                assertThat(skin.joints()[i]).isBetween(0, body().jointCount() - 1);
                sum += skin.weights()[i];
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void restPoseGivesTheTemplate() {
        float[] rest = new MeshPoser(body()).vertices(new float[10], new float[72], new float[3]);
        assertClose(rest, body().template(), 1e-6);
    }

    @Test
    void rootRotationTurnsAllAboutThePelvis() {
        float[] betas = {0.4f, -1.1f, 0.3f, 0.8f, -0.6f, 0.2f, -0.9f, 1.3f, 0.5f, -0.2f};
        float[] pose = new float[72];
        System.arraycopy(new float[] {0.3f, -1.9f, 0.7f}, 0, pose, 0, 3);
        float[] translation = {0.5f, -2, 3};
        MeshPoser poser = new MeshPoser(body());
        float[] still = poser.vertices(betas, new float[72], new float[3]);
        float[] turned = poser.vertices(betas, pose, translation);
        float[] pelvis = poser.kinematics().restJoints(betas);
        double[] rotation = Rotations.matrix(pose, 0);
        float[] expected = new float[still.length];
        for (int i = 0; i < still.length; i += 3) {
            for (int r = 0; r < 3; r++) {
                double sum = pelvis[r] + translation[r];
                for (int c = 0; c < 3; c++) {
                    sum += rotation[3 * r + c] * (still[i + c] - pelvis[c]);
                }
                expected[i + r] = (float) sum;
            }
        }
        assertClose(turned, expected, 5e-6);
    }

    @Test
    void aPersonIsTheSameAloneAndInABatch() {
        SplittableRandom random = new SplittableRandom(11);
        float[] betas = values(random, 30, 1);
        float[] poses = values(random, 216, 0.4);
        float[] translations = values(random, 9, 2);
        MeshPoser poser = new MeshPoser(body());
        float[] batch = poser.vertices(betas, poses, translations);
        float[] alone = poser.vertices(
                Arrays.copyOfRange(betas, 10, 20),
                Arrays.copyOfRange(poses, 72, 144),
                Arrays.copyOfRange(translations, 3, 6));
        assertThat(alone).isEqualTo(Arrays.copyOfRange(batch, alone.length, 2 * alone.length));
    }

    @Test
    void landmarksAreWhereTheSurfaceIs() {
        SplittableRandom random = new SplittableRandom(12);
        float[] betas = values(random, 10, 1);
        float[] pose = values(random, 72, 0.4);
        float[] translation = values(random, 3, 2);
        MeshPoser poser = new MeshPoser(body());
        float[] surface = poser.vertices(betas, pose, translation);
        Kinematics.Posed posed = poser.kinematics().pose(betas, pose, translation);
        for (BodyLandmark name : BodyLandmark.values()) {
            Landmark landmark = body().landmarks().get(name.id());
            float[] expected = new float[3];
            float sum = 0;
            for (int i = 0; i < landmark.vertices().length; i++) {
                sum += landmark.weights()[i];
                for (int c = 0; c < 3; c++) {
                    expected[c] += landmark.weights()[i] * surface[3 * landmark.vertices()[i] + c];
                }
            }
            assertThat(sum).as(name.id()).isCloseTo(1, within(1e-5f));
            assertClose(poser.landmarks(List.of(landmark), betas, posed), expected, 1e-6);
        }
    }

    @Test
    void landmarksLieInTheOrderOfABody() {
        assertThat(at(BodyLandmark.HEAD_TOP, 1)).isGreaterThan(at(BodyLandmark.LEFT_EYE, 1));
        assertThat(at(BodyLandmark.LEFT_EYE, 1)).isGreaterThan(at(BodyLandmark.NOSE, 1));
        assertThat(at(BodyLandmark.NOSE, 1)).isGreaterThan(at(BodyLandmark.CHIN, 1));
        assertThat(at(BodyLandmark.NOSE, 2)).isGreaterThan(at(BodyLandmark.LEFT_EYE, 2));
        assertThat(at(BodyLandmark.LEFT_EYE, 2)).isGreaterThan(at(BodyLandmark.LEFT_EAR, 2));
        assertThat(at(BodyLandmark.LEFT_EAR, 0)).isGreaterThan(at(BodyLandmark.LEFT_EYE, 0));
        assertThat(at(BodyLandmark.LEFT_SMALL_TOE, 0)).isGreaterThan(at(BodyLandmark.LEFT_BIG_TOE, 0) + 0.03);
        assertThat(at(BodyLandmark.LEFT_BIG_TOE, 2)).isGreaterThan(at(BodyLandmark.LEFT_SMALL_TOE, 2));
        assertThat(at(BodyLandmark.LEFT_SMALL_TOE, 2)).isGreaterThan(at(BodyLandmark.LEFT_HEEL, 2) + 0.15);
        for (BodyLandmark landmark : BodyLandmark.values()) {
            double here = at(landmark, 0);
            assertThat(here).as(landmark.id()).isCloseTo(-at(landmark.mirrored(), 0), within(0.006));
            if (landmark.id().startsWith("left_")) {
                assertThat(here).as(landmark.id()).isGreaterThan(0.02);
            }
        }
    }

    private double at(BodyLandmark name, int axis) {
        Landmark landmark = body().landmarks().get(name.id());
        double sum = 0;
        for (int i = 0; i < landmark.vertices().length; i++) {
            sum += landmark.weights()[i] * body().template()[3 * landmark.vertices()[i] + axis];
        }
        return sum;
    }

    @Test
    void surfaceIsClosedAndFacesOutwards() {
        MeshTopology topology = new MeshTopology(body().vertexCount(), body().faces());
        assertThat(topology.closedAndOriented()).isTrue();
        assertThat(topology.components()).isEqualTo(pieces());
        assertThat(BodyMeasures.of(body(), new float[10]).volume()).isBetween(0.050, 0.090);
    }

    @Test
    void jointsLieInsideTheBodyInEveryShape() {
        for (int k = 0; k < body().shapeCount(); k++) {
            float[] betas = new float[10];
            betas[k] = k % 2 == 0 ? 2 : -2;
            MeshPoser poser = new MeshPoser(body());
            float[] surface = poser.vertices(betas, new float[72], new float[3]);
            float[] joints = poser.kinematics().restJoints(betas);
            for (SmplJoint joint : SmplJoint.values()) {
                int at = 3 * joint.index();
                double winding = MeshTopology.windingNumber(
                        surface, body().faces(), new double[] {joints[at], joints[at + 1], joints[at + 2]});
                assertThat(winding).as("beta %d, %s", k, joint).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void bodyIsItsOwnMirrorImage() {
        float[] joints = body().skeleton().joints();
        for (SmplJoint joint : SmplJoint.values()) {
            int at = 3 * joint.index();
            int twin = 3 * joint.mirrored().index();
            assertThat(joints[at]).as("%s", joint).isCloseTo(-joints[twin], within((float) mirrorTolerance()));
            assertThat(joints[at + 1]).as("%s", joint).isCloseTo(joints[twin + 1], within((float) mirrorTolerance()));
            assertThat(joints[at + 2]).as("%s", joint).isCloseTo(joints[twin + 2], within((float) mirrorTolerance()));
            if (joint.name().startsWith("LEFT_")) {
                assertThat(joints[at]).as("%s is at the body's left, +x", joint).isPositive();
            }
        }
    }

    public static float[] values(SplittableRandom random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    public static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst).as("largest difference").isLessThanOrEqualTo(tolerance);
    }
}
