package dev.secant.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointRegistryTest {

    @TempDir
    Path directory;

    private static Checkpoint checkpoint(String name, String version, float weight) {
        SafeTensors weights =
                new SafeTensors(Map.of(), Map.of("w", new FloatTensor(new long[] {2}, new float[] {weight, 1})));
        return Checkpoint.seal(
                new CheckpointManifest(
                        name,
                        version,
                        "secant",
                        Map.of("memory", 16, "width", 24),
                        "",
                        "train mixed --seed 7",
                        7,
                        Map.of(),
                        Map.of("log10_gap", -2.5),
                        "Apache-2.0",
                        List.of("arXiv:2508.12270")),
                weights);
    }

    private static float weight(Checkpoint checkpoint) {
        return checkpoint.tensor("w").values()[0];
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        Checkpoint written = checkpoint("general", "1.2.0", 3);
        Path folder = written.write(directory);
        assertThat(Checkpoint.read(folder)).isEqualTo(written);
        assertThat(written.manifest().number("memory")).isEqualTo(16);
        assertThatThrownBy(() -> written.manifest().number("depth")).hasMessageContaining("depth");
        assertThatThrownBy(() -> written.tensor("b")).hasMessageContaining("general@1.2.0");
    }

    @Test
    void resolvesAliases() throws IOException {
        checkpoint("a", "1.9.0", 1).write(directory);
        checkpoint("a", "1.10.0", 2).write(directory);
        checkpoint("a", "2.0.0-rc1", 3).write(directory);
        checkpoint("b", "0.1.0-draft", 4).write(directory);
        CheckpointRegistry registry = CheckpointRegistry.withDirectory(directory);
        assertThat(weight(registry.get("a@1.9.0"))).isEqualTo(1);
        assertThat(weight(registry.get("a@stable"))).isEqualTo(2);
        assertThat(weight(registry.get("a"))).isEqualTo(2);
        assertThat(weight(registry.get("a@latest"))).isEqualTo(3);
        assertThat(weight(registry.get("b"))).isEqualTo(4);
        assertThatThrownBy(() -> registry.get("b@stable"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("b@stable")
                .hasMessageContaining("a@1.10.0");
    }

    @Test
    void takesNewAndChangedFilesWithoutARestart() throws IOException {
        CheckpointRegistry registry = CheckpointRegistry.withDirectory(directory);
        assertThatThrownBy(() -> registry.get("late")).isInstanceOf(CheckpointException.class);
        checkpoint("late", "1.0.0", 1).write(directory);
        registry.refresh();
        assertThat(weight(registry.get("late"))).isEqualTo(1);
        checkpoint("late", "1.1.0", 2).write(directory);
        registry.refresh();
        assertThat(weight(registry.get("late"))).isEqualTo(2);
    }

    @Test
    void answersFromOneSnapshotUntilItIsRefreshed() throws IOException {
        Path folder = checkpoint("gone", "1.0.0", 1).write(directory);
        CheckpointRegistry registry = CheckpointRegistry.withDirectory(directory);
        String digest = registry.get("gone").manifest().weightsSha256();
        Files.delete(folder.resolve(Checkpoint.MANIFEST_FILE));
        Files.delete(folder.resolve(Checkpoint.WEIGHTS_FILE));
        Files.delete(folder);

        assertThat(registry.digests()).contains(digest);
        assertThat(weight(registry.get("gone"))).isEqualTo(1);
        registry.refresh();
        assertThat(registry.find("gone")).isEmpty();
        assertThat(registry.digests()).doesNotContain(digest);
    }

    @Test
    void refusesACorruptFileAndKeepsTheOldOne() throws IOException {
        Path folder = checkpoint("c", "1.0.0", 5).write(directory);
        CheckpointRegistry registry = CheckpointRegistry.withDirectory(directory);
        assertThat(weight(registry.get("c"))).isEqualTo(5);
        Path weights = folder.resolve(Checkpoint.WEIGHTS_FILE);
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        registry.refresh();
        assertThat(weight(registry.get("c@1.0.0"))).isEqualTo(5);
        assertThat(registry.refusals().get("c@1.0.0")).contains("SHA-256");
        Files.write(weights, bytes);
        Files.writeString(folder.resolve(Checkpoint.MANIFEST_FILE), "{\"name\": \"c\"");
        registry.refresh();
        assertThat(weight(registry.get("c@1.0.0"))).isEqualTo(5);
        assertThat(registry.refusals().get("c@1.0.0")).contains("not readable");
    }

    @Test
    void refusesAFolderOfAnotherName() throws IOException {
        Path folder = checkpoint("mine", "1.0.0", 5).write(directory);
        Files.createDirectories(directory.resolve("yours"));
        Files.move(folder, directory.resolve("yours").resolve("1.0.0"));
        CheckpointRegistry registry = CheckpointRegistry.withDirectory(directory);
        assertThat(registry.refusals().get("yours@1.0.0")).contains("mine@1.0.0");
    }

    @Test
    void refusesWeightsThatAreNotFinite() throws IOException {
        Path folder = checkpoint("nan", "1.0.0", Float.NaN).write(directory);
        assertThatThrownBy(() -> Checkpoint.read(folder)).hasMessageContaining("NaN");
    }

    @Test
    void namesAndVersionsHaveAForm() {
        assertThatThrownBy(() -> checkpoint("../up", "1.0.0", 1)).hasMessageContaining("../up");
        assertThatThrownBy(() -> checkpoint("up", "1.0", 1)).hasMessageContaining("1.0");
    }

    @Test
    void everyBundledCheckpointIsReadable() {
        CheckpointRegistry bundled = CheckpointRegistry.bundled();
        assertThat(bundled.refusals()).isEmpty();
    }
}
