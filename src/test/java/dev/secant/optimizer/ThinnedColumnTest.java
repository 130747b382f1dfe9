package dev.secant.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThinnedColumnTest {

    @Test
    void keepsEverythingBelowItsLimit() {
        ThinnedColumn column = column(7, 8);

        assertThat(column.steps()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(column.take()).containsExactly(0, 1, 4, 9, 16, 25, 36);
    }

    @Test
    void dropsEverySecondNumberOnceItIsFull() {
        ThinnedColumn column = column(10, 8);

        assertThat(column.every()).isEqualTo(2);
        assertThat(column.steps()).containsExactly(0, 2, 4, 6, 8, 9);
        assertThat(column.take()).containsExactly(0, 4, 16, 36, 64, 81);
    }

    @Property
    void keepsTheEndsAGridAndItsLimit(
            @ForAll @IntRange(min = 1, max = 5_000) int count, @ForAll @IntRange(min = 4, max = 99) int limit) {
        ThinnedColumn column = column(count, limit);
        int[] steps = column.steps();
        double[] numbers = column.take();

        assertThat(steps.length).isEqualTo(numbers.length).isLessThanOrEqualTo(limit + 1);
        assertThat(steps[0]).isZero();
        assertThat(steps[steps.length - 1]).isEqualTo(count - 1);
        assertThat(Arrays.stream(steps, 0, steps.length - 1)).allMatch(step -> step % column.every() == 0);
        assertThat(numbers)
                .containsExactly(Arrays.stream(steps)
                        .mapToDouble(step -> (double) step * step)
                        .toArray());
    }

    @Test
    void refusesALimitThatShowsNothing() {
        assertThatThrownBy(() -> new ThinnedColumn(3)).hasMessageContaining("The limit (3)");
    }

    private static ThinnedColumn column(int count, int limit) {
        ThinnedColumn column = new ThinnedColumn(limit);
        IntStream.range(0, count).forEach(step -> column.add((double) step * step));
        return column;
    }
}
