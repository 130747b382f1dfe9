package dev.secant.optimizer.batch;

import dev.secant.optimizer.RowSelection;
import dev.secant.optimizer.vectors.ArrayBlock;
import dev.secant.optimizer.vectors.Block;
import dev.secant.optimizer.vectors.Products;
import dev.secant.optimizer.vectors.Scalars;
import dev.secant.optimizer.vectors.VectorSpace;
import dev.secant.optimizer.vectors.Vectors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Points of some running rows with their values and gradients, and the scalars that methods decide by.
 *
 * <p>On tensors the scalars are read back when one of them is first looked at, in one transfer with all else that was asked for by then:
 * what a method {@linkplain #measure measures} and its {@link Products}.
 */
public final class BatchEvaluation {

    private static final Block[] NO_BLOCKS = {};

    private final RowSelection rows;
    private final Block x;
    private final Block step;
    private final Block gradient;

    /** Null while they wait to be read back. */
    private @Nullable PointNumbers numbers;

    private @Nullable Scalars waiting;
    private @Nullable Scalars asked;
    private double @Nullable [][] measured;
    private Block[] companions = NO_BLOCKS;

    private BatchEvaluation(RowSelection rows, Block x, Block step, Block gradient, @Nullable PointNumbers numbers) {
        this.rows = rows;
        this.x = x;
        this.step = step;
        this.gradient = gradient;
        this.numbers = numbers;
    }

    static BatchEvaluation onArrays(
            RowSelection rows, double[][] x, double[][] step, double[][] gradient, double[] values) {
        return new BatchEvaluation(
                rows,
                new ArrayBlock(x),
                new ArrayBlock(step),
                new ArrayBlock(gradient),
                PointNumbers.ofArrays(values, gradient, step));
    }

    /**
     * Of tensors.
     *
     * @param waiting for each row the products of {@code (g, s, x)} with each other, and f
     */
    static BatchEvaluation onTensors(RowSelection rows, Block x, Block step, Block gradient, Scalars waiting) {
        BatchEvaluation evaluation = new BatchEvaluation(rows, x, step, gradient, null);
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
        return look().values;
    }

    /** {@code ||g||}. */
    public double[] gradientNorms() {
        return look().gradientNorms;
    }

    /** {@code g . step}. */
    public double[] slopes() {
        return look().slopes;
    }

    /** {@code ||step||}. */
    public double[] stepLengths() {
        return look().stepLengths;
    }

    /** {@code ||x||}. */
    public double pointNorm(int k) {
        PointNumbers known = look();
        if (known.hasPointNorms()) {
            return known.pointNorms[k];
        }
        double[] point = ArrayBlock.rows(x)[k];
        return Math.sqrt(Vectors.dot(point, point));
    }

    /** Whether the value and every component of the gradient of a row are finite. */
    public boolean isFinite(int k) {
        PointNumbers known = look();
        return Double.isFinite(known.values[k]) && Double.isFinite(known.gradientNorms[k]);
    }

    /** Numbers of these rows that the method needs later; they follow the rows that are chosen. */
    public void measure(Scalars numbers) {
        asked = numbers;
    }

    /** What the method measured of a row. */
    public double[] measured(int k) {
        if (measured == null) {
            Scalars scalars = asked;
            if (scalars == null) {
                throw new IllegalStateException("Nothing was measured of the row (%d).".formatted(k));
            }
            double[][] all = new double[size()][scalars.width()];
            for (int row = 0; row < all.length; row++) {
                for (int i = 0; i < all[row].length; i++) {
                    all[row][i] = scalars.get(row, i);
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

    private PointNumbers look() {
        PointNumbers known = numbers;
        if (known == null) {
            known = PointNumbers.read(Objects.requireNonNull(waiting), size());
            numbers = known;
            waiting = null;
        }
        return known;
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
        PointNumbers numbers = new PointNumbers(places.length, first.look().hasPointNorms());
        BatchEvaluation chosen = new BatchEvaluation(
                rows,
                space.choose(blocks(parts, part -> part.x), places),
                space.choose(blocks(parts, part -> part.step), places),
                space.choose(blocks(parts, part -> part.gradient), places),
                numbers);
        boolean isMeasured = first.asked != null || first.measured != null;
        double[][] measured = new double[isMeasured ? places.length : 0][];
        for (int row = 0; row < places.length; row++) {
            int place = places[row];
            int p = 0;
            while (place >= parts.get(p).size()) {
                place -= parts.get(p++).size();
            }
            BatchEvaluation part = parts.get(p);
            numbers.set(row, part.look(), place);
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
        return new BatchEvaluation(
                RowSelection.all(kept.size()),
                space.gather(x, kept),
                space.gather(step, kept),
                space.gather(gradient, kept),
                look().of(kept));
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
