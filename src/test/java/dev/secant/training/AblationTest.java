package dev.secant.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.Sr1Checkpoint;
import dev.secant.evaluation.report.AblationReport;
import dev.secant.optimizer.lsr1.Sr1Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationTest {

    private static final Sr1Settings NETWORKS = new Sr1Settings(Sr1Settings.Variant.AS_RELEASED, 4, 6, 4, 0.1, 1);
    private static final MetaTraining.Unrolling UNROLLING = new MetaTraining.Unrolling(4, 3, 5, 10);

    @TempDir
    private Path folder;

    private int steps;

    private final TrainingProgress counting = new TrainingProgress() {
        @Override
        public void onStep(String stage, int step, int all, double loss) {
            steps++;
        }

        @Override
        public void onValidation(String stage, int step, String report) {}
    };

    /** L = 4 and K = 5 are the base's own here, so they are no variants. */
    @Test
    void eachVariantChangesOneThing() {
        List<TrainingVariant> grid = TrainingVariant.grid(NETWORKS, UNROLLING);
        assertThat(grid).doesNotHaveDuplicates().hasSize(1 + 5 + 2 + 1 + 1 + 3 + 2 + 2 + 3);
        assertThat(grid.stream().map(variant -> variant.checkpointName(1))).doesNotHaveDuplicates();
        TrainingVariant base = grid.get(0);
        for (TrainingVariant variant : grid.subList(1, grid.size())) {
            boolean networksDiffer = !variant.networks().equals(base.networks());
            boolean unrollingDiffers = !variant.unrolling().equals(base.unrolling());
            assertThat(networksDiffer ^ unrollingDiffers).as(variant.label()).isTrue();
        }
    }

    @Test
    void whatIsTrainedIsNotTrainedAgain() throws IOException {
        VariantTraining training = new VariantTraining(folder, 3, 0.002);
        TrainingVariant variant =
                new TrainingVariant("without", "gradient", NETWORKS.without(Sr1Settings.Input.GRADIENT), UNROLLING);
        Checkpoint first = training.train(variant, 2, counting);
        assertThat(steps).isEqualTo(3);
        assertThat(Sr1Checkpoint.optimizer(first).settings()).isEqualTo(variant.networks());
        assertThat(first.manifest().seed()).isEqualTo(2);
        Checkpoint second = training.train(variant, 2, counting);
        assertThat(steps).isEqualTo(3);
        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThatThrownBy(() -> new VariantTraining(folder, 4, 0.002).train(variant, 2, counting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other settings");
    }

    @Test
    void theTableHasTheMeanAndTheRangeOverSeeds() throws IOException {
        VariantTraining training = new VariantTraining(folder.resolve("trainings"), 2, 0.002);
        TrainingVariant base = new TrainingVariant("base", "", NETWORKS, UNROLLING);
        AblationReport.Row both = new AblationReport.Row(
                "base", List.of(training.train(base, 1, counting), training.train(base, 2, counting)));
        AblationReport.Row one = new AblationReport.Row("one seed", both.seeds().subList(0, 1));
        String text = new AblationReport(new AblationReport.Settings(4, 3, 9))
                .write(List.of(both, one), "Trained for a test.", folder, "the command");
        assertThat(text).contains("the command", "Trained for a test.", "| one seed | 1 |");
        assertThat(text).containsPattern("\\| base \\| 2 \\| [0-9.]+ \\([0-9.]+ to [0-9.]+\\) \\|");
        assertThat(folder.resolve("ablation.svg")).content().contains("one seed", "<path d=\"M");
        assertThat(Files.readAllLines(folder.resolve("ablation.csv")))
                .hasSize(4)
                .anyMatch(row -> row.startsWith("base,2,"));
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new VariantTraining(folder, 0, 0.1)).hasMessageContaining("steps (0)");
        assertThatThrownBy(() -> new AblationReport.Settings(4, 0, 1)).hasMessageContaining("items (0)");
        assertThatThrownBy(() -> Sr1Settings.Input.of("colour")).hasMessageContaining("input (colour)");
    }
}
