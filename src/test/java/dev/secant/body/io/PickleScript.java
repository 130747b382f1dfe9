package dev.secant.body.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode, as Python 2 (protocol 2) or Python 3 (protocol 4) would. */
final class PickleScript {

    private final boolean python3;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleScript(boolean python3) {
        this.python3 = python3;
        op(0x80).op(python3 ? 4 : 2);
    }

    /** A part of no own protocol header. */
    private PickleScript op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    PickleScript emptyDictionary() {
        return op('}').op('(');
    }

    PickleScript setItems() {
        return op('u');
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    PickleScript text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        op(python3 ? 0x8c : 'U').op(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    PickleScript data(byte[] bytes) {
        op(python3 ? 'B' : 'T');
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.writeBytes(bytes);
        return this;
    }

    PickleScript global(String module, String name) {
        if (python3) {
            return text(module).text(name).op(0x93);
        }
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    PickleScript number(int value) {
        op('J');
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    PickleScript tuple(int... values) {
        op('(');
        for (int value : values) {
            number(value);
        }
        return op('t');
    }

    /** Calls what is below with a tuple on top. */
    PickleScript reduce() {
        return op('R');
    }

    PickleScript array(String type, char order, boolean fortran, byte[] content, int... shape) {
        global("numpy.core.multiarray", "_reconstruct")
                .global("numpy", "ndarray")
                .tuple(0);
        text("b").op(0x87).reduce();
        op('(').number(1).tuple(shape);
        global("numpy", "dtype").text(type).number(0).number(1).op(0x87).reduce();
        op('(').number(3)
                .text(String.valueOf(order))
                .op('N', 'N', 'N')
                .number(-1)
                .number(-1)
                .number(0)
                .op('t', 'b');
        return op(fortran ? 0x88 : 0x89).data(content).op('t', 'b');
    }

    PickleScript doubles(double[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return array("f8", '<', false, bytes.array(), shape);
    }

    PickleScript ints(int[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return array("i4", '<', false, bytes.array(), shape);
    }

    /** An object whose attributes follow until {@link #endObject}. */
    PickleScript object(String module, String name) {
        return global(module, name).op(')', 0x81).emptyDictionary();
    }

    PickleScript endObject() {
        return op('u', 'b');
    }

    PickleScript emptySet() {
        global(python3 ? "builtins" : "__builtin__", "set").op(']', 0x85);
        return reduce();
    }
}
