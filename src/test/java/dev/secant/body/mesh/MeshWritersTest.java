package dev.secant.body.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.javagl.jgltf.model.AccessorData;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorIntData;
import de.javagl.jgltf.model.AnimationModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.NodeModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import dev.secant.body.BodyModel;
import dev.secant.body.BodyModelContract;
import dev.secant.body.io.BodyModels;
import dev.secant.body.io.MotionClip;
import dev.secant.body.kinematics.MeshPoser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is written, read back by someone else's reader or by the format's own rules. */
class MeshWritersTest {

    private static final BodyModel BODY = BodyModels.defaultBody();

    private static Mesh body() {
        return new Mesh("a \"body\"\n", BODY.template(), BODY.faces());
    }

    private static Mesh triangle() {
        return new Mesh("triangle", new float[] {0, 0, 0, 1, 0, 0, 0, -2.5f, 0.000001f}, new int[] {0, 1, 2});
    }

    private static GltfModel read(ByteArrayOutputStream out) throws IOException {
        return new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(out.toByteArray()));
    }

    @Test
    void glbReaderFindsTheMeshes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GlbWriter.write(List.of(body(), triangle()), out);
        GltfModel model = read(out);

        assertThat(model.getMeshModels()).extracting(m -> m.getName()).containsExactly("a \"body\"\n", "triangle");
        NodeModel root = model.getSceneModels().get(0).getNodeModels().get(0);
        assertThat(root.getChildren()).hasSize(2);
        MeshPrimitiveModel primitive =
                model.getMeshModels().get(0).getMeshPrimitiveModels().get(0);
        AccessorFloatData positions =
                (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData();
        assertThat(floats(positions)).isEqualTo(BODY.template());
        assertThat(primitive.getAttributes().get("POSITION").getMax()[1].floatValue())
                .isCloseTo(0.727f, within(0.001f));
        assertThat(primitive.getAttributes().get("POSITION").getMin()[1].floatValue())
                .isCloseTo(-0.965f, within(0.001f));
        AccessorIntData indices = (AccessorIntData) primitive.getIndices().getAccessorData();
        assertThat(indices.getNumElements()).isEqualTo(BODY.faces().length);
        assertThat(indices.get(17)).isEqualTo(BODY.faces()[17]);
        AccessorFloatData normals =
                (AccessorFloatData) primitive.getAttributes().get("NORMAL").getAccessorData();
        for (int v = 0; v < normals.getNumElements(); v += 501) {
            double squared = normals.get(v, 0) * normals.get(v, 0)
                    + normals.get(v, 1) * normals.get(v, 1)
                    + normals.get(v, 2) * normals.get(v, 2);
            assertThat(squared).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void glbHeaderStatesItsLength() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GlbWriter.write(List.of(triangle()), out);
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(0)).isEqualTo(0x46546C67);
        assertThat(bytes.getInt(8)).isEqualTo(out.size());
        assertThat(bytes.getInt(12) % 4).isZero();
    }

    /** The skinned animation, evaluated from the file as glTF defines it, moves the vertices as the poser does. */
    @Test
    void riggedGlbMovesAsTheBodyDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(21);
        float[] betas = BodyModelContract.values(random, 10, 1);
        float[] poses = BodyModelContract.values(random, 3 * 72, 0.5);
        float[] translations = BodyModelContract.values(random, 9, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RiggedGlbWriter.write(BODY, betas, new MotionClip("dance", poses, translations, 30), out);
        GltfModel model = read(out);

        int frame = 1;
        AnimationModel animation = model.getAnimationModels().get(0);
        assertThat(animation.getChannels()).hasSize(25);
        for (AnimationModel.Channel channel : animation.getChannels()) {
            AccessorFloatData values =
                    (AccessorFloatData) channel.getSampler().getOutput().getAccessorData();
            float[] value = new float[values.getNumComponentsPerElement()];
            for (int c = 0; c < value.length; c++) {
                value[c] = values.get(frame, c);
            }
            if (channel.getPath().equals("rotation")) {
                channel.getNodeModel().setRotation(value);
            } else {
                channel.getNodeModel().setTranslation(value);
            }
        }
        float[] expected = new MeshPoser(BODY)
                .vertices(betas, Arrays.copyOfRange(poses, 72, 144), Arrays.copyOfRange(translations, 3, 6));
        BodyModelContract.assertClose(skinned(model), expected, 2e-5);
    }

    /** A viewer that plays no animation shows the last frame. */
    @Test
    void theNodesOfARiggedGlbAreInTheLastFramesPose() throws IOException {
        SplittableRandom random = new SplittableRandom(22);
        float[] betas = BodyModelContract.values(random, 10, 1);
        float[] pose = BodyModelContract.values(random, 72, 0.5);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RiggedGlbWriter.write(BODY, betas, new MotionClip("still", pose, new float[] {1, 2, 3}, 30), out);
        GltfModel model = read(out);

        assertThat(model.getAnimationModels()).isEmpty();
        float[] expected = new MeshPoser(BODY).vertices(betas, pose, new float[] {1, 2, 3});
        BodyModelContract.assertClose(skinned(model), expected, 2e-5);
    }

    private static float[] skinned(GltfModel model) {
        MeshPrimitiveModel primitive =
                model.getMeshModels().get(0).getMeshPrimitiveModels().get(0);
        float[] rest = floats(
                (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData());
        float[] weights = floats(
                (AccessorFloatData) primitive.getAttributes().get("WEIGHTS_0").getAccessorData());
        AccessorData joints = primitive.getAttributes().get("JOINTS_0").getAccessorData();
        ByteBuffer indices = joints.createByteBuffer();
        List<NodeModel> nodes = model.getSkinModels().get(0).getJoints();
        List<float[]> worlds = new ArrayList<>();
        List<float[]> inverses = new ArrayList<>();
        for (int j = 0; j < nodes.size(); j++) {
            worlds.add(nodes.get(j).computeGlobalTransform(null));
            inverses.add(model.getSkinModels().get(0).getInverseBindMatrix(j, null));
        }
        float[] result = new float[rest.length];
        for (int v = 0; v < rest.length / 3; v++) {
            float[] p = {rest[3 * v], rest[3 * v + 1], rest[3 * v + 2]};
            for (int i = 0; i < 4; i++) {
                int joint = indices.get(4 * v + i);
                float[] moved = apply(worlds.get(joint), apply(inverses.get(joint), p));
                for (int c = 0; c < 3; c++) {
                    result[3 * v + c] += weights[4 * v + i] * moved[c];
                }
            }
        }
        return result;
    }

    /** Column-major 4 x 4. */
    private static float[] apply(float[] m, float[] p) {
        float[] result = new float[3];
        for (int r = 0; r < 3; r++) {
            result[r] = m[r] * p[0] + m[4 + r] * p[1] + m[8 + r] * p[2] + m[12 + r];
        }
        return result;
    }

    private static float[] floats(AccessorFloatData data) {
        float[] values = new float[data.getNumElements() * data.getNumComponentsPerElement()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i);
        }
        return values;
    }

    @Test
    void plyHoldsItsHeadersCounts() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PlyWriter.write(List.of(triangle(), body()), out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        int start = text.indexOf("end_header\n") + "end_header\n".length();
        int vertices = 3 + BODY.vertexCount();
        int faces = 1 + BODY.faces().length / 3;
        assertThat(text).startsWith("ply\nformat binary_little_endian 1.0\n");
        assertThat(text.substring(0, start)).contains("element vertex " + vertices, "element face " + faces);
        assertThat(out.size() - start).isEqualTo(vertices * 24 + faces * 13);
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getFloat(start + 24)).as("x of the second vertex").isEqualTo(1);
        int secondFace = start + vertices * 24 + 13;
        assertThat(bytes.get(secondFace)).isEqualTo((byte) 3);
        assertThat(bytes.getInt(secondFace + 1))
                .as("numbered after the first mesh")
                .isEqualTo(3 + BODY.faces()[0]);
    }

    @Test
    void objIsTextInFixedPoint() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ObjWriter.write(List.of(triangle(), triangle()), out);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains("o triangle", "v 0.000000 0.000000 0.000000", "v 0.000000 -2.500000 0.000001")
                .contains("f 1//1 2//2 3//3", "f 4//4 5//5 6//6")
                .hasSize(17);
    }

    @Test
    void meshesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Mesh("m", new float[] {0, 0, Float.NaN}, new int[0]))
                .hasMessageContaining("'m'")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Mesh("m", new float[4], new int[3])).hasMessageContaining("4 coordinates");
    }
}
