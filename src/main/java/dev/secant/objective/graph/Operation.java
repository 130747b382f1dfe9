package dev.secant.objective.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What a node does. Two nodes with equal operations and the same inputs are one node.
 *
 * <p>Leaves have no inputs: their tensors are given when an objective is bound.
 */
public sealed interface Operation {

    /** Computes a node of the batch from its inputs. */
    default Batched compute(Batched[] inputs) {
        throw new IllegalStateException("The leaf (%s) is not computed.".formatted(this));
    }

    /** A number known now. */
    record Scalar(double value) implements Operation {}

    /** Numbers known now. */
    record Numbers(List<Double> values) implements Operation {}

    /** {@code first, first + step, ...}. */
    record Sequence(double first, double step) implements Operation {}

    /** The same number everywhere. */
    record Filled(double value) implements Operation {}

    /** The point, {@code [B, n]}. */
    record Variable() implements Operation {}

    /** The direction of a directional derivative, {@code [B, n]}. */
    record Direction() implements Operation {}

    /** What was posted with the formula. */
    record Parameter(String name) implements Operation {}

    /** One function of each element. */
    record Map(Elementwise function) implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            return new Batched(function.compute(inputs[0].array()), inputs[0].perItem());
        }
    }

    /** Negation of conditions. */
    record Not() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            return new Batched(inputs[0].array().logicalNot(), inputs[0].perItem());
        }
    }

    /** One function of two elements. */
    record Combine(Pairwise function) implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            int rank = Math.max(inputs[0].itemRank(), inputs[1].itemRank());
            return new Batched(
                    function.compute(inputs[0].alignedTo(rank), inputs[1].alignedTo(rank)),
                    inputs[0].perItem() || inputs[1].perItem());
        }
    }

    /** {@code where(condition, a, b)}. */
    record Choose() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            int rank = Math.max(inputs[0].itemRank(), Math.max(inputs[1].itemRank(), inputs[2].itemRank()));
            NDArray[] aligned = {inputs[0].alignedTo(rank), inputs[1].alignedTo(rank), inputs[2].alignedTo(rank)};
            Shape shape = broadcast(aligned);
            return new Batched(
                    NDArrays.where(
                            aligned[0].broadcast(shape), aligned[1].broadcast(shape), aligned[2].broadcast(shape)),
                    inputs[0].perItem() || inputs[1].perItem() || inputs[2].perItem());
        }

        private static Shape broadcast(NDArray[] arrays) {
            Shape shape = new Shape();
            for (NDArray array : arrays) {
                Shape other = array.getShape();
                if (other.dimension() > shape.dimension() || other.size() > shape.size()) {
                    shape = other;
                }
            }
            return shape;
        }
    }

    /**
     * One number of many.
     *
     * @param axis 0 or 1 of a matrix; -1 over everything
     */
    record Reduce(Reduction reduction, int axis) implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            Batched input = inputs[0];
            if (axis >= 0) {
                return new Batched(reduction.compute(input.array(), axis + input.offset()), input.perItem());
            }
            return new Batched(reduction.compute(flat(input), input.offset()), input.perItem());
        }

        private static NDArray flat(Batched input) {
            if (input.itemRank() == 1) {
                return input.array();
            }
            return input.perItem()
                    ? input.array().reshape(input.array().getShape().get(0), -1)
                    : input.array().flatten();
        }
    }

    /** Sums so far. */
    record CumulativeSum() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            return new Batched(inputs[0].array().cumSum(inputs[0].offset()), inputs[0].perItem());
        }
    }

    /** {@code a @ b} of vectors and matrices, not both vectors. */
    record MatrixProduct() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            Batched a = inputs[0];
            Batched b = inputs[1];
            return new Batched(product(a, b), a.perItem() || b.perItem());
        }

        private static NDArray product(Batched a, Batched b) {
            if (b.itemRank() == 1) {
                return a.perItem() || !b.perItem()
                        ? a.array().matMul(b.array().expandDims(-1)).squeeze(-1)
                        // One matrix for all items: [B, k] [k, m] is one product instead of B.
                        : b.array().matMul(a.array().transpose());
            }
            if (a.itemRank() == 1) {
                return b.perItem()
                        ? a.array().expandDims(-2).matMul(b.array()).squeeze(-2)
                        : a.array().matMul(b.array());
            }
            return a.array().matMul(b.array());
        }
    }

    /** {@code a_i b_j}. */
    record Outer() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            return new Batched(
                    inputs[0].array().expandDims(-1).mul(inputs[1].array().expandDims(-2)),
                    inputs[0].perItem() || inputs[1].perItem());
        }
    }

    /** Rows become columns. */
    record Transpose() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            int offset = inputs[0].offset();
            return new Batched(inputs[0].array().swapAxes(offset, offset + 1), inputs[0].perItem());
        }
    }

    /** The same numbers, row by row, in another shape. */
    record Reshape(List<Integer> dimensions) implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            int offset = inputs[0].offset();
            long[] shape = new long[dimensions.size() + offset];
            if (offset == 1) {
                shape[0] = inputs[0].array().getShape().get(0);
            }
            for (int i = 0; i < dimensions.size(); i++) {
                shape[i + offset] = dimensions.get(i);
            }
            return new Batched(inputs[0].array().reshape(shape), inputs[0].perItem());
        }
    }

    /** Chosen elements, rows or columns. */
    record Pick(List<Selector> selectors) implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            NDIndex index = new NDIndex();
            if (inputs[0].perItem()) {
                index.addAllDim();
            }
            for (Selector selector : selectors) {
                if (selector.single()) {
                    index.addIndices(selector.lowest());
                } else {
                    index.addSliceDim(selector.lowest(), selector.highest() + 1L, Math.abs(selector.step()));
                }
            }
            NDArray picked = inputs[0].array().get(index);
            return new Batched(flipped(picked, inputs[0].offset()), inputs[0].perItem());
        }

        private NDArray flipped(NDArray picked, int offset) {
            NDArray result = picked;
            int axis = offset;
            for (Selector selector : selectors) {
                if (!selector.single() && selector.step() < 0) {
                    result = result.flip(axis);
                }
                axis += selector.single() ? 0 : 1;
            }
            return result;
        }
    }

    /** Scalars and vectors one after the other, in one vector. */
    record Join() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            NDArray[] parts = new NDArray[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                parts[i] = inputs[i].itemRank() == 0 ? inputs[i].array().expandDims(-1) : inputs[i].array();
            }
            return Batched.joined(inputs, parts, -1);
        }
    }

    /** Vectors as the rows of a matrix. */
    record StackRows() implements Operation {
        @Override
        public Batched compute(Batched[] inputs) {
            NDArray[] parts = new NDArray[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                parts[i] = inputs[i].array().expandDims(-2);
            }
            return Batched.joined(inputs, parts, -2);
        }
    }
}
