package dev.secant.training.body;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.secant.body.kinematics.PointRig;
import dev.secant.evaluation.body.BodyEvaluation;
import dev.secant.fit.learned.BodyNetworks;
import dev.secant.fit.learned.FitStart;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.quasinewton.Lbfgs;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.MemoryScope;
import dev.secant.training.Parameters;
import java.util.List;
import java.util.Map;

/** Trains the refiner on the initialiser's guesses. Measured by the error and the energy after the refinement. */
@SuppressWarnings("try")
class RefinerStage extends BodyStage {

    private static final String LEARNED = "lsr1_8";
    private static final String PEER = "lbfgs_20";

    private final BodyNetworks networks;
    private final PointRig rig;
    private final BodySamples validation;
    private final NDManager manager;
    private Parameters all;
    private RefinerTraining training;

    @SuppressWarnings("NullAway.Init") // Set by begin, before the first step.
    RefinerStage(BodyNetworks networks, PointRig rig, BodySamples validation, BodySampler sampler, NDManager manager) {
        super(sampler);
        this.networks = networks;
        this.rig = rig;
        this.validation = validation;
        this.manager = manager;
    }

    @Override
    void prepare(Parameters parameters) {
        all = parameters;
        training = new RefinerTraining(networks, all, rig, manager);
    }

    @Override
    public String name() {
        return "refiner";
    }

    @Override
    public final List<String> validationColumns() {
        return List.of("lsr1_8_pa_mm", "lsr1_8_energy", "lbfgs_20_pa_mm", "lbfgs_20_energy", "guess_energy");
    }

    @Override
    public double accumulate(int step) {
        BodySamples samples = draw(step);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray input = networks.input(samples.observations(), manager);
            NDArray output =
                    Autograd.withGraph(false, () -> networks.initializer().forward(all::get, input));
            return training.accumulate(samples, networks.guesses(samples.observations(), output), input, output);
        }
    }

    @Override
    final double[] measure() {
        Map<String, BodyEvaluation.Result> results = new BodyEvaluation(networks, rig, 64, manager, Storage.ARRAYS)
                .run(
                        validation,
                        List.of(
                                new BodyEvaluation.Solver(LEARNED, 8, FitStart::optimizer),
                                new BodyEvaluation.Solver(PEER, 20, start -> new Lbfgs()),
                                new BodyEvaluation.Solver("guess", 0, FitStart::optimizer)));
        return new double[] {
            result(results, LEARNED).procrustes(),
            result(results, LEARNED).energy(),
            result(results, PEER).procrustes(),
            result(results, PEER).energy(),
            result(results, "guess").energy()
        };
    }

    private static BodyEvaluation.Result result(Map<String, BodyEvaluation.Result> results, String name) {
        BodyEvaluation.Result result = results.get(name);
        if (result == null) {
            throw new IllegalStateException("The evaluation has no row (%s).".formatted(name));
        }
        return result;
    }
}
