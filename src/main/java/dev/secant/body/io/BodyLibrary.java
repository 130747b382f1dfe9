package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import dev.secant.body.BodyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bodies that can be fitted, by name: one that is used where none is named, and those of a directory, {@code NAME/FILE}. A name's
 * directory holds one model file ({@code .npz}, {@code .pkl}, {@code .pkl.gz}), and may hold a text whose name begins with LICENSE or
 * LICENCE: its first line is shown as the body's licence. Read once; safe for many threads.
 */
public final class BodyLibrary {

    private static final List<String> SUFFIXES = List.of(".npz", ".pkl", ".pkl.gz");
    private static final int LONGEST_NOTE = 200;

    private final Map<String, Entry> entries;
    private final Entry standard;

    /**
     * A body and what is known of it.
     *
     * @param model the body, by its name in the library
     * @param betas shape directions of its file
     * @param licence the first line of its licence; empty if unknown
     */
    public record Entry(BodyModel model, int betas, Optional<String> licence) {}

    private BodyLibrary(Map<String, Entry> entries, Entry standard) {
        this.entries = Map.copyOf(entries);
        this.standard = standard;
    }

    /** One body only. */
    public static BodyLibrary of(BodyModel body) {
        Entry entry = new Entry(body, body.shapeCount(), Optional.empty());
        return new BodyLibrary(Map.of(body.name(), entry), entry);
    }

    /**
     * Reads the bodies of a directory beside the bundled one.
     *
     * @param directory may be missing
     * @param standard the body used where none is named: a name of the directory or a file; empty for the bundled one
     * @throws BodyFormatException if a file can't be used, or {@code standard} is neither name nor file
     */
    public static BodyLibrary read(Path directory, String standard) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        BodyModel bundled = BodyModels.defaultBody();
        entries.put(bundled.name(), new Entry(bundled, bundled.shapeCount(), Optional.of("Apache-2.0")));
        for (Path folder : folders(directory)) {
            String name = String.valueOf(folder.getFileName());
            entries.put(name, entry(name, folder));
        }
        Entry chosen = standard.isEmpty() ? entries.get(bundled.name()) : entries.get(standard);
        if (chosen == null) {
            if (!Files.isRegularFile(Path.of(standard))) {
                throw new BodyFormatException("The body (%s) is neither a file nor one of %s in the directory (%s)."
                        .formatted(standard, entries.keySet().stream().sorted().toList(), directory));
            }
            BodyFile file = BodyFile.read(Path.of(standard));
            chosen = new Entry(file.model(), file.betas(), Optional.empty());
            entries.put(file.model().name(), chosen);
        }
        return new BodyLibrary(entries, chosen);
    }

    private static List<Path> folders(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !String.valueOf(folder.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The directory (%s) can't be read.".formatted(directory), e);
        }
    }

    private static Entry entry(String name, Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> SUFFIXES.stream().anyMatch(file.toString().toLowerCase(Locale.ROOT)::endsWith))
                    .forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory (%s) can't be read.".formatted(folder), e);
        }
        if (files.size() != 1) {
            throw new BodyFormatException("The directory (%s) holds %d model files; expected one of %s."
                    .formatted(folder, files.size(), SUFFIXES));
        }
        BodyFile file = BodyFile.read(files.get(0));
        return new Entry(file.model().withName(name), file.betas(), licence(folder));
    }

    private static Optional<String> licence(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            Optional<Path> text = all.filter(file -> String.valueOf(file.getFileName())
                            .toUpperCase(Locale.ROOT)
                            .matches("LICEN[SC]E.*"))
                    .sorted()
                    .findFirst();
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try (Stream<String> lines = Files.lines(text.get(), StandardCharsets.ISO_8859_1)) {
                return lines.map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .map(line -> line.substring(0, Math.min(line.length(), LONGEST_NOTE)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory (%s) can't be read.".formatted(folder), e);
        }
    }

    /** The body used where none is named. */
    public BodyModel standard() {
        return standard.model();
    }

    /** All of them, by name. */
    public List<Entry> list() {
        return entries.keySet().stream().sorted().map(entries::get).toList();
    }

    /** The names, sorted. */
    public List<String> names() {
        return entries.keySet().stream().sorted().toList();
    }

    /** The body of a name. */
    public Optional<BodyModel> byName(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::model);
    }

    /** The body of a digest, whatever its name. */
    public Optional<BodyModel> byDigest(String digest) {
        return Stream.concat(Stream.of(standard), list().stream())
                .map(Entry::model)
                .filter(model -> model.digest().equals(digest))
                .findFirst();
    }
}
