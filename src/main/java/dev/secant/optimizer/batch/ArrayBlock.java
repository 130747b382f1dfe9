package dev.secant.optimizer.batch;

/**
 * Vectors on the JVM.
 *
 * @param rows {@code [k][n]}; rows may belong to several blocks
 */
public record ArrayBlock(double[][] rows) implements Block {

    /** The rows of a block that is known to be on arrays. */
    public static double[][] rows(Block block) {
        return ((ArrayBlock) block).rows;
    }
}
