package dev.secant.optimizer.batch;

import dev.secant.optimizer.RowSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points of some running rows with their values and gradients, and the scalars that methods decide by.
 *
 * <p>On tensors the scalars are read back when one of them is first looked at, in one transfer with all else that was asked for by then:
 * what a method {@linkplain #measure measures} and its {@link Products}.
 */
public final class BatchEvaluation {

    private static final Block[] NO_BLOCKS = {};
    private static final double[] NONE = {};

    private final RowSelection rows;
    private final Block x;
    private final Block step;
    private final Block gradient;
    private double[] values;
    private double[] gradientNorms;
    private double[] slopes;
    private double[] stepLengths;
    /** Empty on arrays, where they are computed when asked for. */
    private double[] pointNorms = NONE;

    private @Nullable Scalars waiting;
    private @Nullable Scalars asked;
    private double @Nullable [][] measured;
    private Block[] companions = NO_BLOCKS;

    private BatchEvaluation(
            RowSelection rows,
            Block x,
            Block step,
            Block gradient,
            double[] values,
            double[] gradientNorms,
            double[] slopes,
            double[] stepLengths) {
        this.rows = rows;
        this.x = x;
        this.step = step;
        this.gradient = gradient;
        this.values = values;
        this.gradientNorms = gradientNorms;
        this.slopes = slopes;
        this.stepLengths = stepLengths;
    }

    static BatchEvaluation onArrays(
            RowSelection rows, double[][] x, double[][] step, double[][] gradient, double[] values) {
        double[] norms = new double[values.length];
        double[] slopes = new double[values.length];
        double[] lengths = new double[values.length];
        for (int k = 0; k < norms.length; k++) {
            norms[k] = Math.sqrt(Vectors.dot(gradient[k], gradient[k]));
            slopes[k] = Vectors.dot(gradient[k], step[k]);
            lengths[k] = Math.sqrt(Vectors.dot(step[k], step[k]));
        }
        return new BatchEvaluation(
                rows,
                new ArrayBlock(x),
                new ArrayBlock(step),
                new ArrayBlock(gradient),
                values,
                norms,
                slopes,
                lengths);
    }

    /**
     * Of tensors.
     *
     * @param waiting for each row the products of {@code (g, s, x)} with each other, and f
     */
    static BatchEvaluation onTensors(RowSelection rows, Block x, Block step, Block gradient, Scalars waiting) {
        BatchEvaluation evaluation = new BatchEvaluation(rows, x, step, gradient, NONE, NONE, NONE, NONE);
        evaluation.waiting = waiting;
        return evaluation;
    }

    /** Which of the running rows these are. */
    public RowSelection rows() {
        return rows;
    }

    /** How many rows these are: k. */
    public int size() {
        return rows.size();
    }

    /** The points, {@code [k, n]}. */
    public Block x() {
        return x;
    }

    /** The points less the rows' current points, as the arithmetic rounded them, {@code [k, n]}. */
    public Block step() {
        return step;
    }

    /** {@code [k, n]}. */
    public Block gradient() {
        return gradient;
    }

    /** {@code f}. */
    public double[] values() {
        look();
        return values;
    }

    /** {@code ||g||}. */
    public double[] gradientNorms() {
        look();
        return gradientNorms;
    }

    /** {@code g . step}. */
    public double[] slopes() {
        look();
        return slopes;
    }

    /** {@code ||step||}. */
    public double[] stepLengths() {
        look();
        return stepLengths;
    }

    /** {@code ||x||}. */
    public double pointNorm(int k) {
        look();
        if (pointNorms.length > 0) {
            return pointNorms[k];
        }
        double[] point = ArrayBlock.rows(x)[k];
        return Math.sqrt(Vectors.dot(point, point));
    }

    /** Whether the value and every component of the gradient of a row are finite. */
    public boolean isFinite(int k) {
        look();
        return Double.isFinite(values[k]) && Double.isFinite(gradientNorms[k]);
    }

    /** Numbers of these rows that the method needs later; they follow the rows that are chosen. */
    public void measure(Scalars numbers) {
        asked = numbers;
    }

    /** What the method measured of a row. */
    public double[] measured(int k) {
        if (measured == null) {
            Scalars numbers = asked;
            if (numbers == null) {
                throw new IllegalStateException("Nothing was measured of the row (%d).".formatted(k));
            }
            double[][] all = new double[size()][numbers.width()];
            for (int row = 0; row < all.length; row++) {
                for (int i = 0; i < all[row].length; i++) {
                    all[row][i] = numbers.get(row, i);
                }
            }
            measured = all;
        }
        return measured[k];
    }

    /** Blocks of these rows that the method needs later; they follow the rows that are chosen. */
    public void accompany(Block... blocks) {
        companions = blocks;
    }

    /** A block that the method added. */
    public Block companion(int i) {
        return companions[i];
    }

    private void look() {
        Scalars scalars = waiting;
        if (scalars == null) {
            return;
        }
        waiting = null;
        int size = size();
        values = new double[size];
        gradientNorms = new double[size];
        slopes = new double[size];
        stepLengths = new double[size];
        pointNorms = new double[size];
        for (int k = 0; k < size; k++) {
            gradientNorms[k] = Math.sqrt(scalars.get(k, 0));
            slopes[k] = scalars.get(k, 1);
            stepLengths[k] = Math.sqrt(scalars.get(k, 4));
            pointNorms[k] = Math.sqrt(scalars.get(k, 8));
            values[k] = scalars.get(k, 9);
        }
    }

    /**
     * Rows chosen among several evaluations.
     *
     * @param rows which rows of the run they are from now on
     * @param places for each of them its place in the parts laid end to end
     */
    static BatchEvaluation choose(VectorSpace space, List<BatchEvaluation> parts, RowSelection rows, int[] places) {
        BatchEvaluation first = parts.get(0);
        int offset = 0;
        for (int p = 0; offset <= places[0]; p++) {
            BatchEvaluation part = parts.get(p);
            if (isWhole(places, offset, part.size())) {
                return part;
            }
            offset += part.size();
        }
        BatchEvaluation chosen = new BatchEvaluation(
                rows,
                space.choose(blocks(parts, part -> part.x), places),
                space.choose(blocks(parts, part -> part.step), places),
                space.choose(blocks(parts, part -> part.gradient), places),
                new double[places.length],
                new double[places.length],
                new double[places.length],
                new double[places.length]);
        boolean hasNorms = first.values().length > 0 && first.pointNorms.length > 0;
        chosen.pointNorms = hasNorms ? new double[places.length] : NONE;
        boolean isMeasured = first.asked != null || first.measured != null;
        double[][] measured = new double[isMeasured ? places.length : 0][];
        for (int row = 0; row < places.length; row++) {
            int place = places[row];
            int p = 0;
            while (place >= parts.get(p).size()) {
                place -= parts.get(p++).size();
            }
            BatchEvaluation part = parts.get(p);
            chosen.values[row] = part.values()[place];
            chosen.gradientNorms[row] = part.gradientNorms()[place];
            chosen.slopes[row] = part.slopes()[place];
            chosen.stepLengths[row] = part.stepLengths()[place];
            if (hasNorms) {
                chosen.pointNorms[row] = part.pointNorm(place);
            }
            if (isMeasured) {
                measured[row] = part.measured(place);
            }
        }
        chosen.measured = isMeasured ? measured : null;
        chosen.companions = new Block[first.companions.length];
        for (int i = 0; i < chosen.companions.length; i++) {
            int companion = i;
            chosen.companions[i] = space.choose(blocks(parts, part -> part.companions[companion]), places);
        }
        return chosen;
    }

    /** Some of these rows, which are all that remain; without what the method measured. */
    BatchEvaluation remaining(VectorSpace space, RowSelection kept) {
        look();
        BatchEvaluation remaining = new BatchEvaluation(
                RowSelection.all(kept.size()),
                space.gather(x, kept),
                space.gather(step, kept),
                space.gather(gradient, kept),
                kept.of(values),
                kept.of(gradientNorms),
                kept.of(slopes),
                kept.of(stepLengths));
        remaining.pointNorms = pointNorms.length == 0 ? NONE : kept.of(pointNorms);
        return remaining;
    }

    private interface Part {
        Block of(BatchEvaluation evaluation);
    }

    private static Block[] blocks(List<BatchEvaluation> parts, Part part) {
        Block[] blocks = new Block[parts.size()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = part.of(parts.get(i));
        }
        return blocks;
    }

    private static boolean isWhole(int[] places, int offset, int size) {
        if (places.length != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (places[i] != offset + i) {
                return false;
            }
        }
        return true;
    }
}
