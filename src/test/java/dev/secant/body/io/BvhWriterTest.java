package dev.secant.body.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.body.BodyModel;
import dev.secant.body.BodyModelContract;
import dev.secant.body.Skeleton;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.Kinematics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Files read back by a reader of the format's own rules, which knows nothing of SMPL. */
class BvhWriterTest {

    private static final BodyModel BODY = BodyModels.defaultBody();

    private static String write(float[] betas, MotionClip clip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BvhWriter.write(BODY.skeleton(), betas, clip, out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void theJointsOfTheFileAreTheBodys() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        float[] betas = BodyModelContract.values(random, 10, 1);
        float[] poses = BodyModelContract.values(random, 5 * 72, 0.8);
        float[] translations = BodyModelContract.values(random, 15, 1);
        Bvh bvh = Bvh.parse(write(betas, new MotionClip("dance", poses, translations, 30)));

        assertThat(bvh.names).hasSize(SmplJoint.count()).startsWith("pelvis", "left_hip", "left_knee");
        assertThat(bvh.frameTime).isEqualTo(0.033333);
        assertThat(bvh.frames).hasSize(5);
        float[] same = new float[50];
        for (int i = 0; i < 50; i++) {
            same[i] = betas[i % 10];
        }
        float[] joints =
                new Kinematics(BODY.skeleton()).pose(same, poses, translations).joints();
        for (int t = 0; t < 5; t++) {
            double[][] found = bvh.joints(t);
            for (int i = 0; i < found.length; i++) {
                int joint = SmplJoint.valueOf(bvh.names.get(i).toUpperCase(java.util.Locale.ROOT))
                        .index();
                for (int c = 0; c < 3; c++) {
                    double expected = 100.0 * joints[3 * (24 * t + joint) + c];
                    assertThat(found[i][c])
                            .as("%s, frame %d", bvh.names.get(i), t)
                            .isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-3));
                }
            }
        }
    }

    /** A pelvis that turns round and round by an eighth of a turn a frame: no channel jumps. */
    @Test
    void anglesContinueFromFrameToFrame() throws IOException {
        int frames = 40;
        float[] poses = new float[frames * 72];
        for (int t = 0; t < frames; t++) {
            double angle = Math.PI / 4 * t;
            poses[72 * t + 1] = (float) (angle - 2 * Math.PI * Math.rint(angle / (2 * Math.PI)));
            poses[72 * t + 3] = (float) (2 * Math.sin(angle));
        }
        Bvh bvh = Bvh.parse(write(new float[10], new MotionClip("turning", poses, new float[3 * frames], 30)));
        for (int t = 1; t < frames; t++) {
            for (int c = 3; c < bvh.frames.get(t).length; c++) {
                assertThat(Math.abs(bvh.frames.get(t)[c] - bvh.frames.get(t - 1)[c]))
                        .as("channel %d, frame %d", c, t)
                        .isLessThan(120);
            }
        }
        assertThat(bvh.frames.get(frames - 1)[5]).isCloseTo(45.0 * 39, org.assertj.core.api.Assertions.within(1e-3));
    }

    @Test
    void otherSkeletonsAndEmptyMotionsAreRefused() {
        Skeleton bone = new Skeleton(new int[] {-1, 0}, new float[6], new float[60]);
        assertThatThrownBy(() -> BvhWriter.write(
                        bone,
                        new float[10],
                        new MotionClip("m", new float[72], new float[3], 30),
                        new ByteArrayOutputStream()))
                .hasMessageContaining("2 joints");
        assertThatThrownBy(() -> write(new float[10], new MotionClip("m", new float[0], new float[0], 30)))
                .hasMessageContaining("'m' has no frame");
    }

    /** A reader of what the format says. */
    private static final class Bvh {

        private final List<String> names = new ArrayList<>();
        private final List<Integer> parents = new ArrayList<>();
        private final List<double[]> offsets = new ArrayList<>();
        private final List<List<String>> channels = new ArrayList<>();
        private final List<double[]> frames = new ArrayList<>();
        private double frameTime;

        static Bvh parse(String text) {
            Bvh bvh = new Bvh();
            Deque<Integer> open = new ArrayDeque<>();
            boolean endSite = false;
            int expected = -1;
            for (String line : text.split("\n")) {
                String[] words = line.strip().split("\\s+");
                switch (words[0]) {
                    case "ROOT", "JOINT" -> {
                        bvh.parents.add(open.isEmpty() ? -1 : open.peek());
                        bvh.names.add(words[1]);
                    }
                    case "End" -> endSite = true;
                    case "{" -> open.push(bvh.names.size() - 1);
                    case "}" -> {
                        open.pop();
                        endSite = false;
                    }
                    case "OFFSET" -> {
                        if (!endSite) {
                            bvh.offsets.add(numbers(words, 1));
                        }
                    }
                    case "CHANNELS" -> bvh.channels.add(List.of(Arrays.copyOfRange(words, 2, words.length)));
                    case "Frames:" -> expected = Integer.parseInt(words[1]);
                    case "Frame" -> bvh.frameTime = Double.parseDouble(words[2]);
                    case "HIERARCHY", "MOTION" -> assertThat(open).isEmpty();
                    default -> bvh.frames.add(numbers(words, 0));
                }
            }
            assertThat(bvh.frames).hasSize(expected);
            return bvh;
        }

        private static double[] numbers(String[] words, int from) {
            return Arrays.stream(words)
                    .skip(from)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        double[][] joints(int frame) {
            double[][] places = new double[names.size()][];
            double[][][] rotations = new double[names.size()][][];
            int next = 0;
            for (int j = 0; j < names.size(); j++) {
                double[][] rotation = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
                double[] place = offsets.get(j).clone();
                for (String channel : channels.get(j)) {
                    double value = frames.get(frame)[next++];
                    int axis = "XYZ".indexOf(channel.charAt(0));
                    if (channel.endsWith("position")) {
                        place[axis] += value;
                    } else {
                        rotation = times(rotation, about(axis, Math.toRadians(value)));
                    }
                }
                int parent = parents.get(j);
                if (parent < 0) {
                    places[j] = place;
                    rotations[j] = rotation;
                } else {
                    rotations[j] = times(rotations[parent], rotation);
                    places[j] = new double[3];
                    for (int r = 0; r < 3; r++) {
                        places[j][r] = places[parent][r];
                        for (int c = 0; c < 3; c++) {
                            places[j][r] += rotations[parent][r][c] * place[c];
                        }
                    }
                }
            }
            return places;
        }

        private static double[][] about(int axis, double angle) {
            double[][] m = new double[3][3];
            int u = (axis + 1) % 3;
            int v = (axis + 2) % 3;
            m[axis][axis] = 1;
            m[u][u] = Math.cos(angle);
            m[u][v] = -Math.sin(angle);
            m[v][u] = Math.sin(angle);
            m[v][v] = Math.cos(angle);
            return m;
        }

        private static double[][] times(double[][] a, double[][] b) {
            double[][] product = new double[3][3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    for (int k = 0; k < 3; k++) {
                        product[i][j] += a[i][k] * b[k][j];
                    }
                }
            }
            return product;
        }
    }
}
