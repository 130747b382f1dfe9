package dev.secant.body.kinematics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.secant.tensor.MemoryScope;
import dev.secant.tensor.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rotations chained along a joint tree, all joints of one depth together. Holds its constants on the device of a manager. */
final class JointLevels {

    private final Picked[] joints;
    private final Picked[] parents;
    private final Picked order;
    private final NDArray fixed;

    /** Some rows of the first axis: all, a range, or gathered. */
    private record Picked(boolean all, @Nullable NDIndex index) {

        static Picked of(int[] rows, int total, NDManager manager) {
            boolean range = IntStream.range(1, rows.length).allMatch(i -> rows[i] == rows[i - 1] + 1);
            if (range) {
                boolean all = rows.length == total;
                return new Picked(all, new NDIndex("%d:%d".formatted(rows[0], rows[rows.length - 1] + 1)));
            }
            long[] indices = Arrays.stream(rows).asLongStream().toArray();
            return new Picked(false, new NDIndex("{}", MemoryScope.lasting(Tensors.of(manager, indices))));
        }

        NDArray from(NDArray array) {
            return all || index == null ? array : array.get(index);
        }
    }

    JointLevels(int[] tree, NDManager manager) {
        int count = tree.length;
        int[] depth = new int[count];
        for (int j = 0; j < count; j++) {
            depth[j] = tree[j] < 0 ? 0 : depth[tree[j]] + 1;
        }
        int levels = Arrays.stream(depth).max().orElseThrow() + 1;
        joints = new Picked[levels];
        parents = new Picked[levels];
        int[] place = new int[count];
        int next = 0;
        int[] above = {};
        for (int level = 0; level < levels; level++) {
            int current = level;
            int[] members =
                    IntStream.range(0, count).filter(j -> depth[j] == current).toArray();
            int[] before = above;
            joints[level] = Picked.of(members, count, manager);
            int[] parentPlaces = Arrays.stream(members)
                    .map(j -> Math.max(0, Arrays.binarySearch(before, tree[j])))
                    .toArray();
            parents[level] = Picked.of(parentPlaces, before.length, manager);
            for (int j : members) {
                place[j] = next++;
            }
            above = members;
        }
        order = Picked.of(place, count, manager);
        fixed = MemoryScope.lasting(
                Tensors.of(manager, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new Shape(1, 3, 3, 1)));
    }

    /**
     * World rotations.
     *
     * @param rotations parent-relative, {@code [J, 3, 3, B]}
     * @return {@code [J + 1, 3, 3, B]}; the last is the identity
     */
    NDArray chain(NDArray rotations) {
        NDArray level = joints[0].from(rotations);
        NDList worlds = new NDList(level);
        for (int i = 1; i < joints.length; i++) {
            level = TensorVectors.product(parents[i].from(level), joints[i].from(rotations));
            worlds.add(level);
        }
        NDArray ordered = order.from(NDArrays.concat(worlds, 0));
        Shape one = new Shape(1, 3, 3, rotations.getShape().get(3));
        return NDArrays.concat(new NDList(ordered, fixed.broadcast(one)), 0);
    }
}
