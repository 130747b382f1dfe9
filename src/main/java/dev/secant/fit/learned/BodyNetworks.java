package dev.secant.fit.learned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.PointRig;
import dev.secant.checkpoint.Checkpoint;
import dev.secant.checkpoint.CheckpointException;
import dev.secant.fit.FitBatch;
import dev.secant.fit.FitJacobian;
import dev.secant.fit.InitializerNetwork;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.ModelHessian;
import dev.secant.fit.Observations;
import dev.secant.fit.RefinerNetwork;
import dev.secant.fit.arrays.ArrayNetworks;
import dev.secant.fit.tensors.TensorFitBatch;
import dev.secant.fit.tensors.TensorFitEnergy;
import dev.secant.fit.tensors.TensorModelHessian;
import dev.secant.linalg.Factorization;
import dev.secant.optimizer.Storage;
import dev.secant.optimizer.amortized.AmortizedSr1;
import dev.secant.tensor.Autograd;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a body checkpoint holds: the network that guesses a body, and the network that says how far off the guess may be and how the
 * fit energy curves there.
 */
// Scopes work by being open, unnamed in the code below them.
@SuppressWarnings("try")
public final class BodyNetworks {

    /** People up to whom arrays are faster on the CPU: {@code bench storages} prints both. */
    public static final int LARGEST_BATCH_ON_ARRAYS = 1024;

    /** The preset of checkpoints that hold them. */
    public static final String PRESET = "body-fit";

    private final InitializerNetwork initializer;
    private final RefinerNetwork refiner;
    private final Function<String, NDArray> weights;
    private final int memory;
    private final PointRig rig;
    private final int[] slots = KeypointCatalogue.initializerSlots();
    private final SlotModels slotModels;
    private @Nullable ArrayNetworks onArrays;

    /** Brings guesses to another body than the networks were trained on; null if they were trained on this one. */
    private @Nullable BodyTransfer transfer;

    /**
     * How large they are.
     *
     * @param width of the initialiser
     * @param blocks of the initialiser
     * @param refinerWidth of the refiner
     * @param memory corrections that the optimizer keeps, L
     */
    public record Sizes(int width, int blocks, int refinerWidth, int memory) {

        /** The shipped checkpoint's. */
        public static final Sizes DEFAULT = new Sizes(512, 3, 256, 16);

        /** As a manifest's settings. */
        public Map<String, Object> settings() {
            return Map.of("width", width, "blocks", blocks, "refinerWidth", refinerWidth, "memory", memory);
        }

        static Sizes of(Checkpoint checkpoint) {
            Function<String, Integer> number =
                    name -> (int) checkpoint.manifest().number(name);
            return new Sizes(
                    number.apply("width"),
                    number.apply("blocks"),
                    number.apply("refinerWidth"),
                    number.apply("memory"));
        }
    }

    /** Networks whose weights someone else holds. */
    public BodyNetworks(Sizes sizes, BodyModel body, Function<String, NDArray> weights) {
        this.initializer =
                new InitializerNetwork(slots.length, sizes.width, sizes.blocks, body.jointCount(), body.shapeCount());
        this.refiner = new RefinerNetwork(
                initializer.inputs() + initializer.outputs(),
                sizes.refinerWidth,
                FitBatch.variables(body.jointCount(), body.shapeCount()),
                KeypointCatalogue.all().size());
        this.weights = weights;
        this.memory = sizes.memory;
        this.rig = PointRig.compile(body, KeypointCatalogue.all());
        this.slotModels = new SlotModels(body);
    }

    /**
     * The networks of a checkpoint, on the device of a manager. Guesses are brought to the body if the checkpoint was trained on
     * another ({@link BodyTransfer}).
     *
     * @throws CheckpointException if the checkpoint does not fit this body's joints and betas
     */
    public static BodyNetworks of(Checkpoint checkpoint, BodyModel body, NDManager manager) {
        if (!checkpoint.manifest().preset().equals(PRESET)) {
            throw new CheckpointException("The checkpoint (%s) has the preset (%s), but a body fit needs (%s)."
                    .formatted(checkpoint.id(), checkpoint.manifest().preset(), PRESET));
        }
        Map<String, NDArray> arrays = new HashMap<>();
        BodyNetworks networks = new BodyNetworks(Sizes.of(checkpoint), body, name -> {
            NDArray array = arrays.get(name);
            if (array == null) {
                throw new CheckpointException(
                        "The checkpoint (%s) has no tensor (%s).".formatted(checkpoint.id(), name));
            }
            return array;
        });
        networks.initialWeights(0).forEach((name, expected) -> {
            FloatTensor tensor = checkpoint.tensor(name);
            if (!Arrays.equals(tensor.shape(), expected.shape())) {
                throw new CheckpointException(
                        "The tensor (%s) of the checkpoint (%s) has the shape %s, but %s is needed."
                                .formatted(
                                        name, checkpoint.id(), new Shape(tensor.shape()), new Shape(expected.shape())));
            }
            arrays.put(name, tensor.on(manager));
        });
        networks.onArrays = new ArrayNetworks(networks.initializer, networks.refiner, name -> checkpoint
                .tensor(name)
                .values());
        networks.transfer = transfer(checkpoint, body);
        return networks;
    }

    private static @Nullable BodyTransfer transfer(Checkpoint checkpoint, BodyModel body) {
        Object trainedOn = checkpoint.manifest().settings().get("bodyDigest");
        if (trainedOn == null || trainedOn.equals(body.digest())) {
            return null;
        }
        BodyModel bundled = BodyModels.defaultBody();
        return trainedOn.equals(bundled.digest()) ? new BodyTransfer(bundled, body) : new BodyTransfer(body);
    }

