package dev.secant.fit;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointKinematics;
import dev.secant.body.kinematics.PointRig;
import dev.secant.body.kinematics.Rotations;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.StopRule;
import dev.secant.optimizer.Termination;
import dev.secant.optimizer.amortized.AmortizedSr1;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fitter: a network guesses the body, L-SR1 started by a second network refines it on the fit energy.
 *
 * <p>Loads its checkpoint on first use, on the thread that fits. For one thread.
 */
// Scopes work by being open, unnamed in the code below them.
@SuppressWarnings("try")
public final class DefaultBodyFitter implements BodyFitter {

    private final BodyModel body;
    private final CheckpointRegistry checkpoints;
    private final String reference;
    private final Device device;
    private final PointRig rig;
    private @Nullable BodyNetworks networks;
    private @Nullable NDManager manager;
    private @Nullable FitProvenance provenance;

    /** A fitter on the CPU. */
    public DefaultBodyFitter(BodyModel body, CheckpointRegistry checkpoints, String reference) {
        this(body, checkpoints, reference, Device.cpu());
    }

    /**
     * A fitter.
     *
     * @param reference the checkpoint, for example {@code body@stable}
     * @param device where the networks and the optimizer run; the energy is evaluated on plain arrays on the CPU
     */
    public DefaultBodyFitter(BodyModel body, CheckpointRegistry checkpoints, String reference, Device device) {
        this.body = body;
        this.checkpoints = checkpoints;
        this.reference = reference;
        this.device = device;
        List<PointDefinition> points = Stream.concat(
                        KeypointCatalogue.all().stream(),
                        Stream.of(SmplJoint.values()).map(PointDefinition::of))
                .toList();
        this.rig = PointRig.compile(body, points);
    }

    @Override
    public FitProvenance provenance() {
        if (provenance == null) {
            throw new IllegalStateException("The fitter has not loaded its checkpoint.");
        }
        return provenance;
    }

