package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of NumPy's {@code .npy} format (NEP 1; versions 1 to 3 of the header): numbers and fixed-width strings, either
 * byte order, C or Fortran order. Values are handed out in C order.
 */
public final class NpyArray {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    private final char kind;
    private final int width;
    private final boolean fortran;
    private final int[] shape;
    private final ByteBuffer bytes;

    private NpyArray(char kind, int width, boolean fortran, int[] shape, ByteBuffer bytes) {
        this.kind = kind;
        this.width = width;
        this.fortran = fortran;
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * Numbers as NumPy describes them.
     *
     * @param kind NumPy's letter: f, i, u, b, S or U
     * @param width bytes a value (characters for U)
     * @param fortran whether the first index varies fastest
     */
    static NpyArray of(char kind, int width, boolean fortran, int[] shape, ByteBuffer bytes) {
        NpyArray array = new NpyArray(kind, width, fortran, shape, bytes);
        array.checkLength();
        return array;
    }

    /**
     * Parses the content of a {@code .npy} file.
     *
     * @throws BodyFormatException if it is none, is cut short, or holds Python objects
     */
    public static NpyArray parse(byte[] content) {
        if (content.length < 10 || !Arrays.equals(Arrays.copyOf(content, MAGIC.length), MAGIC)) {
            throw new BodyFormatException("The content doesn't start as a .npy array does.");
        }
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int version = content[6];
        int start = version == 1 ? 10 : 12;
        int length = version == 1 ? Short.toUnsignedInt(buffer.getShort(8)) : buffer.getInt(8);
        if (length < 0 || start + (long) length > content.length) {
            throw new BodyFormatException("The .npy header is cut short.");
        }
        String header = new String(content, start, length, StandardCharsets.UTF_8);
        Matcher description = find(DESCRIPTION, header);
        ByteOrder order = description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        String digits = description.group(3);
        return of(
                description.group(2).charAt(0),
                digits.isEmpty() ? 1 : Integer.parseInt(digits),
                find(ORDER, header).group(1).equals("True"),
                parseShape(find(SHAPE, header).group(1)),
                buffer.slice(start + length, content.length - start - length).order(order));
    }

    /** The sizes of its dimensions; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of values. */
    public int size() {
        int size = 1;
        for (int dimension : shape) {
            if (dimension < 0 || (size > 0 && dimension > Integer.MAX_VALUE / size)) {
                throw new BodyFormatException(
                        "The array's shape %s is negative or too large.".formatted(Arrays.toString(shape)));
            }
            size *= dimension;
        }
        return size;
    }

    /** As float; C order. */
    public float[] floats() {
        float[] values = new float[size()];
        forEach((to, from) -> values[to] = (float) number(from));
        return values;
    }

    /** As double; C order. */
    public double[] doubles() {
        double[] values = new double[size()];
        forEach((to, from) -> values[to] = number(from));
        return values;
    }

    /** As int; C order; a 4294967295 becomes -1, as SMPL's files mean it. */
    public int[] ints() {
        if (kind != 'i' && kind != 'u' && kind != 'b') {
            throw new BodyFormatException("The array holds '%s%d', not integers.".formatted(kind, width));
        }
        int[] values = new int[size()];
        forEach((to, from) -> values[to] = (int) (long) number(from));
        return values;
    }

    /** Fixed-width strings, padding taken off. */
    public List<String> strings() {
        if (kind != 'S' && kind != 'U') {
            throw new BodyFormatException("The array holds '%s%d', not strings.".formatted(kind, width));
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < width; c++) {
                int at = i * width + c;
                int letter = kind == 'S' ? Byte.toUnsignedInt(bytes.get(at)) : bytes.getInt(4 * at);
                if (letter != 0) {
                    text.appendCodePoint(letter);
                }
            }
            values.add(text.toString());
        }
        return values;
    }

    private double number(int at) {
        return switch (kind) {
            case 'f' -> width == 8 ? bytes.getDouble(8 * at) : bytes.getFloat(4 * at);
            case 'i' ->
                switch (width) {
                    case 1 -> bytes.get(at);
                    case 2 -> bytes.getShort(2 * at);
                    case 4 -> bytes.getInt(4 * at);
                    default -> bytes.getLong(8 * at);
                };
            case 'u', 'b' ->
                switch (width) {
                    case 1 -> Byte.toUnsignedInt(bytes.get(at));
                    case 2 -> Short.toUnsignedInt(bytes.getShort(2 * at));
                    case 4 -> Integer.toUnsignedLong(bytes.getInt(4 * at));
                    default -> bytes.getLong(8 * at);
                };
            default -> throw new BodyFormatException("The array holds '%s%d', not numbers.".formatted(kind, width));
        };
    }

    private interface Copy {
        void copy(int to, int from);
    }

    private void forEach(Copy copy) {
        int size = size();
        if (!fortran) {
            for (int i = 0; i < size; i++) {
                copy.copy(i, i);
            }
            return;
        }
        int[] index = new int[shape.length];
        for (int i = 0; i < size; i++) {
            int from = 0;
            for (int d = shape.length - 1; d >= 0; d--) {
                from = from * shape[d] + index[d];
            }
            copy.copy(i, from);
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
    }

    private void checkLength() {
        boolean number = "fiub".indexOf(kind) >= 0 && (width == 1 || width == 2 || width == 4 || width == 8);
        boolean half = kind == 'f' && width < 4;
        if (half || !(number || kind == 'S' || kind == 'U')) {
            throw new BodyFormatException("The array's type ('%s%d') isn't supported.".formatted(kind, width));
        }
        long needed = (long) size() * width * (kind == 'U' ? 4 : 1);
        if (bytes.remaining() < needed) {
            throw new BodyFormatException("The array (shape %s) needs %d bytes but holds %d."
                    .formatted(Arrays.toString(shape), needed, bytes.remaining()));
        }
    }

    private static int[] parseShape(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static Matcher find(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new BodyFormatException(
                    "The .npy header (%s) can't be read: arrays of Python objects are not supported."
                            .formatted(header.strip()));
        }
        return matcher;
    }
}
