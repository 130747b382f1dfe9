package dev.secant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

    @TempDir
    private Path folder;

    /** The example of FIPS 180-4. */
    @Test
    void digestsTheStandardsExample() {
        String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
        assertThat(new Sha256().add("a").add("bc").hex()).isEqualTo(expected);
    }

    @Test
    void aFilesDigestIsItsContents() throws IOException {
        byte[] content = new byte[200_000];
        content[150_000] = 3;
        assertThat(new Sha256().add(Files.write(folder.resolve("f"), content)).hex())
                .isEqualTo(Sha256.of(content));
    }

    @Test
    void whatFailsHalfwayLeavesTheOldContent() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write('n');
                    throw new IOException("The disk is full.");
                }))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
        AtomicFile.write(file, out -> out.write("new".getBytes(StandardCharsets.US_ASCII)));
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
