package dev.secant.cli;

import dev.secant.optimizer.Storage;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The values of {@code --storage}. */
final class StorageOption {

    private StorageOption() {}

    /** The storage of a name; nothing for {@code auto}. */
    static Optional<Storage> of(String name, CommandSpec spec) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.empty();
            case "arrays" -> Optional.of(Storage.ARRAYS);
            case "tensors" -> Optional.of(Storage.TENSORS);
            default ->
                throw new ParameterException(
                        spec.commandLine(), "The storage (%s) must be arrays, tensors or auto.".formatted(name));
        };
    }

    /** How a storage is written. */
    static String id(Storage storage) {
        return storage.name().toLowerCase(Locale.ROOT);
    }
}
