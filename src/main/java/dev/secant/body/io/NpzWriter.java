package dev.secant.body.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy's {@code .npz}, deflated, one array after the other, with a fixed time stamp: the same arrays, the same bytes. */
public final class NpzWriter implements AutoCloseable {

    private static final LocalDateTime TIME_STAMP = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int ALIGNMENT = 64;
    private static final int PREAMBLE = 10;

    private final ZipOutputStream zip;

    public NpzWriter(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_COMPRESSION);
    }

    /** float32. */
    public void put(String key, float[] values, int... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        put(key, "<f4", values.length, bytes.array(), shape);
    }

    /** float64. */
    public void put(String key, double[] values, int... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        put(key, "<f8", values.length, bytes.array(), shape);
    }

    /** int32. */
    public void put(String key, int[] values, int... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        put(key, "<i4", values.length, bytes.array(), shape);
    }

    /**
     * float64, a row after the other: only one row is in memory.
     *
     * @param rows as many as the first dimension, each as long as the product of the others
     * @throws IllegalArgumentException if there are fewer or more rows, or one has another length
     */
    public void putRows(String key, Iterator<double[]> rows, int... shape) throws IOException {
        byte[] bytes = new byte[Double.BYTES * rowLength(shape)];
        DoubleBuffer numbers =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        putRows(key, "<f8", rows, row -> numbers.clear().put(row).position(), bytes, shape);
    }

    /** int32, a row after the other, as {@link #putRows}. */
    public void putCountRows(String key, Iterator<int[]> rows, int... shape) throws IOException {
        byte[] bytes = new byte[Integer.BYTES * rowLength(shape)];
        IntBuffer numbers =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        putRows(key, "<i4", rows, row -> numbers.clear().put(row).position(), bytes, shape);
    }

    private <R> void putRows(String key, String type, Iterator<R> rows, ToIntFunction<R> put, byte[] bytes, int[] shape)
            throws IOException {
        begin(key, type, shape);
        int count = 0;
        while (rows.hasNext()) {
            int length = put.applyAsInt(rows.next());
            if (length != rowLength(shape) || count == shape[0]) {
                throw new IllegalArgumentException(
                        "The array '%s' has a row %d of %d values, which is not the shape %s."
                                .formatted(key, count, length, Arrays.toString(shape)));
            }
            zip.write(bytes);
            count++;
        }
        if (count != shape[0]) {
            throw new IllegalArgumentException("The array '%s' has %d rows, which is not the shape %s."
                    .formatted(key, count, Arrays.toString(shape)));
        }
        zip.closeEntry();
    }

    private static int rowLength(int[] shape) {
        return Math.toIntExact(Arrays.stream(shape).skip(1).asLongStream().reduce(1, (a, b) -> a * b));
    }

    /** ASCII strings of one width. */
    public void put(String key, List<String> values) throws IOException {
        int width = Math.max(1, values.stream().mapToInt(String::length).max().orElse(1));
        ByteBuffer bytes = ByteBuffer.allocate(width * values.size());
        for (int i = 0; i < values.size(); i++) {
            bytes.put(i * width, values.get(i).getBytes(StandardCharsets.US_ASCII));
        }
        put(key, "|S" + width, values.size(), bytes.array(), values.size());
    }

    private void put(String key, String type, int size, byte[] bytes, int... shape) throws IOException {
        long expected = 1;
        for (int dimension : shape) {
            expected *= dimension;
        }
        if (expected != size) {
            throw new IllegalArgumentException("The array '%s' has %d values, which is not the shape %s."
                    .formatted(key, size, Arrays.toString(shape)));
        }
        begin(key, type, shape);
        zip.write(bytes);
        zip.closeEntry();
    }

    private void begin(String key, String type, int[] shape) throws IOException {
        ZipEntry entry = new ZipEntry(key + ".npy");
        entry.setTimeLocal(TIME_STAMP);
        zip.putNextEntry(entry);
        zip.write(header(type, shape));
    }

    private static byte[] header(String type, int[] shape) {
        String dimensions = Arrays.stream(shape).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, dimensions);
        int padding = ALIGNMENT - (PREAMBLE + text.length() + 1) % ALIGNMENT;
        String padded = text + " ".repeat(padding % ALIGNMENT) + "\n";
        ByteBuffer header = ByteBuffer.allocate(PREAMBLE + padded.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        header.putShort((short) padded.length());
        header.put(padded.getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
