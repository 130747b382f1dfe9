package dev.secant.body.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {

    private static byte[] npy(String header, ByteBuffer content) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length + content.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .put(content.array())
                .array();
    }

    private static String header(String type, boolean fortran, String shape) {
        return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
                .formatted(type, fortran ? "True" : "False", shape);
    }

    @Test
    void bigEndianFortranOrderIsPutIntoCOrder() {
        ByteBuffer content = ByteBuffer.allocate(6 * 8).order(ByteOrder.BIG_ENDIAN);
        content.asDoubleBuffer().put(new double[] {1, 4, 2, 5, 3, 6});
        NpyArray array = NpyArray.parse(npy(header(">f8", true, "(2, 3)"), content));
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.doubles()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void theRootsParentOfSmplBecomesMinusOneFromEveryWidth() {
        ByteBuffer unsigned =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(7);
        assertThat(NpyArray.parse(npy(header("<u4", false, "(2,)"), unsigned)).ints())
                .containsExactly(-1, 7);
        ByteBuffer wide = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(4294967295L)
                .putLong(7);
        assertThat(NpyArray.parse(npy(header("<i8", false, "(2,)"), wide)).ints())
                .containsExactly(-1, 7);
    }

    @Test
    void unicodeStringsAreRead() {
        ByteBuffer content = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt('m').putInt('a').putInt('n');
        assertThat(NpyArray.parse(npy(header("<U4", false, "()"), content)).strings())
                .containsExactly("man");
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        ByteBuffer eight = ByteBuffer.allocate(8);
        assertThatThrownBy(() -> NpyArray.parse(npy(header("|O", false, "()"), eight)))
                .hasMessageContaining("'O1'")
                .hasMessageContaining("isn't supported");
        assertThatThrownBy(() -> NpyArray.parse(npy(header("<f8", false, "(3,)"), eight)))
                .hasMessageContaining("[3]")
                .hasMessageContaining("needs 24 bytes but holds 8");
        assertThatThrownBy(() -> NpyArray.parse(new byte[20])).hasMessageContaining("doesn't start as a .npy");
        assertThatThrownBy(() ->
                        NpyArray.parse(npy(header("<f8", false, "(1,)"), eight)).ints())
                .hasMessageContaining("not integers");
        assertThatThrownBy(() -> NpyArray.parse(npy(header("<f8", false, "(-1, -1)"), eight)))
                .hasMessageContaining("[-1, -1] is negative");
        assertThatThrownBy(() -> NpyArray.parse(npy(header("<f8", false, "(65536, 65536)"), eight)))
                .hasMessageContaining("too large");
    }

    @Test
    void writtenArraysAreReadAndTheBytesAreTheSameEachTime() throws IOException {
        byte[] first = sample();
        assertThat(sample()).isEqualTo(first);
        NpzReader npz = NpzReader.read(new ByteArrayInputStream(first), "sample");
        assertThat(npz.keys()).containsExactly("a", "b", "c", "d");
        assertThat(npz.get("a", 2, -1).floats()).containsExactly(1.5f, -2, 0, 9);
        assertThat(npz.get("b", 3).ints()).containsExactly(-1, 2, 1 << 30);
        assertThat(npz.get("c").strings()).containsExactly("left_eye", "nose");
        assertThat(npz.get("d").shape()).isEmpty();
        assertThatThrownBy(() -> npz.get("a", 3, 2))
                .hasMessageContaining("'a'")
                .hasMessageContaining("sample")
                .hasMessageContaining("[2, 2]")
                .hasMessageContaining("[3, 2]");
    }

    private static byte[] sample() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (NpzWriter npz = new NpzWriter(out)) {
            npz.put("a", new float[] {1.5f, -2, 0, 9}, 2, 2);
            npz.put("b", new int[] {-1, 2, 1 << 30}, 3);
            npz.put("c", List.of("left_eye", "nose"));
            npz.put("d", new double[] {3});
        }
        return out.toByteArray();
    }

    @Test
    void onlyWantedArraysAreKept(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("x.npz"), sample());
        NpzReader npz = NpzReader.read(file, "b"::equals);
        assertThat(npz.has("b")).isTrue();
        assertThat(npz.has("a")).isFalse();
    }
}
