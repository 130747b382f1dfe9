package dev.secant.body.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as little-endian bytes, through a small buffer. */
final class LittleEndianOutput {

    private static final int CAPACITY = 1 << 13;

    private final byte[] bytes = new byte[CAPACITY];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final OutputStream out;

    LittleEndianOutput(OutputStream out) {
        this.out = out;
    }

    void writeByte(int value) throws IOException {
        room(Byte.BYTES).put((byte) value);
    }

    void writeInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    void writeFloat(float value) throws IOException {
        room(Float.BYTES).putFloat(value);
    }

    void writeFloats(float[] values) throws IOException {
        for (float value : values) {
            writeFloat(value);
        }
    }

    void writeInts(int[] values) throws IOException {
        for (int value : values) {
            writeInt(value);
        }
    }

    void writeBytes(byte[] values) throws IOException {
        flush();
        out.write(values);
    }

    void flush() throws IOException {
        out.write(bytes, 0, buffer.position());
        buffer.clear();
    }

    private ByteBuffer room(int size) throws IOException {
        if (buffer.remaining() < size) {
            flush();
        }
        return buffer;
    }
}
