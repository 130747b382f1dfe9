package dev.secant.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UprightTest {

    private static final int SLOTS = KeypointCatalogue.all().size();

    @ParameterizedTest
    @CsvSource({"0, -1", "0.3, -0.9", "-1, 0.2", "1, 0.2", "0.1, 1", "-0.4, 0.7"})
    void bringsTheTrunkNearestToUpright(float x, float y) {
        Observations seen = person(x, y, 1.5f);
        Observations upright = Upright.of(seen).apply(seen);
        int neck = KeypointCatalogue.slot("neck");
        int hip = KeypointCatalogue.slot("mid_hip");
        float trunkX = upright.rays()[2 * neck] - upright.rays()[2 * hip];
        float trunkY = upright.rays()[2 * neck + 1] - upright.rays()[2 * hip + 1];
        assertThat(-trunkY).isGreaterThanOrEqualTo(Math.abs(trunkX));
        assertThat((double) trunkX * trunkX + trunkY * trunkY).isEqualTo(x * x + y * y, within(1e-5));
        assertThat(upright.boxes()[2]).isEqualTo(seen.boxes()[2]);
        Observations measured = new Observations(upright.rays(), upright.weights(), new float[3]);
        measured.measureBox(0, SLOTS);
        assertThat(upright.boxes()).containsExactly(measured.boxes(), within(1e-6f));
    }

    @Test
    void turnsBackWhatItTurned() {
        Upright upright = Upright.of(person(1, 0.2f, 1.5f));
        assertThat(upright.isNone()).isFalse();
        float[] vectors = {1, 2, 3, 4, 5, 6};
        upright.turnVectors(vectors);
        assertThat(vectors).isNotEqualTo(new float[] {1, 2, 3, 4, 5, 6});
        upright.turnVectorsBack(vectors);
        assertThat(vectors).containsExactly(1, 2, 3, 4, 5, 6);
        float[] root = {1, 0, 0, 0, 0, -1, 0, 1, 0};
        upright.turnRoots(root);
        upright.turnRootsBack(root);
        assertThat(root).containsExactly(1, 0, 0, 0, 0, -1, 0, 1, 0);
    }

    @Test
    void leavesWhomItCannotJudge() {
        Observations foreshortened = person(0.1f, 0, 1.5f);
        assertThat(Upright.of(foreshortened).isNone()).isTrue();
        assertThat(Upright.of(foreshortened).apply(foreshortened)).isSameAs(foreshortened);
        Observations trunkless = person(1, 0, 1.5f);
        trunkless.weights()[KeypointCatalogue.slot("mid_hip")] = 0;
        assertThat(Upright.of(trunkless).isNone()).isTrue();
    }

    /** Neck relative to the middle of the hips, and a nose that makes the person so large. */
    private static Observations person(float x, float y, float size) {
        Observations seen = new Observations(new float[2 * SLOTS], new float[SLOTS], new float[3]);
        put(seen, "mid_hip", 0.2f, 0.1f);
        put(seen, "neck", 0.2f + x, 0.1f + y);
        put(seen, "nose", 0.2f + size, 0.1f);
        seen.measureBox(0, SLOTS);
        return seen;
    }

    private static void put(Observations seen, String name, float x, float y) {
        int slot = KeypointCatalogue.slot(name);
        seen.rays()[2 * slot] = x;
        seen.rays()[2 * slot + 1] = y;
        seen.weights()[slot] = 1;
    }
}
