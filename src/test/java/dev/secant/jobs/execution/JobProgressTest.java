package dev.secant.jobs.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.jobs.store.RunningItem;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobProgressTest {

    private final JobProgress progress = new JobProgress();

    @Test
    void aSnapshotHasThePointsSoFar() {
        report(3, 1);
        progress.snapshot();
        report(3, 5);
        report(3, 7);
        report(1, 2);

        List<RunningItem> items = progress.snapshot();

        assertThat(items).extracting(RunningItem::item).containsExactly(1, 3);
        assertThat(items.get(1).points()).extracting(RunningItem.Point::steps).containsExactly(1, 7);
        assertThat(items.get(1).last().steps()).isEqualTo(7);
        assertThat(progress.share()).isCloseTo(0.09, within(1e-12));
    }

    @Test
    void whatHasAResultRunsNoMore() {
        report(0, 1);
        report(1, 1);
        progress.done(List.of(0));

        assertThat(progress.snapshot()).extracting(RunningItem::item).containsExactly(1);
        assertThat(progress.share()).isEqualTo(0.01);
    }

    @Test
    void anHourOfAThousandItemsStaysSmall() {
        for (int second = 1; second <= 3_600; second++) {
            for (int item = 0; item < 1_000; item += 10) {
                report(item, second);
            }
            progress.snapshot();
        }
        List<RunningItem> items = progress.snapshot();

        assertThat(items.stream().mapToInt(item -> item.points().size()).sum()).isLessThanOrEqualTo(4_000);
        assertThat(items.get(0).points()).hasSizeGreaterThan(15);
        assertThat(items.get(0).last().steps()).isEqualTo(3_600);
    }

    private void report(int item, int step) {
        progress.report(item, new RunningItem.Point(step, 2 * step, 1.0 / step, 0.5), step / 100.0);
    }
}
