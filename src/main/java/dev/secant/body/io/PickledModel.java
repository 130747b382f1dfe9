package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.pickle.PickledClasses;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The arrays of a pickled SMPL model: plain, wrapped by chumpy, or sparse. */
final class PickledModel implements ArraySource {

    private static final int DEEPEST = 8;

    private final String source;
    private final Map<String, Object> entries = new LinkedHashMap<>();

    PickledModel(String source, Map<?, ?> entries) {
        this.source = source;
        entries.forEach((key, value) -> this.entries.put(PickledClasses.text(key), value));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    @Override
    public NpyArray get(String key) {
        try {
            return array(entry(key), 0);
        } catch (RuntimeException e) {
            // What is malformed shows as whatever exception its first use throws.
            throw new BodyFormatException(
                    "The array '%s' of %s can't be read: %s".formatted(key, source, e.getMessage()), e);
        }
    }

    @Override
    public JointRegressor regressor(String key, int joints, int vertices) {
        if (!(entry(key) instanceof PickledClasses.Instance matrix) || !matrix.has("indptr")) {
            return ArraySource.super.regressor(key, joints, vertices);
        }
        try {
            return sparse(key, matrix, joints, vertices);
        } catch (BodyFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BodyFormatException(
                    "The sparse matrix '%s' of %s can't be read: %s".formatted(key, source, e.getMessage()), e);
        }
    }

    private JointRegressor sparse(String key, PickledClasses.Instance matrix, int joints, int vertices) {
        boolean byColumn = matrix.name().equals("csc_matrix");
        int[] starts = array(matrix.get("indptr"), 0).ints();
        int[] indices = array(matrix.get("indices"), 0).ints();
        double[] data = array(matrix.get("data"), 0).doubles();
        checkSparse(key, starts, indices, data.length, byColumn ? vertices : joints, byColumn ? joints : vertices);
        return byColumn
                ? JointRegressor.ofColumns(starts, indices, data, joints)
                : new JointRegressor(starts, indices, data);
    }

    private void checkSparse(String key, int[] starts, int[] indices, int count, int outer, int inner) {
        boolean fits =
                starts.length == outer + 1 && indices.length == count && starts[0] == 0 && starts[outer] == count;
        for (int i = 0; fits && i < outer; i++) {
            fits = starts[i] <= starts[i + 1];
        }
        for (int i = 0; fits && i < indices.length; i++) {
            fits = indices[i] >= 0 && indices[i] < inner;
        }
        if (!fits) {
            throw new BodyFormatException(
                    "The sparse matrix '%s' of %s doesn't fit %d joints and vertices: %d starts, %d indices, %d values."
                            .formatted(key, source, outer, starts.length, indices.length, count));
        }
    }

    private Object entry(String key) {
        Object entry = entries.get(key);
        if (entry == null) {
            throw new BodyFormatException("The array '%s' is missing from %s, which holds %s."
                    .formatted(key, source, new TreeSet<>(entries.keySet())));
        }
        return entry;
    }

    /** @param depth how many chumpy objects it is wrapped in: one may hold itself */
    private static NpyArray array(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new BodyFormatException("it is wrapped in more than %d chumpy objects".formatted(DEEPEST));
        }
        if (value instanceof PickledClasses.Array array) {
            return plain(array);
        }
        if (value instanceof PickledClasses.Instance instance) {
            return instance.has("idxs") ? select(instance, depth + 1) : array(instance.get("x"), depth + 1);
        }
        throw new BodyFormatException("expected an array, found %s"
                .formatted(
                        value instanceof byte[] ? "a string" : value.getClass().getSimpleName()));
    }

    private static NpyArray plain(PickledClasses.Array array) {
        Object[] parts = array.parts();
        if (parts.length != 5 || !(parts[2] instanceof PickledClasses.Dtype dtype)) {
            throw new BodyFormatException("the ndarray has no content, or one of Python objects");
        }
        String type = dtype.type();
        if (!type.matches("[a-zA-Z]\\d*") || type.startsWith("O")) {
            throw new BodyFormatException("the dtype '%s' isn't supported".formatted(type));
        }
        byte[] data = parts[4] instanceof byte[] bytes
                ? bytes
                : PickledClasses.text(parts[4]).getBytes(StandardCharsets.ISO_8859_1);
        ByteOrder order = dtype.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int width = type.length() == 1 ? 1 : Integer.parseInt(type.substring(1));
        return NpyArray.of(
                type.charAt(0),
                width,
                isTrue(parts[3]),
                shape(parts[1]),
                ByteBuffer.wrap(data).order(order));
    }

    /** chumpy's Select: some entries of a flattened array, in a shape of their own. */
    private static NpyArray select(PickledClasses.Instance select, int depth) {
        double[] all = array(select.get("a"), depth).doubles();
        int[] chosen = array(select.get("idxs"), depth).ints();
        ByteBuffer values = ByteBuffer.allocate(Double.BYTES * chosen.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < chosen.length; i++) {
            values.putDouble(Double.BYTES * i, all[chosen[i]]);
        }
        int[] shape = select.has("preferred_shape") ? shape(select.get("preferred_shape")) : new int[] {chosen.length};
        return NpyArray.of('f', Double.BYTES, false, shape, values);
    }

    private static int[] shape(Object value) {
        if (value instanceof PickledClasses.Array array) {
            return plain(array).ints();
        }
        Object[] sizes = value instanceof List<?> list ? list.toArray() : (Object[]) value;
        int[] shape = new int[sizes.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes[i] instanceof Number size
                    ? Math.toIntExact(size.longValue())
                    : array(sizes[i], 0).ints()[0];
        }
        return shape;
    }

    private static boolean isTrue(Object value) {
        return Boolean.TRUE.equals(value) || (value instanceof Number number && number.intValue() != 0);
    }
}
