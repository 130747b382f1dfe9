package dev.secant.fit.learned;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.secant.body.BodyModel;
import dev.secant.body.Skeleton;
import dev.secant.body.SmplJoint;
import dev.secant.fit.FitBatch;
import dev.secant.fit.InitializerNetwork;
import dev.secant.linalg.Cholesky;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guess made for one body, brought to another. Rotations hold for every body with SMPL's joints, but for the directions of limbs at
 * rest ({@link LimbTurns}). Betas of another shape space say
 * nothing by themselves, but by how much they make limbs and trunk longer than the mean body's does: the other body's betas are their
 * posterior mean under a standard normal prior, given the same changes of lengths within {@link #DEVIATION}. Lengths are linear in the
 * betas of both, so that the betas are {@code A beta}. (The lengths themselves are no guide: two bodies place their joints differently.)
 * Their deviations are those of the guess through A, and the posterior's. The translation is changed so that the pelvis stays where it
 * was guessed.
 *
 * <p>Without the body that the networks were trained on nothing is known of its lengths: betas start at zero, with deviation 1.
 */
final class BodyTransfer {

    /** How far the change of a length may differ between two bodies' ideas of where joints are, metres. */
    static final double DEVIATION = 0.01;

    /** The lengths that two bodies can be expected to agree on: between joints of these pairs. */
    private static final List<SmplJoint[]> LENGTHS = List.of(
            new SmplJoint[] {SmplJoint.LEFT_HIP, SmplJoint.LEFT_KNEE},
            new SmplJoint[] {SmplJoint.RIGHT_HIP, SmplJoint.RIGHT_KNEE},
            new SmplJoint[] {SmplJoint.LEFT_KNEE, SmplJoint.LEFT_ANKLE},
            new SmplJoint[] {SmplJoint.RIGHT_KNEE, SmplJoint.RIGHT_ANKLE},
            new SmplJoint[] {SmplJoint.LEFT_SHOULDER, SmplJoint.LEFT_ELBOW},
            new SmplJoint[] {SmplJoint.RIGHT_SHOULDER, SmplJoint.RIGHT_ELBOW},
            new SmplJoint[] {SmplJoint.LEFT_ELBOW, SmplJoint.LEFT_WRIST},
            new SmplJoint[] {SmplJoint.RIGHT_ELBOW, SmplJoint.RIGHT_WRIST},
            new SmplJoint[] {SmplJoint.LEFT_SHOULDER, SmplJoint.RIGHT_SHOULDER},
            new SmplJoint[] {SmplJoint.PELVIS, SmplJoint.NECK});

    /** A, {@code [S, S]}. */
    private final double[][] slope;

    /** The posterior's, {@code [S]}. */
    private final double[] variances;

    private final @Nullable LimbTurns limbs;

    /** Pelvis of the one minus pelvis of the other: constant, and by the one's and the other's betas, {@code [3, S]}. */
    private final double[] pelvis;

    private final double[][] pelvisByBetas;
    private final double[][] pelvisByNewBetas;

    /**
     * From the body that networks were trained on to the one that is fitted; both have as many betas.
     */
    BodyTransfer(BodyModel from, BodyModel to) {
        Lengths known = Lengths.of(from.skeleton());
        Lengths wanted = Lengths.of(to.skeleton());
        int shapes = to.shapeCount();
        double[][] precision = new double[shapes][shapes];
        double weight = 1 / (DEVIATION * DEVIATION);
        for (int i = 0; i < shapes; i++) {
            for (int j = 0; j < shapes; j++) {
                precision[i][j] = i == j ? 1 : 0;
                for (double[] row : wanted.slopes) {
                    precision[i][j] += weight * row[i] * row[j];
                }
            }
        }
        Cholesky factor = Cholesky.of(precision, 0).orElseThrow();
        slope = new double[shapes][from.shapeCount()];
        for (int s = 0; s < from.shapeCount(); s++) {
            double[] column = new double[shapes];
            for (int l = 0; l < LENGTHS.size(); l++) {
                add(column, weight * known.slopes[l][s], wanted.slopes[l]);
            }
            double[] solved = factor.solve(column);
            for (int i = 0; i < shapes; i++) {
                slope[i][s] = solved[i];
            }
        }
        variances = new double[shapes];
        for (int i = 0; i < shapes; i++) {
            double[] unit = new double[shapes];
            unit[i] = 1;
            variances[i] = factor.solve(unit)[i];
        }
        limbs = new LimbTurns(from, to);
        pelvis = new double[3];
        for (int c = 0; c < 3; c++) {
            pelvis[c] = from.skeleton().joints()[c] - (double) to.skeleton().joints()[c];
        }
        pelvisByBetas = pelvisByBetas(from.skeleton());
        pelvisByNewBetas = pelvisByBetas(to.skeleton());
    }

    /** From a body that is not known, whose pelvis is at its origin, as in training. */
    BodyTransfer(BodyModel to) {
        int shapes = to.shapeCount();
        slope = new double[shapes][shapes];
        variances = new double[shapes];
        Arrays.fill(variances, 1);
        limbs = null;
        pelvis = new double[3];
        for (int c = 0; c < 3; c++) {
            pelvis[c] = -to.skeleton().joints()[c];
        }
        pelvisByBetas = new double[3][shapes];
        pelvisByNewBetas = pelvisByBetas(to.skeleton());
    }

    private static void add(double[] sum, double factor, double[] row) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * row[i];
        }
    }

    private static double[][] pelvisByBetas(Skeleton skeleton) {
        int shapes = skeleton.shapeCount();
        double[][] rows = new double[3][shapes];
        for (int c = 0; c < 3; c++) {
            for (int s = 0; s < shapes; s++) {
                rows[c][s] = skeleton.shapeDirections()[c * shapes + s];
            }
        }
        return rows;
    }

    /**
     * Lengths of a skeleton in its rest pose.
     *
     * @param slopes metres a unit of beta, to first order, {@code [lengths, S]}
     */
    private record Lengths(double[][] slopes) {

        static Lengths of(Skeleton skeleton) {
            int shapes = skeleton.shapeCount();
            double[][] slopes = new double[LENGTHS.size()][shapes];
            for (int l = 0; l < slopes.length; l++) {
                int a = 3 * LENGTHS.get(l)[0].index();
                int b = 3 * LENGTHS.get(l)[1].index();
                double[] bone = new double[3];
                for (int c = 0; c < 3; c++) {
                    bone[c] = skeleton.joints()[b + c] - (double) skeleton.joints()[a + c];
                }
                double length = Math.hypot(Math.hypot(bone[0], bone[1]), bone[2]);
                for (int s = 0; s < shapes; s++) {
                    for (int c = 0; c < 3; c++) {
                        double change = skeleton.shapeDirections()[(b + c) * shapes + s]
                                - (double) skeleton.shapeDirections()[(a + c) * shapes + s];
                        slopes[l][s] += bone[c] / length * change;
                    }
                }
            }
            return new Lengths(slopes);
        }
    }

    /** The guesses and deviations of a batch, for the other body. */
    FitBatch of(FitBatch batch) {
        int size = batch.size();
        int shapes = batch.shapes();
        int betasFrom = batch.variables() - shapes - 3;
        float[] betas = new float[shapes * size];
        float[] translations = batch.translations().clone();
        float[] scales = batch.scales().clone();
        for (int b = 0; b < size; b++) {
            for (int i = 0; i < shapes; i++) {
                double value = 0;
                double variance = variances[i];
                for (int s = 0; s < shapes; s++) {
                    double deviation = slope[i][s] * batch.scales()[b * batch.variables() + betasFrom + s];
                    value += slope[i][s] * batch.betas()[b * shapes + s];
                    variance += deviation * deviation;
                }
                betas[b * shapes + i] = (float) value;
                scales[b * batch.variables() + betasFrom + i] = (float) Math.sqrt(variance);
            }
            for (int c = 0; c < 3; c++) {
                double moved = pelvis[c];
                for (int s = 0; s < shapes; s++) {
                    moved += pelvisByBetas[c][s] * batch.betas()[b * shapes + s]
                            - pelvisByNewBetas[c][s] * betas[b * shapes + s];
                }
                translations[3 * b + c] += (float) moved;
            }
        }
        float[] rotations = limbs == null ? batch.rotations() : limbs.of(batch.rotations());
        return new FitBatch(batch.observations(), rotations, betas, translations, scales);
    }

    /** The guesses on tensors, for the other body. */
    InitializerNetwork.Guess of(InitializerNetwork.Guess guess) {
        NDManager manager = guess.betas().getManager();
        NDArray betas = guess.betas().matMul(transposed(slope, manager));
        NDArray moved = guess.betas()
                .matMul(transposed(pelvisByBetas, manager))
                .sub(betas.matMul(transposed(pelvisByNewBetas, manager)))
                .add(row(pelvis, manager));
        return new InitializerNetwork.Guess(
                limbs == null ? guess.rotations() : limbs.of(guess.rotations()),
                betas,
                guess.translation().add(moved));
    }

    /** Their deviations on tensors, {@code [B, n]}. */
    NDArray deviations(NDArray deviations) {
        NDManager manager = deviations.getManager();
        int shapes = variances.length;
        long n = deviations.getShape().get(1);
        NDArray betas = deviations.get(":, %d:%d".formatted(n - shapes - 3, n - 3));
        double[][] squares = new double[shapes][shapes];
        for (int i = 0; i < shapes; i++) {
            for (int s = 0; s < shapes; s++) {
                squares[i][s] = slope[i][s] * slope[i][s];
            }
        }
        NDArray variance = betas.square().matMul(transposed(squares, manager)).add(row(variances, manager));
        return NDArrays.concat(
                new NDList(
                        deviations.get(":, 0:" + (n - shapes - 3)),
                        variance.sqrt(),
                        deviations.get(":, %d:%d".formatted(n - 3, n))),
                1);
    }

    private static NDArray transposed(double[][] rows, NDManager manager) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            for (int s = 0; s < rows[0].length; s++) {
                values[s * rows.length + i] = (float) rows[i][s];
            }
        }
        return Tensors.of(manager, values, new Shape(rows[0].length, rows.length));
    }

    private static NDArray row(double[] numbers, NDManager manager) {
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return Tensors.of(manager, values, new Shape(1, values.length));
    }
}
