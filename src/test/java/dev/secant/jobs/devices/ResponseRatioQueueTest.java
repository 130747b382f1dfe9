package dev.secant.jobs.devices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseRatioQueueTest {

    private static final double ANY = Double.POSITIVE_INFINITY;

    private final ResponseRatioQueue<String> queue = new ResponseRatioQueue<>();

    private static long seconds(double seconds) {
        return (long) (1e9 * seconds);
    }

    @Test
    void shortWorkGoesFirst() {
        queue.add("12 s", 12, 0);
        queue.add("20 ms", 0.02, seconds(0.5));
        queue.add("1 s", 1, seconds(0.5));

        assertThat(queue.take(ANY, seconds(1))).isEqualTo("20 ms");
        assertThat(queue.take(ANY, seconds(1))).isEqualTo("1 s");
        assertThat(queue.take(ANY, seconds(1))).isEqualTo("12 s");
        assertThat(queue.take(ANY, seconds(1))).isNull();
    }

    @Test
    void longWorkAgesUntilItIsItsTurn() {
        queue.add("12 s", 12, 0);
        int short1 = 0;
        long now = 0;
        // A short one comes each 100 ms and costs 100 ms: shortest first would never come to the long one.
        String taken = "";
        while (!"12 s".equals(taken) && short1 < 10_000) {
            queue.add("100 ms", 0.1, now);
            now += seconds(0.1);
            taken = queue.take(ANY, now);
            short1++;
        }
        assertThat(taken).isEqualTo("12 s");
        assertThat(1e-9 * now).as("seconds").isLessThan(13);
    }

    @Test
    void takesNothingLongerThanAllowed() {
        queue.add("12 s", 12, 0);
        queue.add("2 s", 2, 0);
        assertThat(queue.take(1, seconds(100))).isNull();
        assertThat(queue.take(2, seconds(100))).isEqualTo("2 s");
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void ofTwoThatAreEqualTheEarlierGoesFirst() {
        queue.add("first", 0, 0);
        queue.add("second", 0, 0);
        assertThat(queue.take(ANY, 0)).isEqualTo("first");
        assertThat(queue.drain()).containsExactly("second");
    }
}
