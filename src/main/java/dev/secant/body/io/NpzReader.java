package dev.secant.body.io;

import dev.secant.body.BodyFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The arrays of NumPy's {@code .npz} files: a zip, deflated or stored, of {@code .npy} arrays. */
public final class NpzReader implements ArraySource {

    private static final int LARGEST_ARRAY = 1 << 30;
    private static final String SUFFIX = ".npy";

    private final String source;
    private final Map<String, byte[]> entries;

    private NpzReader(String source, Map<String, byte[]> entries) {
        this.source = source;
        this.entries = entries;
    }

    /**
     * Reads the wanted arrays of a file.
     *
     * @throws BodyFormatException if the file is no zip, an array is larger than 1 GiB, or all are larger than {@link UnpackedSize}
     *     allows
     */
    public static NpzReader read(Path file, Predicate<String> wanted) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            UnpackedSize size = UnpackedSize.of(file);
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                String key = key(entry);
                if (wanted.test(key)) {
                    try (InputStream in = size.counted(zip.getInputStream(entry))) {
                        entries.put(key, content(file.toString(), key, in));
                    }
                }
            }
        } catch (ZipException e) {
            throw new BodyFormatException("The file (%s) isn't an .npz (zip) file.".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("The file (%s) can't be read.".formatted(file), e);
        }
        return new NpzReader(file.toString(), entries);
    }

    /**
     * Reads every array of a stream, which stays open.
     *
     * @param source what messages call it
     */
    public static NpzReader read(InputStream in, String source) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            entries.put(key(entry), content(source, key(entry), zip));
        }
        return new NpzReader(source, entries);
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
        byte[] content = entries.get(key);
        if (content == null) {
            throw new BodyFormatException("The array '%s' is missing from %s, which holds %s."
                    .formatted(key, source, new TreeSet<>(entries.keySet())));
        }
        try {
            return NpyArray.parse(content);
        } catch (BodyFormatException | IllegalArgumentException e) {
            throw new BodyFormatException(
                    "The array '%s' of %s can't be read: %s".formatted(key, source, e.getMessage()), e);
        }
    }

    /** The names of all arrays read. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    private static String key(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static byte[] content(String source, String key, InputStream in) throws IOException {
        byte[] content = in.readNBytes(LARGEST_ARRAY);
        if (content.length == LARGEST_ARRAY) {
            throw new BodyFormatException("The array '%s' of %s is larger than 1 GiB.".formatted(key, source));
        }
        return content;
    }
}
