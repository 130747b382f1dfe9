package dev.secant.body.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModelContract;
import dev.secant.body.SharedData;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.Kinematics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MotionClipTest {

    private static final float QUARTER = (float) (Math.PI / 2);

    @TempDir
    Path directory;

    private Path store(float[] poses, int width, float[] translations, String rateKey) throws IOException {
        Path file = directory.resolve("walk.npz");
        int frames = poses.length / width;
        try (OutputStream out = Files.newOutputStream(file);
                NpzWriter npz = new NpzWriter(out)) {
            npz.put("poses", poses, frames, width);
            npz.put("trans", translations, frames, 3);
            npz.put("gender", List.of("neutral"));
            npz.put(rateKey, new double[] {120});
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {72, 156, 165})
    void personStandingInTheFilesWorldStandsInOurs(int width) throws IOException {
        // AMASS: z up, an upright person of zero heading has a quarter turn about x as root orientation.
        float[] poses = new float[width];
        poses[0] = QUARTER;
        poses[65] = 0.7f;
        poses[66] = 0.9f;
        MotionClip clip = MotionClip.read(store(poses, width, new float[] {1, 2, 3}, "mocap_framerate"));

        assertThat(clip.frameCount()).isEqualTo(1);
        assertThat(clip.framesPerSecond()).isEqualTo(120);
        assertThat(clip.name()).isEqualTo("walk");
        assertThat(clip.pose(0)).startsWith(new float[] {0, 0, 0}, within(1e-6f));
        // Up (z = 3) becomes y; AMASS's forward is -y, ours +z.
        assertThat(clip.translation(0)).containsExactly(new float[] {1, 3, -2}, within(1e-6f));
        assertThat(clip.pose(0)[65]).isEqualTo(0.7f);
        assertThat(clip.pose(0)[66]).as("a left hand only in SMPL's own layout").isEqualTo(width == 72 ? 0.9f : 0);
    }

    @Test
    void writtenAndReadIsTheSameMotion() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        float[] poses = BodyModelContract.values(random, 5 * 72, 0.8);
        for (int t = 0; t < 5; t++) {
            Arrays.fill(poses, t * 72 + 66, t * 72 + 72, 0);
        }
        float[] translations = BodyModelContract.values(random, 15, 3);
        MotionClip clip = new MotionClip("copy", poses, translations, 30);
        Path file = directory.resolve("copy.npz");
        AmassFile.write(clip, file);

        MotionClip copy = MotionClip.read(file);
        BodyModelContract.assertClose(copy.poses(), poses, 2e-6);
        BodyModelContract.assertClose(copy.translations(), translations, 1e-6);
        assertThat(copy.framesPerSecond()).isEqualTo(30);
    }

    @Test
    void stageTwoFilesNameTheRateOtherwise() throws IOException {
        Path file = store(new float[165], 165, new float[3], "mocap_frame_rate");
        assertThat(MotionClip.read(file).framesPerSecond()).isEqualTo(120);
    }

    @Test
    void refusalsNameTheFileTheArrayAndWhatWasExpected() throws IOException {
        Path narrow = store(new float[63], 63, new float[3], "mocap_framerate");
        assertThatThrownBy(() -> MotionClip.read(narrow))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("walk.npz")
                .hasMessageContaining("63 columns")
                .hasMessageContaining("72 (SMPL)");
        Path unpaired = store(new float[72], 72, new float[3], "fps");
        assertThatThrownBy(() -> MotionClip.read(unpaired))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("'mocap_framerate' is missing")
                .hasMessageContaining("trans");
    }

    @Test
    void walkersOfTheSharedClipsStandUpright() {
        MotionClip clip = MotionClip.read(SharedData.require("mocap/val/cmu_expmap/train_walking_extra_13.npz"));
        assertThat(clip.framesPerSecond()).isCloseTo(30, within(0.01));
        Kinematics kinematics = new Kinematics(BodyModels.defaultBody().skeleton());
        for (int t = 0; t < clip.frameCount(); t++) {
            float[] joints = kinematics
                    .pose(new float[10], clip.pose(t), clip.translation(t))
                    .joints();
            float pelvis = joints[1];
            assertThat(joints[3 * SmplJoint.HEAD.index() + 1]).isGreaterThan(pelvis + 0.4f);
            assertThat(joints[3 * SmplJoint.LEFT_ANKLE.index() + 1]).isLessThan(pelvis - 0.4f);
            assertThat(joints[3 * SmplJoint.RIGHT_ANKLE.index() + 1]).isLessThan(pelvis - 0.4f);
        }
    }
}
