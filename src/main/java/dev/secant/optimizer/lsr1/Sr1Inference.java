package dev.secant.optimizer.lsr1;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.tensor.FloatTensor;
import dev.secant.tensor.MemoryScope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trained {@link Sr1Networks} at work: folded, and run on a block of coordinates after the other, so that the hidden layers stay in the cache
 * and take the same memory whatever the batch and the dimension.
 */
final class Sr1Inference {

    /** Coordinates at once on the CPU; an accelerator wants more. */
    private static final int CPU_BLOCK = 1024;

    private static final int ACCELERATOR_BLOCK = 1 << 17;

    private final FoldedNetwork encoder;
    private final FoldedNetwork vectorGenerator;
    private final FoldedNetwork rateGenerator;
    private final FrozenWeights folded;

    Sr1Inference(Sr1Networks networks, Map<String, FloatTensor> weights) {
        this.encoder = FoldedNetwork.of(networks.encoder(), weights);
        this.vectorGenerator = FoldedNetwork.of(networks.vectorGenerator(), weights);
        this.rateGenerator = FoldedNetwork.of(networks.rateGenerator(), weights);
        Map<String, FloatTensor> all = new LinkedHashMap<>();
        for (FoldedNetwork network : new FoldedNetwork[] {encoder, vectorGenerator, rateGenerator}) {
            all.putAll(network.fold(weights));
        }
        this.folded = new FrozenWeights(all);
    }

    /** On a device. */
    Sr1Networks.Generator on(Device device) {
        Map<String, NDArray> weights = folded.on(device);
        int block = device.isGpu() ? ACCELERATOR_BLOCK : CPU_BLOCK;
        return features -> generate(features, weights, block);
    }

    private Sr1Networks.Generated generate(NDArray features, Map<String, NDArray> weights, int block) {
        long rows = features.getShape().get(0);
        if (rows <= block) {
            return generate(features, weights);
        }
        NDList vectors = new NDList();
        NDList rates = new NDList();
        for (long from = 0; from < rows; from += block) {
            NDIndex some = new NDIndex("%d:%d".formatted(from, Math.min(rows, from + block)));
            try (MemoryScope scope = MemoryScope.open()) {
                Sr1Networks.Generated generated = generate(features.get(some), weights);
                vectors.add(scope.keep(generated.vector()));
                rates.add(scope.keep(generated.rate()));
            }
        }
        return new Sr1Networks.Generated(NDArrays.concat(vectors), NDArrays.concat(rates));
    }

    private Sr1Networks.Generated generate(NDArray features, Map<String, NDArray> weights) {
        NDArray latent = encoder.apply(features, weights);
        return new Sr1Networks.Generated(vectorGenerator.apply(latent, weights), rateGenerator.apply(latent, weights));
    }
}
