package dev.secant.jobs.fit;

import dev.secant.fit.KeypointLayout;
import dev.secant.fit.views.CalibratedCamera;
import dev.secant.fit.views.MultiViewProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a MULTI_VIEW_FIT job is asked, as stored.
 *
 * @param steps optimizer steps at most
 * @param layout the order of the keypoints
 * @param cameras of all people
 * @param people one an item
 */
public record MultiViewPayload(int steps, KeypointLayout layout, List<CalibratedCamera> cameras, List<Person> people) {

    public MultiViewPayload {
        cameras = List.copyOf(cameras);
        people = List.copyOf(people);
    }

    /**
     * @param id the client's name of the person
     * @param views what cameras saw of it
     */
    public record Person(@Nullable String id, List<View> views) {

        public Person {
            views = List.copyOf(views);
        }
    }

    /**
     * @param camera index of the camera
     * @param keypoints x, y in pixels and confidence, {@code [K, 3]}
     */
    public record View(int camera, double[] keypoints) {}

    /** What to fit for an item. */
    public MultiViewProblem problem(int item) {
        return new MultiViewProblem(
                layout,
                people.get(item).views().stream()
                        .map(view -> new MultiViewProblem.View(cameras.get(view.camera()), view.keypoints()))
                        .toList());
    }
}
