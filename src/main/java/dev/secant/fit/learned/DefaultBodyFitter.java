package dev.secant.fit.learned;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.secant.body.BodyModel;
import dev.secant.body.SmplJoint;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.BodyEstimator;
import dev.secant.fit.BodyFitter;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitProblem;
import dev.secant.fit.FitProvenance;
import dev.secant.fit.FitSettings;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import dev.secant.fit.Upright;
import dev.secant.optimizer.Execution;
import dev.secant.optimizer.Observer;
import dev.secant.optimizer.Optimum;
import dev.secant.optimizer.Points;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.StorageChoice;
import dev.secant.optimizer.amortized.AmortizedSr1;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fitter: a network guesses the body, L-SR1 started by a second network refines it on the fit energy.
 *
 * <p>{@link StorageChoice} decides where a batch is refined: on an accelerator and for many people on tensors, from the upload of the
 * observations to the read-back of the bodies; else on plain arrays, on all cores.
 *
 * <p>Loads its checkpoint on first use, on the thread that fits. For one thread.
 */
// Scopes work by being open, unnamed in the code below them.
@SuppressWarnings("try")
public final class DefaultBodyFitter implements BodyFitter, BodyEstimator {

    /** People that are fitted together on one core: enough to share the reading of the networks' weights. */
    private static final int PART = 32;

    private final BodyModel body;
    private final CheckpointRegistry checkpoints;
    private final String reference;
    private final Execution execution;
    private final PointRig rig;
    private @Nullable Loaded loaded;
    private @Nullable FitProvenance provenance;

    /**
     * A checkpoint on the device.
     *
     * @param manager owns its arrays
     */
    private record Loaded(Checkpoint checkpoint, BodyNetworks networks, FitDecoder decoder, NDManager manager) {}

    /** A fitter on the CPU. */
    public DefaultBodyFitter(BodyModel body, CheckpointRegistry checkpoints, String reference) {
        this(body, checkpoints, reference, Device.cpu());
    }

    /**
     * A fitter.
     *
     * @param reference the checkpoint, for example {@code body@stable}
     * @param device where the networks run, and all else that is on tensors
     */
    public DefaultBodyFitter(BodyModel body, CheckpointRegistry checkpoints, String reference, Device device) {
        this(body, checkpoints, reference, Execution.on(device));
    }

    private DefaultBodyFitter(BodyModel body, CheckpointRegistry checkpoints, String reference, Execution execution) {
        this.body = body;
        this.checkpoints = checkpoints;
        this.reference = reference;
        this.execution = execution;
        List<PointDefinition> points = Stream.concat(
                        KeypointCatalogue.all().stream(),
                        Stream.of(SmplJoint.values()).map(PointDefinition::of))
                .toList();
        this.rig = PointRig.compile(body, points);
    }

    /** The same fitter, nothing loaded yet, with a storage forced; empty leaves it to {@link StorageChoice}. */
    public DefaultBodyFitter withStorage(Optional<Storage> storage) {
        return new DefaultBodyFitter(
                body, checkpoints, reference, storage.map(execution::with).orElse(execution));
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
        Loaded current = load();
        Storage storage = StorageChoice.upTo(BodyNetworks.LARGEST_BATCH_ON_ARRAYS, problems.size(), execution);
        provenance = provenance(current, storage);
        Wanted wanted = new Wanted(problems, settings, cancelled);
        return storage == Storage.ARRAYS ? onArrays(current, wanted) : onTensors(current, wanted);
    }

    /** What is asked of a fit. */
    private record Wanted(List<FitProblem> problems, FitSettings settings, IntPredicate cancelled) {

        int size() {
            return problems.size();
        }

        /** The people from one on, so many or fewer. */
        Wanted part(int from, int size) {
            List<FitProblem> some = problems.subList(from, Math.min(from + size, size()));
            return new Wanted(some, settings, person -> cancelled.test(from + person));
        }
    }

    /** In parts, on all cores: on arrays nobody's numbers depend on who shares a batch, and nothing calls the engine. */
    private List<FittedBody> onArrays(Loaded current, Wanted wanted) {
        int parts = (wanted.size() + PART - 1) / PART;
        if (parts == 1) {
            return refined(current, wanted, current.networks::startOnArrays);
        }
        return IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> refined(current, wanted.part(part * PART, PART), current.networks::startOnArrays))
                .flatMap(List::stream)
                .toList();
    }

    private List<FittedBody> onTensors(Loaded current, Wanted wanted) {
        try (MemoryScope scope = MemoryScope.open();
                NDManager run = current.manager.newSubManager()) {
            return refined(current, wanted, observations -> current.networks.start(observations, run, Storage.TENSORS));
        }
    }

    private List<FittedBody> refined(Loaded current, Wanted wanted, Function<Observations, FitStart> starts) {
        Observations observations = Observations.of(wanted.problems);
        Upright upright = Upright.of(observations);
        FitStart start = starts.apply(upright.apply(observations));
        if (wanted.settings.steps() == 0) {
            PosedPeople people = current.decoder.decode(start, start.zero()).turnedBack(upright, body.skeleton());
            return new FittedBodies(wanted.problems, people).atGuess(start.initialEnergies());
        }
        List<PosedPeople> iterates = new ArrayList<>();
        Observer observer = new Observer() {
            @Override
            public void onStep(int step, Points x) {
                if (wanted.settings.trajectory()) {
                    iterates.add(current.decoder.decode(start, x).turnedBack(upright, body.skeleton()));
                }
            }

            @Override
            public boolean isCancelled(int item) {
                return wanted.cancelled.test(item);
            }
        };
        Execution where = execution.with(start.optimizer().initial().storage());
        Optimum optimum =
                start.optimizer().minimize(start.energy(), start.zero(), where, wanted.settings.stopRule(), observer);
        PosedPeople people = current.decoder.decode(start, optimum.x()).turnedBack(upright, body.skeleton());
        return new FittedBodies(wanted.problems, people).refined(optimum.items(), iterates);
    }

    @Override
    public FitBatch estimate(Observations observations) {
        Loaded current = load();
        provenance = provenance(current, Storage.ARRAYS);
        Upright upright = Upright.of(observations);
        return upright.turnBack(current.networks.estimate(upright.apply(observations)), observations, body.skeleton());
    }

    private Loaded load() {
        Checkpoint checkpoint = checkpoints.get(reference);
        Loaded current = loaded;
        if (current == null || !weights(current.checkpoint).equals(weights(checkpoint))) {
            NDManager manager = TensorRuntime.get().newManager(execution.device());
            BodyNetworks networks = BodyNetworks.of(checkpoint, body, manager);
            Loaded next = new Loaded(checkpoint, networks, new FitDecoder(rig, manager), manager);
            if (current != null) {
                current.manager.close();
            }
            loaded = next;
            return next;
        }
        return current;
    }

    private static String weights(Checkpoint checkpoint) {
        return checkpoint.manifest().weightsSha256();
    }

    private FitProvenance provenance(Loaded current, Storage storage) {
        return new FitProvenance(
                current.checkpoint.id(), weights(current.checkpoint), body.digest(), AmortizedSr1.NAME, storage);
    }
}
