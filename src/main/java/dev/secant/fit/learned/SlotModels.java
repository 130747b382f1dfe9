package dev.secant.fit.learned;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.secant.body.BodyModel;
import dev.secant.body.kinematics.PointDefinition;
import dev.secant.body.kinematics.PointRig;
import dev.secant.fit.KeypointCatalogue;
import dev.secant.fit.Observations;
import dev.secant.fit.tensors.TensorFitEnergy;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The energy's constants for the slots that a batch uses: a detector's layout leaves some of them out for everybody, and what nobody has
 * costs nothing. Remembers the last few sets of slots. For one thread.
 */
final class SlotModels {

    private static final int REMEMBERED = 4;

    private final BodyModel body;
    private final Map<List<Integer>, Slots> known = new LinkedHashMap<>(REMEMBERED, 0.75f, true);

    SlotModels(BodyModel body) {
        this.body = body;
    }

    /**
     * Slots in use.
     *
     * @param slots ascending
     * @param columns picks them from {@code [B, all slots]}
     * @param model of their points
     * @param manager of the constants
     */
    record Slots(int[] slots, NDIndex columns, TensorFitEnergy.Model model, NDManager manager) {}

    /** The slots that anybody of a batch has. */
    Slots of(Observations observations, NDManager manager) {
        List<Integer> used = used(observations);
        Slots slots = known.get(used);
        if (slots == null) {
            slots = make(used, manager.newSubManager());
            known.put(used, slots);
            if (known.size() > REMEMBERED) {
                List<Integer> oldest = known.keySet().iterator().next();
                Slots forgotten = known.remove(oldest);
                if (forgotten != null) {
                    forgotten.manager.close();
                }
            }
        }
        return slots;
    }

    private static List<Integer> used(Observations observations) {
        int all = KeypointCatalogue.all().size();
        boolean[] used = new boolean[all];
        for (int i = 0; i < observations.weights().length; i++) {
            used[i % all] |= observations.weights()[i] > 0;
        }
        return IntStream.range(0, all).filter(slot -> used[slot]).boxed().toList();
    }

    private Slots make(List<Integer> used, NDManager manager) {
        List<PointDefinition> points =
                used.stream().map(KeypointCatalogue.all()::get).toList();
        long[] columns = used.stream().mapToLong(slot -> slot).toArray();
        return new Slots(
                used.stream().mapToInt(slot -> slot).toArray(),
                new NDIndex(":, {}", MemoryScope.lasting(Tensors.of(manager, columns))),
                TensorFitEnergy.Model.of(PointRig.compile(body, points), manager),
                manager);
    }
}
