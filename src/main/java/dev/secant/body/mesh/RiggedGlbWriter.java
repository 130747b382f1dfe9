package dev.secant.body.mesh;

import dev.secant.body.BodyModel;
import dev.secant.body.Skin;
import dev.secant.body.SmplJoint;
import dev.secant.body.io.MotionClip;
import dev.secant.body.kinematics.MeshPoser;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A body with its skeleton and motion as glTF 2.0 binary: the rest mesh in one shape, the joints as a node tree, skin weights
 * (the four strongest a vertex) and one animation of rotations and of the root's translation. Opens and plays in any glTF
 * viewer or modeller. Pose directions can't be told to glTF and are left out.
 */
public final class RiggedGlbWriter {

    private static final int INFLUENCES = 4;

    private final BodyModel model;
    private final GltfDocument document = new GltfDocument();

    private RiggedGlbWriter(BodyModel model) {
        this.model = model;
    }

    /**
     * Streams the animated body; leaves the stream open.
     *
     * @param betas {@code [S]}
     * @param clip at least one frame; the model must have its 24 joints
     */
    public static void write(BodyModel model, float[] betas, MotionClip clip, OutputStream out) throws IOException {
        if (model.jointCount() != SmplJoint.count()) {
            throw new IllegalArgumentException(
                    "The body '%s' has %d joints; expected SMPL's 24.".formatted(model.name(), model.jointCount()));
        }
        new RiggedGlbWriter(model).writeTo(betas, clip, out);
    }

    private void writeTo(float[] betas, MotionClip clip, OutputStream out) throws IOException {
        MeshPoser poser = new MeshPoser(model);
        float[] rest = poser.kinematics().restJoints(betas);
        float[] vertices = poser.vertices(betas, new float[3 * model.jointCount()], new float[3]);
        int mesh = mesh(vertices);
        int firstJoint = joints(rest);
        int skin = skin(rest, firstJoint);
        int body = document.addNode(
                "{\"name\":%s,\"mesh\":%d,\"skin\":%d}".formatted(GltfDocument.quoted(model.name()), mesh, skin));
        animate(clip, rest, firstJoint);
        document.write(List.of(firstJoint, body), out);
    }

    private int mesh(float[] vertices) {
        byte[] joints = new byte[INFLUENCES * model.vertexCount()];
        float[] weights = new float[joints.length];
        for (int v = 0; v < model.vertexCount(); v++) {
            strongest(v, joints, weights);
        }
        int position = document.positions(vertices);
        int normal = document.normals(vertices, model.faces());
        int joint = document.array(
                GltfDocument.UNSIGNED_BYTE,
                "VEC4",
                model.vertexCount(),
                INFLUENCES,
                GltfDocument.ARRAY_BUFFER,
                "",
                out -> out.writeBytes(joints));
        int weight = document.array(
                GltfDocument.FLOAT,
                "VEC4",
                model.vertexCount(),
                INFLUENCES * Float.BYTES,
                GltfDocument.ARRAY_BUFFER,
                "",
                out -> out.writeFloats(weights));
        return document.addMesh(
                ("{\"name\":%s,\"primitives\":[{\"attributes\":{\"POSITION\":%d,\"NORMAL\":%d,\"JOINTS_0\":%d,"
                                + "\"WEIGHTS_0\":%d},\"indices\":%d,\"material\":0}]}")
                        .formatted(
                                GltfDocument.quoted(model.name()),
                                position,
                                normal,
                                joint,
                                weight,
                                document.indices(model.faces())));
    }

    private void strongest(int vertex, byte[] joints, float[] weights) {
        Skin skin = model.skin();
        int row = vertex * skin.influences();
        List<Integer> order = IntStream.range(row, row + skin.influences())
                .boxed()
                .sorted((a, b) -> Float.compare(skin.weights()[b], skin.weights()[a]))
                .limit(INFLUENCES)
                .toList();
        float total = 0;
        for (int slot : order) {
            total += skin.weights()[slot];
        }
        for (int i = 0; i < order.size(); i++) {
            float weight = skin.weights()[order.get(i)];
            joints[INFLUENCES * vertex + i] = weight == 0 ? 0 : (byte) skin.joints()[order.get(i)];
            weights[INFLUENCES * vertex + i] = weight / total;
        }
    }

