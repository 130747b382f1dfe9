package dev.secant.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.secant.checkpoint.CheckpointRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostReportTest {

    @Test
    void everyMethodHasARowForEverySetting(@TempDir Path folder) throws IOException {
        CostReport.Settings settings =
                new CostReport.Settings(new int[] {5, 20}, new int[] {1, 3}, 7, new int[] {2}, 0.05, 60, Device.cpu());
        String markdown = new CostReport(
                        settings, CheckpointRegistry.bundled().get("general"), 0.01, ReportProgress.NONE)
                .write(folder, "the command");
        assertThat(markdown).contains("the command", "Against n", "Against B", "Against L", "over 60 steps");
        List<String> rows = Files.readAllLines(folder.resolve("cost.csv"));
        assertThat(rows).hasSize(1 + 3 * (2 + 2 + 1));
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            assertThat(Double.parseDouble(cells[4])).as(row).isPositive().isFinite();
            assertThat(Double.parseDouble(cells[5])).as(row).isPositive();
        }
        for (String axis : List.of("n", "b", "l")) {
            assertThat(folder.resolve("cost-%s.svg".formatted(axis))).content().contains("<path");
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() ->
                        new CostReport.Settings(new int[] {1}, new int[] {1}, 7, new int[] {2}, 1, 0, Device.cpu()))
                .hasMessageContaining("at least 2");
    }
}