    @Override
    public List<FittedBody> fit(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {
        BodyNetworks current = networks();
        try (MemoryScope scope = MemoryScope.open();
                NDManager run = manager().newSubManager()) {
            BodyNetworks.Start start = current.start(Observations.of(problems), run);
            FitBatch batch = start.batch();
            TreeFitEnergy energy = new TreeFitEnergy(rig, batch);
            Points zero = Points.of(new double[batch.size()][batch.variables()], DataType.FLOAT32);
            if (settings.steps() == 0) {
                return bodies(problems, batch, zero.floats(), List.of(), settings, List.of(), energy);
            }
            List<float[]> iterates = new ArrayList<>();
            Observer observer = observer(settings, cancelled, iterates);
            StopRule rule = StopRule.steps(settings.steps());
            Optimum optimum = start.optimizer().minimize(energy, zero, Execution.on(device), rule, observer);
            return bodies(problems, batch, optimum.x().floats(), optimum.items(), settings, iterates, energy);
        }
    }

    private static Observer observer(FitSettings settings, IntPredicate cancelled, List<float[]> iterates) {
        return new Observer() {
            @Override
            public void onStep(int step, Points x) {
                if (settings.trajectory()) {
                    iterates.add(x.floats());
                }
            }

            @Override
            public boolean isCancelled(int item) {
                return cancelled.test(item);
            }
        };
    }

    private BodyNetworks networks() {
        Checkpoint checkpoint = checkpoints.get(reference);
        String weights = checkpoint.manifest().weightsSha256();
        BodyNetworks current = networks;
        if (current == null || provenance == null || !provenance.weightsSha256().equals(weights)) {
            NDManager next = TensorRuntime.get().newManager(device);
            current = BodyNetworks.of(checkpoint, body, next);
            if (manager != null) {
                manager.close();
            }
            manager = next;
            networks = current;
            provenance = new FitProvenance(checkpoint.id(), weights, body.digest(), AmortizedSr1.NAME);
        }
        return current;
    }

    private NDManager manager() {
        if (manager == null) {
            throw new IllegalStateException("The fitter has not loaded its checkpoint.");
        }
        return manager;
    }

    private List<FittedBody> bodies(
            List<FitProblem> problems,
            FitBatch batch,
            float[] u,
            List<Optimum.Outcome> outcomes,
            FitSettings settings,
            List<float[]> iterates,
            TreeFitEnergy energy) {
        FitVariables variables = new FitVariables(batch);
        PointKinematics kinematics = new PointKinematics(rig);
        int n = batch.variables();
        float[] ignored = new float[n];
        List<FittedBody> bodies = new ArrayList<>();
        for (int b = 0; b < problems.size(); b++) {
            double initial = energy.evaluate(b, new float[n], 0, ignored, 0);
            FittedBody.Quality quality = outcomes.isEmpty()
                    ? new FittedBody.Quality(initial, initial, 0, 1, 0, Termination.MAX_STEPS, List.of())
                    : quality(batch, variables, b, initial, outcomes.get(b), settings, iterates);
            variables.decode(b, u, b * n);
            kinematics.forward(variables.rotations(), variables.betas());
            bodies.add(body(problems.get(b), variables, kinematics.points(), quality));
        }
        return bodies;
    }

    private static FittedBody.Quality quality(
            FitBatch batch,
            FitVariables variables,
            int item,
            double initial,
            Optimum.Outcome outcome,
            FitSettings settings,
            List<float[]> iterates) {
        List<FittedBody.Iterate> trajectory = new ArrayList<>();
        for (int k = 0; settings.trajectory() && k <= outcome.steps() && k < iterates.size(); k++) {
            variables.decode(item, iterates.get(k), item * batch.variables());
            trajectory.add(new FittedBody.Iterate(
                    k,
                    outcome.values()[k],
                    outcome.gradientNorms()[k],
                    outcome.stepLengths()[k],
                    pose(variables),
                    variables.betas().clone(),
                    variables.translation().clone()));
        }
        return new FittedBody.Quality(
                outcome.value(),
                initial,
                outcome.steps(),
                outcome.evaluations(),
                outcome.safeguarded(),
                outcome.termination(),
                trajectory);
    }

    private static float[] pose(FitVariables variables) {
        float[] rotations = variables.rotations();
        float[] pose = new float[rotations.length / 3];
        for (int j = 0; j < rotations.length / 9; j++) {
            Rotations.log(rotations, 9 * j, pose, 3 * j);
        }
        return pose;
    }

    private static FittedBody body(
            FitProblem problem, FitVariables variables, float[] points, FittedBody.Quality quality) {
        int slots = KeypointCatalogue.all().size();
        float[] camera = new float[points.length];
        float[] pixels = new float[points.length / 3 * 2];
        for (int i = 0; i < points.length / 3; i++) {
            for (int axis = 0; axis < 3; axis++) {
                camera[3 * i + axis] = points[3 * i + axis] + variables.translation()[axis];
            }
            float z = Math.max(camera[3 * i + 2], FitEnergy.NEAREST);
            pixels[2 * i] = (float) (problem.camera().focalX() * camera[3 * i] / z
                    + problem.camera().centerX());
            pixels[2 * i + 1] = (float) (problem.camera().focalY() * camera[3 * i + 1] / z
                    + problem.camera().centerY());
        }
        int[] slot = KeypointCatalogue.slots(problem.layout());
        float[] keypoints = new float[2 * slot.length];
        float[] residuals = new float[slot.length];
        double error = reprojection(problem, slot, pixels, keypoints, residuals);
        return new FittedBody(
                pose(variables),
                variables.betas().clone(),
                variables.translation().clone(),
                problem.camera(),
                java.util.Arrays.copyOfRange(camera, 3 * slots, camera.length),
                java.util.Arrays.copyOfRange(pixels, 2 * slots, pixels.length),
                keypoints,
                residuals,
                error,
                quality);
    }

    /** Fills keypoints and residuals; returns the mean residual over the person's size. */
    private static double reprojection(
            FitProblem problem, int[] slot, float[] pixels, float[] keypoints, float[] residuals) {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        double sum = 0;
        int seen = 0;
        for (int k = 0; k < slot.length; k++) {
            keypoints[2 * k] = pixels[2 * slot[k]];
            keypoints[2 * k + 1] = pixels[2 * slot[k] + 1];
            double x = problem.keypoints()[3 * k];
            double y = problem.keypoints()[3 * k + 1];
            boolean detected = problem.keypoints()[3 * k + 2] > 0 && Double.isFinite(x) && Double.isFinite(y);
            residuals[k] = detected ? (float) Math.hypot(keypoints[2 * k] - x, keypoints[2 * k + 1] - y) : Float.NaN;
            if (detected) {
                sum += residuals[k];
                seen++;
                box[0] = Math.min(box[0], x);
                box[1] = Math.min(box[1], y);
                box[2] = Math.max(box[2], x);
                box[3] = Math.max(box[3], y);
            }
        }
        double size = Math.max(Math.max(box[2] - box[0], box[3] - box[1]), 1);
        return sum / Math.max(seen, 1) / size;
    }
}
