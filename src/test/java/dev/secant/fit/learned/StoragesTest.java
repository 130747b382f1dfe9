package dev.secant.fit.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.optimizer.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same people fitted on both storages, with the bundled checkpoint. */
class StoragesTest {

    /** Metres that a joint may differ by; the fit itself is a few centimetres off. */
    private static final double TOLERANCE = 1e-3;

    private final BodyModel body = BodyModels.defaultBody();
    private final DefaultBodyFitter fitter = new DefaultBodyFitter(body, CheckpointRegistry.bundled(), "body");

    @Test
    void bodiesAreEqual() {
        List<FitProblem> people = people(24);
        for (int steps : new int[] {0, 1, 8}) {
            List<FittedBody> arrays = fit(Storage.ARRAYS, people, new FitSettings(steps, false));
            List<FittedBody> tensors = fit(Storage.TENSORS, people, new FitSettings(steps, false));
            for (int b = 0; b < people.size(); b++) {
                FittedBody expected = arrays.get(b);
                FittedBody actual = tensors.get(b);
                // Rounding may take the last step over the tolerance or not.
                assertThat(actual.quality().steps())
                        .isCloseTo(expected.quality().steps(), within(1));
                assertThat(actual.quality().initialEnergy())
                        .isCloseTo(
                                expected.quality().initialEnergy(),
                                within(1e-4 * expected.quality().initialEnergy()));
                assertThat(actual.quality().energy())
                        .isCloseTo(
                                expected.quality().energy(),
                                within(1e-3 * expected.quality().energy()));
                assertThat(meanDistance(actual, expected)).as("person %d", b).isLessThan(TOLERANCE);
                assertThat(actual.reprojectionError()).isCloseTo(expected.reprojectionError(), within(1e-4));
            }
        }
    }

    @Test
    void trajectoriesAreEqual() {
        List<FitProblem> people = people(3);
        List<FittedBody> arrays = fit(Storage.ARRAYS, people, new FitSettings(3, true));
        List<FittedBody> tensors = fit(Storage.TENSORS, people, new FitSettings(3, true));
        for (int b = 0; b < people.size(); b++) {
            List<FittedBody.Iterate> expected = arrays.get(b).quality().trajectory();
            List<FittedBody.Iterate> actual = tensors.get(b).quality().trajectory();
            assertThat(actual).hasSameSizeAs(expected).hasSize(4);
            for (int k = 0; k < 4; k++) {
                assertThat(actual.get(k).energy())
                        .isCloseTo(
                                expected.get(k).energy(),
                                within(1e-3 * expected.get(k).energy()));
                assertThat(actual.get(k).pose()).containsExactly(expected.get(k).pose(), within(5e-3f));
            }
            assertThat(actual.get(0).stepLength()).isZero();
            assertThat(actual.get(3).pose()).containsExactly(tensors.get(b).pose());
        }
    }

    @Test
    void theProvenanceNamesTheStorage() {
        for (Storage storage : Storage.values()) {
            DefaultBodyFitter forced = fitter.withStorage(Optional.of(storage));
            forced.fit(people(1), new FitSettings(1, false), item -> false);
            assertThat(forced.provenance().storage()).isEqualTo(storage);
        }
        fitter.fit(people(1), new FitSettings(1, false), item -> false);
        assertThat(fitter.provenance().storage()).isEqualTo(Storage.ARRAYS);
    }

    /** Layouts differ in the slots they fill: on tensors only those in use are computed. */
    @Test
    void layoutsMayBeMixed() {
        List<FitProblem> mixed = new ArrayList<>();
        for (KeypointLayout layout : KeypointLayout.values()) {
            mixed.add(SamplePerson.WALKING.problem(body, layout));
        }
        List<FittedBody> arrays = fit(Storage.ARRAYS, mixed, new FitSettings(8, false));
        List<FittedBody> tensors = fit(Storage.TENSORS, mixed, new FitSettings(8, false));
        for (int b = 0; b < mixed.size(); b++) {
            assertThat(meanDistance(tensors.get(b), arrays.get(b))).isLessThan(TOLERANCE);
        }
    }

    /** Also one that is cancelled before the first step: the others keep their own start. */
    @Test
    void aCancelledPersonStopsAlone() {
        FitSettings settings = new FitSettings(8, false);
        for (Storage storage : Storage.values()) {
            List<FittedBody> undisturbed = fit(storage, people(3), settings);
            List<FittedBody> bodies =
                    fitter.withStorage(Optional.of(storage)).fit(people(3), settings, item -> item == 1);
            assertThat(bodies.get(1).quality().steps()).isZero();
            for (int b : new int[] {0, 2}) {
                assertThat(bodies.get(b).quality().steps())
                        .isEqualTo(undisturbed.get(b).quality().steps());
                assertThat(meanDistance(bodies.get(b), undisturbed.get(b))).isLessThan(TOLERANCE);
            }
        }
    }

    private List<FittedBody> fit(Storage storage, List<FitProblem> people, FitSettings settings) {
        return fitter.withStorage(Optional.of(storage)).fit(people, settings, item -> false);
    }

    /** The sample people with noise of two pixels, and some keypoints missing. */
    private List<FitProblem> people(int count) {
        SplittableRandom random = new SplittableRandom(19);
        List<FitProblem> people = new ArrayList<>();
        List<FitProblem> known = SamplePerson.problems(body, KeypointLayout.BODY_25);
        for (int b = 0; b < count; b++) {
            FitProblem person = known.get(b % known.size());
            double[] keypoints = person.keypoints().clone();
            for (int k = 0; k < keypoints.length; k += 3) {
                keypoints[k] += 2 * random.nextGaussian();
                keypoints[k + 1] += 2 * random.nextGaussian();
                keypoints[k + 2] = random.nextDouble() < 0.1 ? 0 : 1;
            }
            people.add(new FitProblem(person.layout(), keypoints, person.camera()));
        }
        return people;
    }

    private static double meanDistance(FittedBody a, FittedBody b) {
        double sum = 0;
        int joints = a.joints3d().length / 3;
        for (int j = 0; j < joints; j++) {
            double squared = 0;
            for (int i = 0; i < 3; i++) {
                double difference = a.joints3d()[3 * j + i] - b.joints3d()[3 * j + i];
                squared += difference * difference;
            }
            sum += Math.sqrt(squared) / joints;
        }
        return sum;
    }
}
