package dev.secant.optimizer.policy;

import java.util.List;

/**
 * Which policy each item of a batch runs under: the first {@code each} items under the first, and so on.
 *
 * @param policies at least one
 * @param each how many items a policy has
 */
public record PolicyAssignment(List<SecantPolicy> policies, int each) {

    /** The place of an item's policy among the policies. */
    public int index(int item) {
        return item / each;
    }

    /** The policy of an item. */
    public SecantPolicy of(int item) {
        return policies.get(index(item));
    }
}