    /** Random weights of both networks. */
    public Map<String, FloatTensor> initialWeights(long seed) {
        Map<String, FloatTensor> all = new LinkedHashMap<>(initializer.initialWeights(seed));
        all.putAll(refiner.initialWeights(seed + 1));
        return all;
    }

    /** The guessing network. */
    public InitializerNetwork initializer() {
        return initializer;
    }

    /** The refining network. */
    public RefinerNetwork refiner() {
        return refiner;
    }

    /** Corrections that the optimizer keeps, L. */
    public int memory() {
        return memory;
    }

    /** The initialiser's input for people, {@code [B, inputs]}. */
    public NDArray input(Observations observations, NDManager manager) {
        return Tensors.of(
                manager, initializer.input(observations, slots), new Shape(observations.size(), initializer.inputs()));
    }

    /** The guesses that an output of the initialiser means, as a batch with unit deviations. */
    public FitBatch guesses(Observations observations, NDArray output) {
        NDArray boxes = Tensors.of(output.getManager(), observations.boxes(), new Shape(observations.size(), 3));
        InitializerNetwork.Guess guess = initializer.decode(output, boxes);
        float[] unit = new float[observations.size() * FitBatch.variables(initializer.joints(), initializer.betas())];
        Arrays.fill(unit, 1);
        return new FitBatch(
                observations,
                guess.rotations().transpose(1, 0, 2, 3).toFloatArray(),
                guess.betas().toFloatArray(),
                guess.translation().toFloatArray(),
                unit);
    }

    /**
     * Where to start for some observations.
     *
     * @param manager computes on its device, and owns what a start on tensors holds
     * @param storage where the batch is to be refined
     */
    public FitStart start(Observations observations, NDManager manager, Storage storage) {
        return storage == Storage.ARRAYS
                ? startOnArrays(observations)
                : Autograd.withGraph(false, () -> startOnTensors(observations, manager));
    }

    /**
     * The initial estimates of people, on the JVM, whitened by the deviations that are predicted for them; nothing is refined.
     */
    public FitBatch estimate(Observations observations) {
        return guessed(onArrays().estimate(observations, slots));
    }

    private FitBatch guessed(ArrayNetworks.Estimate estimate) {
        return transfer == null ? estimate.batch() : transfer.of(estimate.batch());
    }

    /**
     * Where to start for some observations, on plain arrays. The networks of a checkpoint call no engine here, and any number of threads may
     * use them at a time; weights that someone else holds are read from their tensors first.
     */
    public FitStart startOnArrays(Observations observations) {
        ArrayNetworks.Estimate estimate = onArrays().estimate(observations, slots);
        FitBatch batch = guessed(estimate);
        FitJacobian jacobians = new FitJacobian(rig, batch);
        List<Factorization> factors = new ArrayList<>(batch.size());
        for (int b = 0; b < batch.size(); b++) {
            factors.add(new ModelHessian(jacobians.at(b), estimate.lambda()[b], estimate.omega()[b]).factor());
        }
        return new ArrayFitStart(rig, batch, new AmortizedSr1(factors, memory));
    }

    /** Weights that someone else holds may have changed since they were read last. */
    private ArrayNetworks onArrays() {
        return onArrays != null
                ? onArrays
                : new ArrayNetworks(
                        initializer, refiner, name -> weights.apply(name).toFloatArray());
    }

    /** One upload, and no read-back. */
    private FitStart startOnTensors(Observations observations, NDManager manager) {
        SlotModels.Slots inUse =
                slotModels.of(observations, weights.apply("in.bias").getManager());
        try (MemoryScope scope = MemoryScope.open()) {
            DeviceObservations device =
                    DeviceObservations.of(observations, inUse.slots(), initializer.input(observations, slots), manager);
            NDArray output = initializer.forward(weights, device.input());
            InitializerNetwork.Guess guess = initializer.decode(output, device.boxes());
            RefinerNetwork.Prediction predicted = refiner.predict(weights, device.input(), output);
            TensorFitBatch batch = transfer == null
                    ? device.batch(guess, predicted.deviations())
                    : device.batch(transfer.of(guess), transfer.deviations(predicted.deviations()));
            TensorFitEnergy energy = new TensorFitEnergy(inUse.model(), batch);
            NDArray omega = predicted.omega().get(inUse.columns());
            TensorModelHessian inverse = TensorModelHessian.of(energy, predicted.lambda(), omega);
            batch.ownedBy(manager);
            return new TensorFitStart(observations, energy, new AmortizedSr1(inverse.ownedBy(manager), memory));
        }
    }

    /** The model Hessians that a prediction means for a batch whitened by its deviations. */
    public List<ModelHessian> models(FitBatch batch, RefinerNetwork.Prediction predicted) {
        FitJacobian jacobians = new FitJacobian(rig, batch);
        int n = batch.variables();
        int slots = jacobians.slots();
        float[] lambda = predicted.lambda().toFloatArray();
        float[] omega = predicted.omega().toFloatArray();
        List<ModelHessian> models = new ArrayList<>(batch.size());
        for (int b = 0; b < batch.size(); b++) {
            models.add(new ModelHessian(
                    jacobians.at(b),
                    Arrays.copyOfRange(lambda, b * n, (b + 1) * n),
                    Arrays.copyOfRange(omega, b * slots, (b + 1) * slots)));
        }
        return models;
    }
}
