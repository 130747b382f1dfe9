package dev.secant.problems;

import ai.djl.ndarray.NDArray;
import dev.secant.optimizer.ArrayObjective;
import dev.secant.tensor.ValueAndGradient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One quadratic an item, computed on the JVM in double precision. */
public record QuadraticBatch(List<Quadratic> quadratics) implements ArrayObjective, GradientGraph {

    public QuadraticBatch {
        quadratics = List.copyOf(quadratics);
    }

    @Override
    public int dimension() {
        return quadratics.get(0).linear().length;
    }

    @Override
    public double evaluate(int item, double[] x, double[] gradient) {
        Quadratic quadratic = quadratics.get(item);
        double[] product = quadratic.times(x);
        double value = 0;
        for (int j = 0; j < x.length; j++) {
            value += (0.5 * product[j] + quadratic.linear()[j]) * x[j];
            gradient[j] = product[j] + quadratic.linear()[j];
        }
        return value;
    }

    @Override
    public ValueAndGradient evaluate(NDArray x) {
        double[][] products = products(x);
        double[] points = ProblemSet.doubles(x);
        int n = dimension();
        double[] values = new double[quadratics.size()];
        double[] gradients = new double[values.length * n];
        for (int b = 0; b < values.length; b++) {
            double[] linear = quadratics.get(b).linear();
            for (int j = 0; j < n; j++) {
                values[b] += (0.5 * products[b][j] + linear[j]) * points[b * n + j];
                gradients[b * n + j] = products[b][j] + linear[j];
            }
        }
        return new ValueAndGradient(
                ProblemSet.arrayOf(values, x.getDataType(), x.getManager(), values.length),
                ProblemSet.arrayOf(gradients, x.getDataType(), x.getManager(), values.length, n));
    }

    @Override
    public NDArray hessianVectorProduct(NDArray x, NDArray direction) {
        double[] flat = Arrays.stream(products(direction))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return ProblemSet.arrayOf(flat, x.getDataType(), x.getManager(), quadratics.size(), dimension());
    }

    @Override
    public NDArray gradientGraph(NDArray x) {
        int n = dimension();
        double[] hessians = quadratics.stream()
                .flatMap(quadratic -> Arrays.stream(quadratic.hessian()))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] linear = quadratics.stream()
                .flatMapToDouble(quadratic -> Arrays.stream(quadratic.linear()))
                .toArray();
        NDArray matrices = ProblemSet.arrayOf(hessians, x.getDataType(), x.getManager(), quadratics.size(), n, n);
        return matrices.batchMatMul(x.expandDims(2))
                .squeeze(2)
                .add(ProblemSet.arrayOf(linear, x.getDataType(), x.getManager(), quadratics.size(), n));
    }

    @Override
    public QuadraticBatch select(int[] rows) {
        return new QuadraticBatch(IntStream.of(rows).mapToObj(quadratics::get).toList());
    }

    /** {@code H_b x_b}. */
    private double[][] products(NDArray x) {
        double[] points = ProblemSet.doubles(x);
        int n = dimension();
        if (points.length != quadratics.size() * n) {
            throw new IllegalArgumentException("The points %s must have the shape [%d, %d] of their quadratics."
                    .formatted(x.getShape(), quadratics.size(), n));
        }
        double[][] products = new double[quadratics.size()][];
        for (int b = 0; b < products.length; b++) {
            products[b] = quadratics.get(b).times(Arrays.copyOfRange(points, b * n, (b + 1) * n));
        }
        return products;
    }
}
