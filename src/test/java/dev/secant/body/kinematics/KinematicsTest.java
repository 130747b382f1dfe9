package dev.secant.body.kinematics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyModel;
import dev.secant.body.Skeleton;
import dev.secant.body.Skin;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forward kinematics and skinning against cases worked out by hand. */
class KinematicsTest {

    private static final float QUARTER = (float) (Math.PI / 2);

    /** A root, an elbow 1 m along x and a hand 2 m along x; one beta lengthens the forearm by 0.5 m. */
    private static final Skeleton ARM = new Skeleton(
            new int[] {-1, 0, 1}, new float[] {0, 0, 0, 1, 0, 0, 2, 0, 0}, new float[] {0, 0, 0, 0, 0, 0, 0.5f, 0, 0});

    @Test
    void quarterTurnAtTheElbowPointsTheForearmUp() {
        Kinematics.Posed posed =
                new Kinematics(ARM).pose(new float[] {0}, new float[] {0, 0, 0, 0, 0, QUARTER, 0, 0, 0}, new float[3]);
        assertThat(posed.joints()).containsExactly(new float[] {0, 0, 0, 1, 0, 0, 1, 1, 0}, within(1e-6f));
    }

    @Test
    void turnsAddUpAlongTheChainAndTheBetaLengthens() {
        // The root turns the arm up (+y), the elbow about the turned z once more: the forearm, 1.5 m, points to -x.
        Kinematics.Posed posed = new Kinematics(ARM)
                .pose(new float[] {1}, new float[] {0, 0, QUARTER, 0, 0, QUARTER, 0, 0, 0}, new float[] {10, 20, 30});
        assertThat(posed.joints()).containsExactly(new float[] {10, 20, 30, 10, 21, 30, 8.5f, 21, 30}, within(1e-5f));
        assertThat(posed.rest()).containsExactly(new float[] {0, 0, 0, 1, 0, 0, 2.5f, 0, 0}, within(1e-6f));
    }

    @Test
    void childRotationIsInTheParentsFrame() {
        // Root: z to x (about +y). Elbow: quarter turn about its own x, which now is the world's -z.
        Kinematics.Posed posed = new Kinematics(ARM)
                .pose(new float[] {0}, new float[] {0, QUARTER, 0, QUARTER, 0, 0, 0, 0, 0}, new float[3]);
        assertThat(posed.joints()).containsExactly(new float[] {0, 0, 0, 0, 0, -1, 0, 0, -2}, within(1e-6f));
        float[] elbow = Arrays.copyOfRange(posed.rotations(), 9, 18);
        // Columns: where the elbow's x, y, z went: x to -z, y to x (z's new place), z to -y.
        assertThat(elbow).containsExactly(new float[] {0, 1, 0, 0, 0, -1, -1, 0, 0}, within(1e-6f));
    }

    /** Four points of a sleeve: at the upper arm, on the elbow half and half, on the forearm, and off its axis. */
    private static BodyModel sleeve(float[] poseDirections) {
        return new BodyModel(
                "sleeve",
                "",
                new float[] {0.5f, 0, 0, 1, 0, 0, 1.5f, 0, 0, 1.5f, 0.1f, 0},
                new float[] {0, 0, 0, 0, 0, 0, 0.25f, 0, 0, 0.25f, 0, 0},
                poseDirections,
                new int[] {0, 1, 3, 1, 2, 3},
                ARM,
                new Skin(2, new int[] {0, 1, 0, 1, 1, 0, 1, 2}, new float[] {1, 0, 0.5f, 0.5f, 1, 0, 1, 0}),
                Map.of());
    }

    @Test
    void skinFollowsItsJoints() {
        float[] vertices = new MeshPoser(sleeve(new float[0]))
                .vertices(new float[] {1}, new float[] {0, 0, 0, 0, 0, QUARTER, 0, 0, 0}, new float[3]);
        // Forearm points: 0.5 + 0.25 m above the elbow; the one off the axis is 0.1 m to -x of it.
        assertThat(vertices)
                .containsExactly(new float[] {0.5f, 0, 0, 1, 0, 0, 1, 0.75f, 0, 0.9f, 0.75f, 0}, within(1e-6f));
    }

    @Test
    void poseDirectionsBendTheRestShapeFirst() {
        // One metre along z a unit of (R - I)[0][0] of joint 1, for vertex 0 only; a quarter turn makes that entry -1.
        float[] directions = new float[4 * 3 * 18];
        directions[2 * 18] = 1;
        float[] vertices = new MeshPoser(sleeve(directions))
                .vertices(new float[] {0}, new float[] {0, QUARTER, 0, 0, 0, QUARTER, 0, 0, 0}, new float[3]);
        // Vertex 0 hangs on the root: (0.5, 0, -1) turned by the root, x to -z and z to x.
        assertThat(vertices[0]).isCloseTo(-1, within(1e-6f));
        assertThat(vertices[1]).isCloseTo(0, within(1e-6f));
        assertThat(vertices[2]).isCloseTo(-0.5f, within(1e-6f));
    }

    @Test
    void wrongLengthsAreNamed() {
        Kinematics kinematics = new Kinematics(ARM);
        assertThatThrownBy(() -> kinematics.pose(new float[] {0}, new float[8], new float[3]))
                .hasMessageContaining("pose have 8 values")
                .hasMessageContaining("multiple of 9");
        assertThatThrownBy(() -> kinematics.pose(new float[] {0, 0}, new float[9], new float[3]))
                .hasMessageContaining("betas have 2 rows")
                .hasMessageContaining("expected 1");
    }
}
