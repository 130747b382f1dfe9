package dev.secant.body.mesh;

import dev.secant.body.BodyModel;
import dev.secant.body.Skin;
import dev.secant.body.SmplJoint;
import dev.secant.body.io.MotionClip;
import dev.secant.body.kinematics.MeshPoser;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body with its skeleton and motion as glTF 2.0 binary: the rest mesh in one shape, the joints as a node tree in the pose of the last
 * frame, skin weights (the four strongest a vertex) and, of more than one frame, an animation of rotations and of the root's
 * translation. Opens and plays in any glTF viewer or modeller. Pose directions can't be told to glTF and are left out.
 */
public final class RiggedGlbWriter {

    private static final int INFLUENCES = 4;

    private final BodyModel model;
    private final MotionClip clip;
    private final float[] rest;
    private final GltfDocument document = new GltfDocument();

    private RiggedGlbWriter(BodyModel model, MotionClip clip, float[] rest) {
        this.model = model;
        this.clip = clip;
        this.rest = rest;
    }

    /**
     * Streams the body; leaves the stream open.
     *
     * @param betas {@code [S]}
     * @param clip at least one frame; its name is the animation's
     * @throws IllegalArgumentException if the model has not SMPL's 24 joints, or the clip no frame
     */
    public static void write(BodyModel model, float[] betas, MotionClip clip, OutputStream out) throws IOException {
        if (model.jointCount() != SmplJoint.count()) {
            throw new IllegalArgumentException(
                    "The body '%s' has %d joints; expected SMPL's 24.".formatted(model.name(), model.jointCount()));
        }
        if (clip.frameCount() == 0) {
            throw new IllegalArgumentException("The motion '%s' has no frame.".formatted(clip.name()));
        }
        MeshPoser poser = new MeshPoser(model);
        RiggedGlbWriter writer = new RiggedGlbWriter(model, clip, poser.restJoints(betas));
        writer.write(poser.vertices(betas, new float[3 * model.jointCount()], new float[3]), out);
    }

    private void write(float[] vertices, OutputStream out) throws IOException {
        int mesh = mesh(vertices);
        int firstJoint = joints();
        int skin = skin(firstJoint);
        int body = document.addNode(GltfDocument.object()
                .put("name", model.name())
                .put("mesh", mesh)
                .put("skin", skin));
        if (clip.frameCount() > 1) {
            animate(firstJoint);
        }
        document.write(List.of(firstJoint, body), out);
    }

    private int mesh(float[] vertices) {
        byte[] joints = new byte[INFLUENCES * model.vertexCount()];
        float[] weights = new float[joints.length];
        for (int v = 0; v < model.vertexCount(); v++) {
            strongest(v, joints, weights);
        }
        ObjectNode attributes = GltfDocument.object()
                .put("POSITION", document.positions(vertices))
                .put("NORMAL", document.normals(vertices, model.faces()))
                .put("JOINTS_0", vertexData(GltfDocument.UNSIGNED_BYTE, INFLUENCES, out -> out.writeBytes(joints)))
                .put(
                        "WEIGHTS_0",
                        vertexData(GltfDocument.FLOAT, INFLUENCES * Float.BYTES, out -> out.writeFloats(weights)));
        return document.addMesh(model.name(), attributes, document.indices(model.faces()));
    }

    private int vertexData(int componentType, int bytes, GltfDocument.Payload payload) {
        return document.array(componentType, "VEC4", model.vertexCount(), bytes, GltfDocument.ARRAY_BUFFER, payload);
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
    private int joints() {
        int[] parents = model.skeleton().parents();
        int last = clip.frameCount() - 1;
        int first = -1;
        for (int j = 0; j < parents.length; j++) {
            int joint = j;
            float[] local = j == 0 ? place(last) : bone(j);
            ObjectNode node =
                    GltfDocument.object().put("name", SmplJoint.at(j).name().toLowerCase(Locale.ROOT));
            node.set("translation", GltfDocument.triple(local, 0));
            ArrayNode rotation = node.putArray("rotation");
            for (float part : rotation(last, j)) {
                rotation.add(part);
            }
            List<Integer> children = IntStream.range(0, parents.length)
                    .filter(child -> parents[child] == joint)
                    .boxed()
                    .toList();
            if (!children.isEmpty()) {
                node.set("children", GltfDocument.numbers(children));
            }
            int number = document.addNode(node);
            first = j == 0 ? number : first;
        }
        return first;
    }

    private float[] bone(int joint) {
        int parent = model.skeleton().parents()[joint];
        float[] bone = new float[3];
        for (int c = 0; c < 3; c++) {
            bone[c] = rest[3 * joint + c] - rest[3 * parent + c];
        }
        return bone;
    }

    /** The root's place in a frame. */
    private float[] place(int frame) {
        float[] place = clip.translation(frame);
        for (int c = 0; c < 3; c++) {
            place[c] += rest[c];
        }
        return place;
    }

    private float[] rotation(int frame, int joint) {
        return quaternion(clip.poses(), (frame * model.jointCount() + joint) * 3);
    }

    private int skin(int firstJoint) {
        int count = model.jointCount();
        int inverse = data("MAT4", count, 16, out -> {
            for (int j = 0; j < count; j++) {
                // Column-major: the inverse of a pure translation to the rest joint.
                out.writeFloats(new float[] {
                    1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -rest[3 * j], -rest[3 * j + 1], -rest[3 * j + 2], 1
                });
            }
        });
        ObjectNode skin =
                GltfDocument.object().put("inverseBindMatrices", inverse).put("skeleton", firstJoint);
        skin.set(
                "joints",
                GltfDocument.numbers(
                        IntStream.range(firstJoint, firstJoint + count).boxed().toList()));
        return document.addSkin(skin);
    }

    private int data(String type, int count, int components, GltfDocument.Payload payload) {
        return document.array(
                GltfDocument.FLOAT, type, count, components * Float.BYTES, GltfDocument.NO_TARGET, payload);
    }

    private void animate(int firstJoint) {
        int frames = clip.frameCount();
        double rate = clip.framesPerSecond();
        int times = data("SCALAR", frames, 1, out -> {
            for (int t = 0; t < frames; t++) {
                out.writeFloat((float) (t / rate));
            }
        });
        document.bound(times, GltfDocument.list().add(0f), GltfDocument.list().add((float) ((frames - 1) / rate)));
        ObjectNode animation = GltfDocument.object().put("name", clip.name());
        int translation = data("VEC3", frames, 3, out -> {
            for (int t = 0; t < frames; t++) {
                out.writeFloats(place(t));
            }
        });
        addChannel(animation, times, translation, firstJoint, "translation");
        for (int j = 0; j < model.jointCount(); j++) {
            int joint = j;
            int rotation = data("VEC4", frames, 4, out -> {
                for (int t = 0; t < frames; t++) {
                    out.writeFloats(rotation(t, joint));
                }
            });
            addChannel(animation, times, rotation, firstJoint + j, "rotation");
        }
        document.addAnimation(animation);
    }

    private static void addChannel(ObjectNode animation, int times, int values, int node, String path) {
        ArrayNode samplers = animation.withArray("samplers");
        animation
                .withArray("channels")
                .addObject()
                .put("sampler", samplers.size())
                .putObject("target")
                .put("node", node)
                .put("path", path);
        samplers.addObject().put("input", times).put("output", values).put("interpolation", "LINEAR");
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
