package dev.secant.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.body.io.BodyModelWriter;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.Kinematics;
import dev.secant.body.procedural.ProceduralBody;
import dev.secant.body.procedural.ProceduralBodySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultBodyTest extends BodyModelContract {

    @Override
    public BodyModel body() {
        return BodyModels.defaultBody();
    }

    @Override
    public double mirrorTolerance() {
        return 0;
    }

    @Override
    public int pieces() {
        return 1;
    }

    /** With {@code -Dsecant.body.write=true} it packs the body anew instead. */
    @Test
    void generatorGivesThePackedBodyToTheBit() throws IOException {
        BodyModel generated = ProceduralBody.generate(ProceduralBodySpec.DEFAULT);
        if (Boolean.getBoolean("secant.body.write")) {
            BodyModelWriter.write(generated, Path.of("src/main/resources/dev/secant/body/default.npz"));
            return;
        }
        assertThat(generated.template()).isEqualTo(body().template());
        assertThat(generated.faces()).isEqualTo(body().faces());
        assertThat(generated.digest()).isEqualTo(body().digest());
        assertThat(generated.name()).isEqualTo(body().name());
    }

    @Test
    void sizeIsNearSmpls() {
        assertThat(body().vertexCount()).isBetween(6000, 8500);
        assertThat(body().skin().influences()).isEqualTo(4);
        assertThat(new MeshTopology(body().vertexCount(), body().faces()).eulerCharacteristic())
                .isEqualTo(2);
    }

    @Test
    void pelvisStaysAtTheOriginInEveryShape() {
        Kinematics kinematics = new Kinematics(body().skeleton());
        float[] betas = {2, -1, 0.5f, 1, 1, -2, 0.3f, 0.8f, -0.7f, 1.5f};
        assertThat(kinematics.restJoints(betas)).startsWith(0, 0, 0);
    }

    /** Vertices, shape directions and skin weights of the right half are the left half's, exactly. */
    @Test
    void surfaceIsMirroredExactly() {
        Map<List<Float>, Integer> byPlace = new HashMap<>();
        float[] template = body().template();
        for (int v = 0; v < body().vertexCount(); v++) {
            byPlace.put(List.of(template[3 * v], template[3 * v + 1], template[3 * v + 2]), v);
        }
        for (int v = 0; v < body().vertexCount(); v++) {
            float x = template[3 * v];
            Integer twin = byPlace.get(List.of(x == 0 ? 0f : -x, template[3 * v + 1], template[3 * v + 2]));
            assertThat(twin).as("mirror image of vertex %d", v).isNotNull();
            assertMirrored(v, twin);
        }
    }

    private void assertMirrored(int v, int twin) {
        int shapes = body().shapeCount();
        float[] directions = body().shapeDirections();
        for (int k = 0; k < shapes; k++) {
            assertThat(directions[3 * v * shapes + k] + directions[3 * twin * shapes + k])
                    .isZero();
            for (int c = 1; c < 3; c++) {
                assertThat(directions[(3 * v + c) * shapes + k]).isEqualTo(directions[(3 * twin + c) * shapes + k]);
            }
        }
        if (v != twin) {
            assertThat(weights(v, false)).isEqualTo(weights(twin, true));
        }
    }

    private Map<SmplJoint, Float> weights(int v, boolean mirrored) {
        Map<SmplJoint, Float> weights = new HashMap<>();
        Skin skin = body().skin();
        for (int i = v * skin.influences(); i < (v + 1) * skin.influences(); i++) {
            SmplJoint joint = SmplJoint.at(skin.joints()[i]);
            if (skin.weights()[i] > 0) {
                weights.put(mirrored ? joint.mirrored() : joint, skin.weights()[i]);
            }
        }
        return weights;
    }

    @Test
    void writtenAndReadIsTheSameBody(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("copy.npz");
        BodyModelWriter.write(body(), file);
        BodyModel copy = BodyModels.load(file);
        assertThat(copy.digest()).isEqualTo(body().digest());
        assertThat(copy.name()).isEqualTo(body().name());
        assertThat(copy.landmarks()).containsOnlyKeys(body().landmarks().keySet());
    }

    @Test
    void fileWithAVertexThatIsNotThereIsRefused(@TempDir Path directory) throws IOException {
        int[] faces = body().faces().clone();
        faces[5] = body().vertexCount();
        BodyModel broken = new BodyModel(
                "broken",
                "",
                body().template(),
                body().shapeDirections(),
                body().poseDirections(),
                faces,
                body().skeleton(),
                body().skin(),
                body().landmarks());
        Path file = directory.resolve("broken.npz");
        BodyModelWriter.write(broken, file);
        assertThatThrownBy(() -> BodyModels.load(file))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("broken.npz")
                .hasMessageContaining("vertex " + body().vertexCount());
    }

    @Test
    void coarserBodiesAreClosedToo() {
        BodyModel coarse = ProceduralBody.generate(new ProceduralBodySpec("coarse", 2, 8));
        MeshTopology topology = new MeshTopology(coarse.vertexCount(), coarse.faces());
        assertThat(coarse.vertexCount()).isLessThan(3000);
        assertThat(topology.closedAndOriented()).isTrue();
        assertThat(topology.eulerCharacteristic()).isEqualTo(2);
    }

    @Test
    void absurdCoarsenessIsRefused() {
        assertThatThrownBy(() -> new ProceduralBodySpec("x", 9, 8))
                .hasMessageContaining("coarseness (9.0)")
                .hasMessageContaining("0.5 and 3");
    }
}