    /** One node a joint, in SMPL's order; returns the first's number. */
    private int joints(float[] rest) {
        int[] parents = model.skeleton().parents();
        int first = -1;
        for (int j = 0; j < parents.length; j++) {
            float[] local = new float[3];
            for (int c = 0; c < 3; c++) {
                local[c] = rest[3 * j + c] - (j == 0 ? 0 : rest[3 * parents[j] + c]);
            }
            int joint = j;
            String children = IntStream.range(0, parents.length)
                    .filter(child -> parents[child] == joint)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(","));
            int node = document.addNode("{\"name\":\"%s\",\"translation\":%s%s}"
                    .formatted(
                            SmplJoint.at(j).name().toLowerCase(Locale.ROOT),
                            GltfDocument.triple(local, 0),
                            children.isEmpty() ? "" : ",\"children\":[" + children + "]"));
            first = j == 0 ? node : first;
        }
        return first;
    }

    private int skin(float[] rest, int firstJoint) {
        int count = model.jointCount();
        int inverse =
                document.array(GltfDocument.FLOAT, "MAT4", count, 16 * Float.BYTES, GltfDocument.NO_TARGET, "", out -> {
                    for (int j = 0; j < count; j++) {
                        // Column-major: the inverse of a pure translation to the rest joint.
                        out.writeFloats(new float[] {
                            1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -rest[3 * j], -rest[3 * j + 1], -rest[3 * j + 2], 1
                        });
                    }
                });
        List<Integer> joints =
                IntStream.range(firstJoint, firstJoint + count).boxed().toList();
        return document.addSkin(
                "{\"inverseBindMatrices\":%d,\"skeleton\":%d,\"joints\":%s}".formatted(inverse, firstJoint, joints));
    }

    private void animate(MotionClip clip, float[] rest, int firstJoint) {
        int frames = clip.frameCount();
        float last = (float) ((frames - 1) / clip.framesPerSecond());
        int times = document.array(
                GltfDocument.FLOAT,
                "SCALAR",
                frames,
                Float.BYTES,
                GltfDocument.NO_TARGET,
                ",\"min\":[0.0],\"max\":[" + last + "]",
                out -> {
                    for (int t = 0; t < frames; t++) {
                        out.writeFloat((float) (t / clip.framesPerSecond()));
                    }
                });
        List<String> samplers = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        int translation =
                document.array(GltfDocument.FLOAT, "VEC3", frames, 3 * Float.BYTES, GltfDocument.NO_TARGET, "", out -> {
                    for (int i = 0; i < 3 * frames; i++) {
                        out.writeFloat(rest[i % 3] + clip.translations()[i]);
                    }
                });
        addChannel(samplers, channels, times, translation, firstJoint, "translation");
        for (int j = 0; j < model.jointCount(); j++) {
            int joint = j;
            int rotation = document.array(
                    GltfDocument.FLOAT, "VEC4", frames, 4 * Float.BYTES, GltfDocument.NO_TARGET, "", out -> {
                        for (int t = 0; t < frames; t++) {
                            out.writeFloats(quaternion(clip.poses(), (t * model.jointCount() + joint) * 3));
                        }
                    });
            addChannel(samplers, channels, times, rotation, firstJoint + j, "rotation");
        }
        document.addAnimation("{\"name\":%s,\"samplers\":[%s],\"channels\":[%s]}"
                .formatted(GltfDocument.quoted(clip.name()), String.join(",", samplers), String.join(",", channels)));
    }

    private static void addChannel(
            List<String> samplers, List<String> channels, int input, int output, int node, String path) {
        channels.add(
                "{\"sampler\":%d,\"target\":{\"node\":%d,\"path\":\"%s\"}}".formatted(samplers.size(), node, path));
        samplers.add("{\"input\":%d,\"output\":%d,\"interpolation\":\"LINEAR\"}".formatted(input, output));
    }

    /** x, y, z, w. */
    private static float[] quaternion(float[] pose, int at) {
        double angle =
                Math.sqrt(pose[at] * pose[at] + pose[at + 1] * pose[at + 1] + (double) pose[at + 2] * pose[at + 2]);
        double scale = angle < 1e-8 ? 0.5 : Math.sin(0.5 * angle) / angle;
        return new float[] {
            (float) (scale * pose[at]),
            (float) (scale * pose[at + 1]),
            (float) (scale * pose[at + 2]),
            (float) Math.cos(0.5 * angle)
        };
    }
}
