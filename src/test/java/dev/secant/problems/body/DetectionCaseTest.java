package dev.secant.problems.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.Skeleton;
import dev.secant.body.io.BodyModels;
import dev.secant.fit.KeypointCatalogue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionCaseTest {

    private static final int SLOTS = KeypointCatalogue.all().size();
    private static final Skeleton SKELETON = BodyModels.defaultBody().skeleton();
    private static final BodySamples PEOPLE = draw(SamplingProtocol.VALIDATION, 20);

    private static BodySamples draw(SamplingProtocol protocol, int people) {
        return new BodySampler(
                        CommonJoints.rig(BodyModels.defaultBody()),
                        TestMotion.poses(),
                        protocol,
                        SamplingProtocol.initializerSlots())
                .draw(people, new SplittableRandom(1));
    }

    @ParameterizedTest
    @EnumSource
    void theTruthStaysThatOfTheSamePeople(DetectionCase detections) {
        float[] before = PEOPLE.observations().rays().clone();
        BodySamples changed = detections.apply(PEOPLE, SKELETON, 1);
        assertThat(PEOPLE.observations().rays()).as("its input is not changed").isEqualTo(before);
        assertThat(changed.betas()).isEqualTo(PEOPLE.betas());
        for (int b = 0; b < PEOPLE.observations().size(); b++) {
            int from = b * PEOPLE.points().length / PEOPLE.observations().size();
            assertThat(CommonJoints.errors(changed.points(), from, PEOPLE.points(), from)
                            .procrustes())
                    .isEqualTo(0, within(0.1));
        }
    }

    @Test
    void halfATurnTwiceIsNone() {
        BodySamples twice =
                DetectionCase.ROTATED_180.apply(DetectionCase.ROTATED_180.apply(PEOPLE, SKELETON, 1), SKELETON, 1);
        assertThat(twice.observations().rays())
                .containsExactly(PEOPLE.observations().rays(), within(1e-5f));
        assertThat(twice.translations()).containsExactly(PEOPLE.translations(), within(1e-3f));
    }

    @Test
    void whatIsMissingIsNotSeen() {
        BodySamples changed = DetectionCase.LEFT_SIDE_MISSING.apply(PEOPLE, SKELETON, 1);
        for (int at = 0; at < changed.observations().weights().length; at++) {
            boolean left = KeypointCatalogue.all().get(at % SLOTS).name().startsWith("left_");
            float expected = left ? 0 : PEOPLE.observations().weights()[at];
            assertThat(changed.observations().weights()[at]).isEqualTo(expected);
        }
    }

    @Test
    void trainingSeesOutliersConfidencesAndMissingSides() {
        BodySamples people = draw(SamplingProtocol.TRAINING, 400);
        float[] weights = people.observations().weights();
        long certain = IntStream.range(0, weights.length)
                .filter(at -> weights[at] == 1)
                .count();
        long seen =
                IntStream.range(0, weights.length).filter(at -> weights[at] > 0).count();
        assertThat((double) certain / seen).isBetween(0.4, 0.75);
        long sides =
                IntStream.range(0, 400).filter(b -> isSideMissing(weights, b)).count();
        assertThat(sides).isBetween(3L, 40L);
    }

    private static boolean isSideMissing(float[] weights, int person) {
        return IntStream.range(0, SLOTS)
                        .filter(slot -> KeypointCatalogue.all().get(slot).name().startsWith("left_"))
                        .noneMatch(slot -> weights[person * SLOTS + slot] > 0)
                || IntStream.range(0, SLOTS)
                        .filter(slot -> KeypointCatalogue.all().get(slot).name().startsWith("right_"))
                        .noneMatch(slot -> weights[person * SLOTS + slot] > 0);
    }
}
