package dev.secant.optimizer.batch;

import dev.secant.optimizer.Objective;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objective of some items of a batch. The two selections asked for last are remembered, because most rounds repeat one of them;
 * others are released, so a selection is good until two further ones were asked for.
 */
final class ObjectiveSelection implements AutoCloseable {

    private final Objective objective;
    private int[] items;
    private Objective selected;
    private int @Nullable [] formerItems;
    private @Nullable Objective former;

    ObjectiveSelection(Objective objective, int size) {
        this.objective = objective;
        this.selected = objective;
        this.items = new int[size];
        Arrays.setAll(items, item -> item);
    }

    /** The objective of all items, as it was given. */
    Objective whole() {
        return objective;
    }

    /** The objective of some items. */
    Objective of(int[] some) {
        if (!Arrays.equals(some, items)) {
            Objective known = former;
            Objective next;
            if (known != null && Arrays.equals(some, formerItems)) {
                next = known;
            } else {
                next = objective.select(some);
                if (known != null) {
                    objective.release(known);
                }
            }
            former = selected;
            formerItems = items;
            selected = next;
            items = some.clone();
        }
        return selected;
    }

    /** Releases the selections; the objective itself stays its owner's. */
    @Override
    public void close() {
        objective.release(selected);
        if (former != null) {
            objective.release(former);
        }
    }
}
