package dev.secant.body.pickle;

import dev.secant.body.BodyFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** The list of what is let in: the classes and functions that an SMPL model may name, each as inert data. */
public final class PickledClasses {

    private static final Set<String> BUILTINS = Set.of("__builtin__", "builtins");

    private PickledClasses() {}

    /** A dtype; its byte order comes with the state. */
    public static final class Dtype implements PickleReader.Stateful {

        private final String type;
        private char order = '<';

        Dtype(String type) {
            this.type = type;
        }

        /** (version, order, ...). */
        @Override
        public void state(Object state) {
            if (state instanceof Object[] parts && parts.length > 1) {
                String text = text(parts[1]);
                this.order = text.isEmpty() ? '<' : text.charAt(0);
            }
        }

        public String type() {
            return type;
        }

        public boolean bigEndian() {
            return order == '>';
        }
    }

    /** An ndarray. */
    public static final class Array implements PickleReader.Stateful {

        private Object[] parts = new Object[0];

        /** (version, shape, dtype, is_fortran, data). */
        @Override
        public void state(Object state) {
            if (state instanceof Object[] tuple && tuple.length == 5) {
                this.parts = tuple;
                return;
            }
            throw new PickleException("An ndarray's state isn't the tuple of five that NumPy writes.");
        }

        public Object[] parts() {
            return parts;
        }
    }

    /** A chumpy object or a sparse matrix: a named class with attributes. */
    public static final class Instance implements PickleReader.Stateful {

        private final String name;
        private final Map<Object, Object> attributes = new HashMap<>();

        Instance(String name) {
            this.name = name;
        }

        /** A dictionary, or (dictionary, slots). */
        @Override
        public void state(Object state) {
            Object plain = state instanceof Object[] pair && pair.length > 0 ? pair[0] : state;
            if (plain instanceof Map<?, ?> map) {
                attributes.putAll(map);
            }
        }

        public String name() {
            return name;
        }

        public boolean has(String key) {
            return attributes.containsKey(key);
        }

        /** @throws BodyFormatException if there is no such attribute */
        public Object get(String key) {
            Object value = attributes.get(key);
            if (value == null) {
                throw new BodyFormatException("the %s has no '%s', but %s".formatted(name, key, attributes.keySet()));
            }
            return value;
        }
    }

    /** A class itself, when it is an argument rather than called. */
    private record ClassReference(String name, IObjectConstructor maker) implements IObjectConstructor {

        @Override
        public Object construct(Object[] arguments) {
            return maker.construct(arguments);
        }
    }

    /** @throws PickleException if the name isn't on the list */
    static IObjectConstructor constructor(String module, String name) {
        String full = module + "." + name;
        if (module.equals("chumpy") || module.startsWith("chumpy.")) {
            return new ClassReference(full, arguments -> new Instance(full));
        }
        if (module.startsWith("scipy.sparse") && (name.equals("csc_matrix") || name.equals("csr_matrix"))) {
            return new ClassReference(full, arguments -> new Instance(name));
        }
        if (module.startsWith("numpy")) {
            return new ClassReference(full, numpy(full, name));
        }
        if (BUILTINS.contains(module) || module.equals("collections")) {
            return new ClassReference(full, builtin(full, name));
        }
        return switch (full) {
            case "_codecs.encode" -> arguments -> text(arguments[0]).getBytes(StandardCharsets.ISO_8859_1);
            case "copy_reg._reconstructor", "copyreg._reconstructor" ->
                arguments -> ((IObjectConstructor) arguments[0]).construct(new Object[0]);
            default -> throw refusal(full);
        };
    }

    private static IObjectConstructor numpy(String full, String name) {
        return switch (name) {
            case "_reconstruct", "ndarray" -> arguments -> new Array();
            case "dtype" -> arguments -> new Dtype(text(arguments[0]));
            case "scalar" ->
                arguments -> {
                    Array scalar = new Array();
                    scalar.state(new Object[] {1, new Object[0], arguments[0], false, arguments[1]});
                    return scalar;
                };
            case "_frombuffer" ->
                arguments -> {
                    Array array = new Array();
                    boolean fortran = text(arguments[3]).equals("F");
                    array.state(new Object[] {1, arguments[2], arguments[1], fortran, arguments[0]});
                    return array;
                };
            default -> throw refusal(full);
        };
    }

    private static IObjectConstructor builtin(String full, String name) {
        return switch (name) {
            case "set", "frozenset" ->
                arguments -> arguments.length == 0 ? new HashSet<>() : set((List<?>) arguments[0]);
            case "object" -> arguments -> new Instance(full);
            case "OrderedDict", "defaultdict", "dict" -> arguments -> new HashMap<>();
            case "bytes", "bytearray" -> arguments -> arguments.length == 0 ? new byte[0] : arguments[0];
            default -> throw refusal(full);
        };
    }

    private static Set<Object> set(List<?> items) {
        items.forEach(PickleReader::checkKey);
        return new HashSet<>(items);
    }

    private static PickleException refusal(String full) {
        return new PickleException("it names %s, which no body model needs; nothing was executed".formatted(full));
    }

    /**
     * Python 2 strings arrive as text or, if long, as bytes.
     *
     * @throws PickleException if it is neither
     */
    public static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (value instanceof String text) {
            return text;
        }
        throw new PickleException("there is no text where some is expected");
    }
}
