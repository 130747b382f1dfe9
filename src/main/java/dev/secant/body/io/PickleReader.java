package dev.secant.body.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Pickles as data: every class goes through the whitelist of {@link PickledClasses}, state is stored and not applied by
 * reflection, long strings stay bytes (Python 2 wrote array contents as strings).
 */
final class PickleReader extends Unpickler {

    private static final int LONGEST = 1 << 30;

    /** Takes the state that the pickle gives an object. */
    interface Stateful {
        void state(Object state);
    }

    @Override
    protected Object dispatch(short opcode) throws PickleException, IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> {
                String module = PickleUtils.readline(input);
                stack.add(PickledClasses.constructor(module, PickleUtils.readline(input)));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = String.valueOf(stack.pop());
                stack.add(PickledClasses.constructor(String.valueOf(stack.pop()), name));
            }
            case Opcodes.BINSTRING, Opcodes.BINBYTES -> stack.add(bytes(littleEndian(4)));
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(bytes(littleEndian(8)));
            case Opcodes.SHORT_BINSTRING -> stack.add(new String(bytes(littleEndian(1)), StandardCharsets.ISO_8859_1));
            case Opcodes.NEWOBJ -> {
                Object[] arguments = (Object[]) stack.pop();
                stack.add(((IObjectConstructor) stack.pop()).construct(arguments));
            }
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                if (stack.peek() instanceof Stateful target) {
                    target.state(state);
                }
            }
            case Opcodes.INST,
                    Opcodes.OBJ,
                    Opcodes.EXT1,
                    Opcodes.EXT2,
                    Opcodes.EXT4,
                    Opcodes.PERSID,
                    Opcodes.BINPERSID,
                    Opcodes.NEWOBJ_EX ->
                throw new PickleException("The opcode %d isn't one that a body model needs.".formatted(opcode));
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private long littleEndian(int width) throws IOException {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) PickleUtils.readbyte(input) << (8 * i);
        }
        return value;
    }

    /** Grows as the file delivers, so that a false length can't exhaust the memory. */
    private byte[] bytes(long length) throws IOException {
        if (length < 0 || length > LONGEST) {
            throw new PickleException("The string of %d bytes is longer than 1 GiB.".formatted(length));
        }
        byte[] bytes = input.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the file ends within a string of %d bytes".formatted(length));
        }
        return bytes;
    }
}
