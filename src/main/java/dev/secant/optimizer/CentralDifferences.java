package dev.secant.optimizer;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.secant.tensor.MemoryScope;

/** Derivatives by central differences of gradients. */
final class CentralDifferences {

    private CentralDifferences() {}

    /** The same for one item on arrays. */
    static void hessianVectorProduct(
            ArrayObjective objective, int item, double[] x, double[] direction, double epsilon, double[] product) {
        double length = norm(direction);
        double h = Math.cbrt(epsilon) * (1 + norm(x)) / (length == 0 ? 1 : length);
        double[] point = new double[x.length];
        double[] ahead = new double[x.length];
        double[] behind = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            point[j] = x[j] + h * direction[j];
        }
        objective.evaluate(item, point, ahead);
        for (int j = 0; j < x.length; j++) {
            point[j] = x[j] - h * direction[j];
        }
        objective.evaluate(item, point, behind);
        for (int j = 0; j < x.length; j++) {
            product[j] = (ahead[j] - behind[j]) / (2 * h);
        }
    }

    private static double norm(double[] a) {
        double squares = 0;
        for (double component : a) {
            squares += component * component;
        }
        return Math.sqrt(squares);
    }

    /**
     * {@code (g(x + h v) - g(x - h v)) / 2h} with {@code h ||v||} the cube root of the rounding unit times {@code 1 +
     * ||x||}, row by row.
     */
    static NDArray hessianVectorProduct(Objective objective, NDArray x, NDArray direction) {
        double epsilon = x.getDataType() == DataType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        try (MemoryScope scope = MemoryScope.open()) {
            NDArray reach = mul(x.norm(new int[] {1}, true).add(1), Math.cbrt(epsilon));
            NDArray length = direction.norm(new int[] {1}, true);
            NDArray h = reach.div(length.add(length.eq(0).toType(x.getDataType(), false)));
            NDArray offset = direction.mul(h);
            NDArray ahead = objective.evaluate(x.add(offset)).gradient();
            NDArray behind = objective.evaluate(x.sub(offset)).gradient();
            return scope.keep(ahead.sub(behind).div(mul(h, 2)));
        }
    }
}
