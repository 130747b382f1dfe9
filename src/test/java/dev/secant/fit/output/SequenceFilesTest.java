package dev.secant.fit.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.io.BodyModels;
import dev.secant.body.io.MotionClip;
import dev.secant.body.io.NpzReader;
import dev.secant.body.kinematics.Kinematics;
import dev.secant.fit.Camera;
import dev.secant.fit.sequence.FittedSequence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceFilesTest {

    private static final BodyModel BODY = BodyModels.defaultBody();
    private static final FittedSequence SEQUENCE = new FittedSequence(
            new float[] {0.5f, -1, 0, 0, 0.3f, 0, 0, 0, 0, 0},
            new Camera(1000, 1000, 500, 500),
            25,
            IntStream.range(0, 4).mapToObj(SequenceFilesTest::frame).toList(),
            1,
            2,
            3,
            true);

    /** Facing the camera, upright, an arm that rises; walks to the right. */
    private static FittedSequence.Frame frame(int t) {
        float[] pose = new float[72];
        pose[0] = 3.0f;
        pose[1] = 0.1f * t;
        pose[3 * SmplJoint.LEFT_SHOULDER.index() + 2] = 0.2f * t;
        return new FittedSequence.Frame(
                pose, new float[] {0.1f * t, 0.2f, 4}, t != 2, false, t == 2 ? Double.NaN : 0.01);
    }

    private static float[] cameraJoints(int t) {
        FittedSequence.Frame frame = SEQUENCE.frames().get(t);
        return new Kinematics(BODY.skeleton())
                .pose(SEQUENCE.betas(), frame.pose(), frame.translation())
                .joints();
    }

    @Test
    void theAmassFileHoldsTheSameMotionWithZUp(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("walk.npz");
        try (var out = Files.newOutputStream(file)) {
            new SequenceFiles(BODY).writeAmass("walk", SEQUENCE, out);
        }
        NpzReader npz = NpzReader.read(file, name -> true);
        assertThat(npz.get("poses", 4, 156).floats()).hasSize(4 * 156);
        assertThat(npz.get("betas", 16).floats()).startsWith(SEQUENCE.betas());
        assertThat(npz.get("mocap_framerate", 1).doubles()).containsExactly(25);
        assertThat(npz.get("observed", 4).floats()).containsExactly(1, 1, 0, 1);
        float[] poses = npz.get("poses", 4, 156).floats();
        float[] translations = npz.get("trans", 4, 3).floats();
        for (int t = 0; t < 4; t++) {
            float[] pose = new float[72];
            System.arraycopy(poses, t * 156, pose, 0, 66);
            float[] translation = {translations[3 * t], translations[3 * t + 1], translations[3 * t + 2]};
            float[] found = new Kinematics(BODY.skeleton())
                    .pose(SEQUENCE.betas(), pose, translation)
                    .joints();
            float[] camera = cameraJoints(t);
            // The hands' own joints are no part of SMPL-H's first 22, but they hold still here.
            for (int j = 0; j < SmplJoint.count(); j++) {
                assertThat(found[3 * j]).isCloseTo(camera[3 * j], within(1e-4f));
                assertThat(found[3 * j + 1]).as("away from the camera").isCloseTo(camera[3 * j + 2], within(1e-4f));
                assertThat(found[3 * j + 2]).as("up").isCloseTo(-camera[3 * j + 1], within(1e-4f));
            }
        }
        MotionClip read = MotionClip.read(file);
        MotionClip written = new SequenceFiles(BODY).clip("walk", SEQUENCE);
        assertThat(read.framesPerSecond()).isEqualTo(25);
        assertThat(read.poses()).usingComparatorWithPrecision(1e-4f).containsExactly(written.poses());
        assertThat(read.translations()).usingComparatorWithPrecision(1e-4f).containsExactly(written.translations());
    }

    @Test
    void theGlbPlaysAllFrames() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SequenceFiles(BODY).writeGlb("walk", SEQUENCE, out);
        GltfModel model = new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(out.toByteArray()));
        assertThat(model.getSkinModels()).hasSize(1);
        assertThat(model.getAnimationModels()).singleElement().satisfies(animation -> {
            assertThat(animation.getChannels()).hasSize(SmplJoint.count() + 1);
            assertThat(animation.getChannels()).allSatisfy(channel -> assertThat(
                            channel.getSampler().getInput().getCount())
                    .isEqualTo(4));
        });
    }

    @Test
    void theBvhHasALineAFrame() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SequenceFiles(BODY).writeBvh("walk", SEQUENCE, out);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).contains("Frames: 4");
        assertThat(lines.subList(lines.size() - 4, lines.size()))
                .allSatisfy(line -> assertThat(line.trim().split("\\s+")).hasSize(3 + 3 * SmplJoint.count()));
    }
}
