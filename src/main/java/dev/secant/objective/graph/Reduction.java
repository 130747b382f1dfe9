package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;

/** Functions of many numbers that give one, along one axis. */
public enum Reduction {
    SUM("sum") {
        @Override
        NDArray compute(NDArray array, int axis) {
            return array.sum(new int[] {axis});
        }
    },
    MEAN("mean") {
        @Override
        NDArray compute(NDArray array, int axis) {
            return array.mean(new int[] {axis});
        }
    },
    PROD("prod") {
        @Override
        NDArray compute(NDArray array, int axis) {
            return array.prod(new int[] {axis});
        }
    },
    MIN("min") {
        @Override
        NDArray compute(NDArray array, int axis) {
            return array.min(new int[] {axis});
        }
    },
    MAX("max") {
        @Override
        NDArray compute(NDArray array, int axis) {
            return array.max(new int[] {axis});
        }
    },
    NORM("norm") {
        @Override
        NDArray compute(NDArray array, int axis) {
            return array.norm(2, new int[] {axis}, false);
        }
    },
    LOGSUMEXP("logsumexp") {
        @Override
        NDArray compute(NDArray array, int axis) {
            // Shifted by the largest, as a constant: the gradient is the softmax, without overflow.
            NDArray shift = array.stopGradient().max(new int[] {axis}, true);
            return array.sub(shift).exp().sum(new int[] {axis}).log().add(shift.squeeze(axis));
        }
    };

    private final String written;

    Reduction(String written) {
        this.written = written;
    }

    /** The name in a formula. */
    String written() {
        return written;
    }

    abstract NDArray compute(NDArray array, int axis);
}
