package dev.secant.optimizer.batch;

import dev.secant.optimizer.RowSelection;
import org.jspecify.annotations.Nullable;

/**
 * A block that a method holds from one step to the next: on tensors it survives the memory scope of the step that made it, and is freed
 * when it is replaced. A block is held once at most, and set within the step that made it.
 */
public final class Held implements AutoCloseable {

    private final VectorSpace space;
    private @Nullable Block block;

    Held(VectorSpace space) {
        this.space = space;
    }

    /** Whether nothing is held. */
    public boolean isEmpty() {
        return block == null;
    }

    /**
     * What is held.
     *
     * @throws IllegalStateException if nothing is
     */
    public Block get() {
        if (block == null) {
            throw new IllegalStateException("Nothing is held.");
        }
        return block;
    }

    /** Holds another block in place of the last. */
    public void set(Block next) {
        if (next != block) {
            space.retain(next);
            close();
            block = next;
        }
    }

    /** Keeps some of its rows. */
    public void keep(RowSelection rows) {
        if (block != null && !rows.isAll()) {
            set(space.gather(block, rows));
        }
    }

    /** Frees what is held and is empty again. */
    @Override
    public void close() {
        if (block != null) {
            space.free(block);
            block = null;
        }
    }
}
