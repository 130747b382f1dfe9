package dev.secant.body.kinematics;

import static dev.secant.tensor.ScalarMath.mul;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;

/**
 * The exponential map of many rotation vectors, and the transposed Jacobian of its inverse, people along the last axis (see {@link
 * TensorVectors}).
 *
 * <p>By half angles, so that no quotient loses digits at small ones.
 */
public final class TensorExponential {

    /** Keeps the quotients finite at zero. */
    private static final double TINY = 1e-12;

    private final NDArray vectors;
    private final NDArray sine;
    private final NDArray versine;
    private final NDArray squares;

    /**
     * What every exponential of a device needs.
     *
     * @param skew takes a vector to its cross product matrix, {@code [9, 3]}
     * @param identity {@code [3, 3, 1]}
     */
    public record Constants(NDArray skew, NDArray identity) {

        /** On the device of a manager. */
        public static Constants of(NDManager manager) {
            float[] skew = new float[27];
            skew[3 * 1 + 2] = -1;
            skew[3 * 2 + 1] = 1;
            skew[3 * 3 + 2] = 1;
            skew[3 * 5] = -1;
            skew[3 * 6 + 1] = -1;
            skew[3 * 7] = 1;
            return new Constants(
                    MemoryScope.lasting(Tensors.of(manager, skew, new Shape(9, 3))),
                    MemoryScope.lasting(
                            Tensors.of(manager, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new Shape(3, 3, 1))));
        }
    }

    private TensorExponential(NDArray vectors, NDArray sine, NDArray versine, NDArray squares) {
        this.vectors = vectors;
        this.sine = sine;
        this.versine = versine;
        this.squares = squares;
    }

    /** Of rotation vectors in radians, {@code [m, 3, B]}. */
    public static TensorExponential of(NDArray vectors) {
        NDArray quarters = mul(TensorVectors.dot(vectors, vectors), 0.25).add(TINY); // (angle / 2)^2, [m, 1, B]
        NDArray half = quarters.sqrt();
        NDArray s = half.sin().div(half);
        NDArray sine = s.mul(half.cos()); // sin(angle) / angle
        NDArray versine = mul(s.square(), 0.5); // (1 - cos(angle)) / angle^2
        return new TensorExponential(vectors, sine, versine, mul(quarters, 4));
    }

    /**
     * The rotations.
     *
     * @param constants of the device
     * @return {@code [m, 3, 3, B]}
     */
    public NDArray matrices(Constants constants) {
        long m = vectors.getShape().get(0);
        long batch = vectors.getShape().get(2);
        NDArray cosine = versine.mul(squares).neg().add(1); // [m, 1, B]
        NDArray cross = constants.skew.matMul(vectors.mul(sine)).reshape(m, 3, 3, batch);
        NDArray outer = vectors.mul(versine).expandDims(2).mul(vectors.expandDims(1));
        return outer.addi(cross).addi(cosine.expandDims(1).mul(constants.identity));
    }

    /**
     * Takes the derivative of a turn to the derivative of the rotation vector (Sola et al., "A micro Lie theory", 2018, equations
     * 143 and 145).
     *
     * @param turns {@code [m, 3, B]}
     * @param sides 1 where the turn is made after the rotation ({@code exp(v) R}), -1 where before ({@code R exp(v)}), {@code [m, 1, 1]}
     */
    public NDArray transposedJacobian(NDArray turns, NDArray sides) {
        // J' t = (1 - c |v|^2) t + c (v . t) v - side b v x t, with b = (1 - cos) / |v|^2, c = (1 - sin / |v|) / |v|^2.
        NDArray c = sine.neg().add(1).div(squares);
        NDArray along = TensorVectors.dot(vectors, turns).mul(c).mul(vectors);
        NDArray across = TensorVectors.cross(vectors, turns).mul(versine.mul(sides));
        return turns.mul(sine).addi(along).subi(across);
    }
}
