package dev.secant.cli;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointManifest;
import dev.secant.checkpoint.CheckpointRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option {@code --checkpoints} of the reports. */
@SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
final class CheckpointFolders {

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Directory of checkpoints to evaluate instead of the bundled ones; can be repeated.")
    private List<Path> folders = List.of();

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    /**
     * The checkpoints of the folders, or the bundled ones.
     *
     * @throws CommandLine.ParameterException if a folder holds none
     */
    List<Checkpoint> read() throws IOException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        if (folders.isEmpty()) {
            CheckpointRegistry registry = CheckpointRegistry.bundled();
            for (CheckpointManifest manifest : registry.list()) {
                checkpoints.add(registry.get(manifest.id()));
            }
        }
        for (Path folder : folders) {
            List<Checkpoint> found = Files.isDirectory(folder) ? inFolder(folder) : List.of();
            if (found.isEmpty()) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "The folder (%s) of --checkpoints holds no NAME/VERSION/%s."
                                .formatted(folder, Checkpoint.MANIFEST_FILE));
            }
            checkpoints.addAll(found);
        }
        return checkpoints;
    }

    /** As on the command line. */
    String arguments() {
        return folders.stream().map(folder -> " --checkpoints " + folder).collect(Collectors.joining());
    }

    /** The checkpoints {@code NAME/VERSION} in a training's folder. */
    private static List<Checkpoint> inFolder(Path folder) throws IOException {
        try (Stream<Path> found =
                Files.find(folder, 2, (path, attributes) -> Files.exists(path.resolve(Checkpoint.MANIFEST_FILE)))) {
            return found.sorted().map(Checkpoint::read).toList();
        }
    }
}
