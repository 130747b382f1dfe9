package dev.secant.fit.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitProblem;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.Observations;
import dev.secant.fit.SamplePerson;
import dev.secant.optimizer.Storage;
import dev.secant.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The networks on plain arrays give what they give on tensors, with the bundled checkpoint. */
class ArrayNetworksTest {

    private final BodyModel body = BodyModels.defaultBody();

    @Test
    void estimatesAreThoseOfTheTensors() {
        List<FitProblem> people = people(70);
        for (List<FitProblem> some : List.of(people.subList(0, 1), people)) {
            FitBatch arrays = batch(some, Storage.ARRAYS);
            FitBatch tensors = batch(some, Storage.TENSORS);
            // Float32 sums of 512 terms in another order.
            assertThat(arrays.rotations()).containsExactly(tensors.rotations(), within(2e-5f));
            assertThat(arrays.betas()).containsExactly(tensors.betas(), within(2e-5f));
            assertThat(arrays.translations()).containsExactly(tensors.translations(), within(2e-4f));
            for (int i = 0; i < arrays.scales().length; i++) {
                assertThat(arrays.scales()[i]).isCloseTo(tensors.scales()[i], within(1e-4f * tensors.scales()[i]));
            }
        }
    }

    @Test
    void anEstimateDoesNotDependOnTheNeighbours() {
        List<FitProblem> people = people(67);
        FitBatch together = batch(people, Storage.ARRAYS);
        for (int b : new int[] {0, 63, 64, 66}) {
            FitBatch alone = batch(people.subList(b, b + 1), Storage.ARRAYS);
            FitBatch chosen = together.select(new int[] {b});
            assertThat(alone.rotations()).isEqualTo(chosen.rotations());
            assertThat(alone.betas()).isEqualTo(chosen.betas());
            assertThat(alone.translations()).isEqualTo(chosen.translations());
            assertThat(alone.scales()).isEqualTo(chosen.scales());
        }
    }

    private FitBatch batch(List<FitProblem> people, Storage storage) {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            BodyNetworks networks = BodyNetworks.of(CheckpointRegistry.bundled().get("body"), body, manager);
            return networks.start(Observations.of(people), manager, storage).batch();
        }
    }

    /** Of all layouts, with noise, and some keypoints missing. */
    private List<FitProblem> people(int count) {
        SplittableRandom random = new SplittableRandom(23);
        List<FitProblem> people = new ArrayList<>();
        KeypointLayout[] layouts = KeypointLayout.values();
        for (int b = 0; b < count; b++) {
            List<FitProblem> known = SamplePerson.problems(body, layouts[b % layouts.length]);
            FitProblem person = known.get(b % known.size());
            double[] keypoints = person.keypoints().clone();
            for (int k = 0; k < keypoints.length; k += 3) {
                keypoints[k] += 8 * random.nextGaussian();
                keypoints[k + 1] += 8 * random.nextGaussian();
                keypoints[k + 2] = random.nextDouble() < 0.1 ? 0 : random.nextDouble(0.2, 1);
            }
            people.add(new FitProblem(person.layout(), keypoints, person.camera()));
        }
        return people;
    }
}
