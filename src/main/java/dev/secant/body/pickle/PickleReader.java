package dev.secant.body.pickle;

import dev.secant.body.BodyFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Pickles as data, protocols 0 to 5: only opcodes that models and arrays need are known, every class goes through the list of
 * {@link PickledClasses}, state is stored and not applied by reflection, long strings stay bytes (Python 2 wrote array contents as
 * strings). A file of more than a million opcodes, with a string of more than 1 GiB or with lists or dictionaries as keys is refused:
 * models have none of them, and a small file could keep a reader busy for ever by them.
 *
 * <p>For one file.
 */
public final class PickleReader extends Unpickler {

    private static final int LONGEST_STRING = 1 << 30;
    private static final int LONGEST_LINE = 1 << 10;
    private static final int MOST_OPCODES = 1_000_000;

    private int opcodes;

    /** Takes the state that the pickle gives an object. */
    interface Stateful {
        void state(Object state);
    }

    /**
     * Reads a pickle.
     *
     * @param source what messages call the file
     * @return a {@link Map}, {@link List}, {@code Object[]} (a tuple), {@code byte[]}, {@link String}, {@link Number}, {@link Boolean} or
     *     an object of {@link PickledClasses}
     * @throws BodyFormatException if it is none, is cut short, names another class, or exceeds a limit
     */
    public static Object read(InputStream in, String source) {
        try {
            return new PickleReader().load(in);
        } catch (BodyFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new BodyFormatException(
                    "The file (%s) ends early or can't be read: %s".formatted(source, e.getMessage()), e);
        } catch (RuntimeException e) {
            // What is malformed shows as whatever exception its first use throws.
            throw new BodyFormatException(
                    "The file (%s) can't be read as a pickle: %s".formatted(source, e.getMessage()), e);
        }
    }

    @Override
    protected Object dispatch(short opcode) throws PickleException, IOException {
        opcodes++;
        if (opcodes > MOST_OPCODES) {
            throw new PickleException("it has more than %d opcodes, which no body model has".formatted(MOST_OPCODES));
        }
        switch (opcode) {
            case Opcodes.GLOBAL -> {
                String module = line();
                stack.add(PickledClasses.constructor(module, line()));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = PickledClasses.text(stack.pop());
                stack.add(PickledClasses.constructor(PickledClasses.text(stack.pop()), name));
            }
            case Opcodes.BINSTRING, Opcodes.BINBYTES -> stack.add(bytes(littleEndian(4)));
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(bytes(littleEndian(8)));
            case Opcodes.SHORT_BINSTRING -> stack.add(new String(bytes(littleEndian(1)), StandardCharsets.ISO_8859_1));
            case Opcodes.BINUNICODE -> stack.add(new String(bytes(littleEndian(4)), StandardCharsets.UTF_8));
            case Opcodes.BINUNICODE8 -> stack.add(new String(bytes(littleEndian(8)), StandardCharsets.UTF_8));
            case Opcodes.INT -> stack.add(integer(line()));
            case Opcodes.LONG -> stack.add(integer(line().replaceFirst("L$", "")));
            case Opcodes.FLOAT -> stack.add(Double.parseDouble(line()));
            case Opcodes.GET -> stack.add(memo.get(Integer.parseInt(line())));
            case Opcodes.PUT -> memo.put(Integer.parseInt(line()), stack.peek());
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
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                put(Arrays.asList(key, value));
            }
            case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
            case Opcodes.DICT -> {
                List<Object> items = stack.pop_all_since_marker();
                stack.add(new HashMap<>());
                put(items);
            }
            case Opcodes.ADDITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                items.forEach(PickleReader::checkKey);
                set(stack.peek()).addAll(items);
            }
            case Opcodes.PROTO,
                    Opcodes.FRAME,
                    Opcodes.STOP,
                    Opcodes.MARK,
                    Opcodes.POP,
                    Opcodes.POP_MARK,
                    Opcodes.NONE,
                    Opcodes.NEWTRUE,
                    Opcodes.NEWFALSE,
                    Opcodes.BININT,
                    Opcodes.BININT1,
                    Opcodes.BININT2,
                    Opcodes.LONG1,
                    Opcodes.BINFLOAT,
                    Opcodes.STRING,
                    Opcodes.UNICODE,
                    Opcodes.SHORT_BINBYTES,
                    Opcodes.SHORT_BINUNICODE,
                    Opcodes.EMPTY_TUPLE,
                    Opcodes.TUPLE,
                    Opcodes.TUPLE1,
                    Opcodes.TUPLE2,
                    Opcodes.TUPLE3,
                    Opcodes.EMPTY_LIST,
                    Opcodes.LIST,
                    Opcodes.APPEND,
                    Opcodes.APPENDS,
                    Opcodes.EMPTY_DICT,
                    Opcodes.EMPTY_SET,
                    Opcodes.BINGET,
                    Opcodes.LONG_BINGET,
                    Opcodes.BINPUT,
                    Opcodes.LONG_BINPUT,
                    Opcodes.MEMOIZE,
                    Opcodes.REDUCE -> {
                return super.dispatch(opcode);
            }
            default -> throw new PickleException("the opcode %d isn't one that a body model needs".formatted(opcode));
        }
        return NO_RETURN_VALUE;
    }

    private static Object integer(String text) {
        // Protocol 0 writes booleans so.
        return switch (text) {
            case "00" -> false;
            case "01" -> true;
            default -> Long.parseLong(text);
        };
    }

    /** Into the dictionary on top of the stack. */
    @SuppressWarnings("unchecked") // What EMPTY_DICT and DICT make.
    private void put(List<Object> items) {
        Map<Object, Object> map = (Map<Object, Object>) stack.peek();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            checkKey(items.get(i));
            map.put(items.get(i), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked") // What EMPTY_SET and the class set make.
    private static Collection<Object> set(Object top) {
        return (Collection<Object>) top;
    }

    /** Hashing a collection goes through all it holds, and what holds itself for ever. */
    static void checkKey(Object key) {
        if (key instanceof Collection<?> || key instanceof Map<?, ?>) {
            throw new PickleException("a list, set or dictionary is a key");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = input.read(); letter != '\n'; letter = input.read()) {
            if (letter < 0) {
                throw new EOFException("the file ends within a line");
            }
            if (line.length() == LONGEST_LINE) {
                throw new PickleException("a name or number has more than %d characters".formatted(LONGEST_LINE));
            }
            line.append((char) letter);
        }
        return line.toString().strip();
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
        if (length < 0 || length > LONGEST_STRING) {
            throw new PickleException("a string of %d bytes is longer than 1 GiB".formatted(length));
        }
        byte[] bytes = input.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the file ends within a string of %d bytes".formatted(length));
        }
        return bytes;
    }
}
