package dev.secant.body.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of 4 vertices, 3 joints and 12 shape directions in every disguise that SMPL's pickles use. */
class SmplPickleLoaderTest {

    private static final int DIRECTIONS = 12;
    private static final double[] TEMPLATE = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};

    @TempDir
    Path directory;

    private Path write(byte[] pickle) throws IOException {
        return Files.write(directory.resolve("tiny.pkl"), pickle);
    }

    private static double[] shapes() {
        double[] shapes = new double[TEMPLATE.length * DIRECTIONS];
        Arrays.setAll(shapes, i -> 0.01 * i);
        return shapes;
    }

    /** Everything but {@code left out}; its template may be another one. */
    private static byte[] tiny(boolean python3, String leftOut, double[] template) {
        PickleScript script = new PickleScript(python3).emptyDictionary();
        if (!leftOut.equals("v_template")) {
            script.text("v_template").doubles(template, template.length / 3, 3);
        }
        double[] shapes = shapes();
        int[] all = new int[shapes.length];
        Arrays.setAll(all, i -> i);
        script.text("shapedirs")
                .object("chumpy.reordering", "Select")
                .text("a")
                .object("chumpy.ch", "Ch")
                .text("x")
                .doubles(shapes, shapes.length)
                .text("_dirty_vars")
                .emptySet()
                .endObject()
                .text("idxs")
                .ints(all, all.length)
                .text("preferred_shape")
                .tuple(4, 3, DIRECTIONS)
                .endObject();
        if (!leftOut.equals("J_regressor")) {
            // Columns (vertices) 0 to 3; joint 0 at vertex 1, joint 1 half-way between 1 and 2, joint 2 at vertex 3.
            script.text("J_regressor")
                    .object("scipy.sparse.csc", "csc_matrix")
                    .text("_shape")
                    .tuple(3, 4)
                    .text("data")
                    .doubles(new double[] {1, 0.5, 0.5, 1}, 4)
                    .text("indices")
                    .ints(new int[] {0, 1, 1, 2}, 4)
                    .text("indptr")
                    .ints(new int[] {0, 0, 2, 3, 4}, 5)
                    .endObject();
        }
        script.text("posedirs").doubles(new double[4 * 3 * 18], 4, 3, 18);
        script.text("weights").array("f8", '>', true, fortranBigEndianWeights(), 4, 3);
        script.text("kintree_table").array("u4", '<', false, tree(), 2, 3);
        script.text("f").ints(new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3}, 4, 3);
        script.text("bs_type").text("lrotmin");
        return script.setItems().stop();
    }

    /** Rows (1 0 0), (0.5 0.5 0), (0 1 0), (0 0.25 0.75), column by column, most significant byte first. */
    private static byte[] fortranBigEndianWeights() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * 12).order(ByteOrder.BIG_ENDIAN);
        bytes.asDoubleBuffer().put(new double[] {1, 0.5, 0, 0, 0, 0.5, 1, 0.25, 0, 0, 0, 0.75});
        return bytes.array();
    }

    private static byte[] tree() {
        ByteBuffer bytes = ByteBuffer.allocate(4 * 6).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(new int[] {-1, 0, 1, 0, 1, 2});
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsWhatEitherPythonWrote(boolean python3) throws IOException {
        BodyModel body = BodyModels.load(write(tiny(python3, "", TEMPLATE)));

        assertThat(body.name()).isEqualTo("tiny");
        assertThat(body.template()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThat(body.shapeCount()).as("the first ten directions").isEqualTo(10);
        assertThat(body.shapeDirections()[10]).as("second row").isEqualTo(0.12f);
        assertThat(body.skeleton().parents()).containsExactly(-1, 0, 1);
        assertThat(body.skeleton().joints()).containsExactly(1, 0, 0, 0.5f, 0.5f, 0, 0, 0, 1);
        assertThat(body.skeleton().shapeDirections()[0]).isCloseTo(0.36f, within(1e-6f));
        assertThat(body.skin().influences()).isEqualTo(2);
        assertThat(body.skin().joints()).containsExactly(0, 0, 0, 1, 1, 0, 1, 2);
        assertThat(body.skin().weights()).containsExactly(1, 0, 0.5f, 0.5f, 1, 0, 0.25f, 0.75f);
        assertThat(body.hasPoseDirections()).as("all of them zero").isFalse();
        assertThat(body.landmarks()).as("not a human's skeleton").isEmpty();
    }

    @Test
    void foreignClassIsRefusedAndNothingRuns() throws IOException {
        byte[] hostile = new PickleScript(false)
                .global("os", "system")
                .text("touch pwned")
                .reduce()
                .stop();
        assertThatThrownBy(() -> SmplPickleLoader.load(write(hostile)))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("tiny.pkl")
                .hasMessageContaining("os.system")
                .hasMessageContaining("nothing was executed");
    }

    @Test
    void stackGlobalIsRefusedToo() {
        byte[] hostile = new PickleScript(true).global("builtins", "eval").stop();
        assertThatThrownBy(() -> SmplPickleLoader.load(write(hostile)))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("builtins.eval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v_template", "J_regressor"})
    void missingArrayIsNamed(String key) {
        assertThatThrownBy(() -> SmplPickleLoader.load(write(tiny(false, key, TEMPLATE))))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("tiny.pkl")
                .hasMessageContaining("kintree_table");
    }

    @Test
    void arrayOfAnotherSizeIsNamedWithWhatWasExpected() {
        double[] five = Arrays.copyOf(TEMPLATE, 15);
        assertThatThrownBy(() -> SmplPickleLoader.load(write(tiny(false, "", five))))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("'posedirs'")
                .hasMessageContaining("[4, 3, 18]")
                .hasMessageContaining("[5, 3, 18]");
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        double[] broken = TEMPLATE.clone();
        broken[4] = Double.NaN;
        assertThatThrownBy(() -> SmplPickleLoader.load(write(tiny(false, "", broken))))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("'v_template'")
                .hasMessageContaining("NaN");
    }

    @Test
    void everyTruncationIsRefusedCleanly() throws IOException {
        byte[] whole = tiny(false, "", TEMPLATE);
        for (int length = 2; length < whole.length; length += 37) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SmplPickleLoader.load(file))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(BodyFormatException.class)
                    .hasMessageContaining("tiny.pkl");
        }
    }

    @Test
    void falseLengthDoesNotExhaustTheMemory() {
        byte[] liar = {(byte) 0x80, 2, 'T', (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x3f, 'x', '.'};
        assertThatThrownBy(() -> SmplPickleLoader.load(write(liar)))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("ends within a string");
    }

    @Test
    void fileOfAnotherKindIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("notes.npz"), "hello".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> BodyModels.load(file))
                .isInstanceOf(BodyFormatException.class)
                .hasMessageContaining("notes.npz")
                .hasMessageContaining("isn't an .npz");
    }
}
