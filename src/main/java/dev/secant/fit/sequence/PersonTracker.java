package dev.secant.fit.sequence;

import dev.secant.linalg.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links the people that a detector saw in each frame of a video to tracks, one a person.
 *
 * <p>A track expects its person where constant velocity takes it. People are assigned to tracks with the least sum of mean keypoint
 * distances (Hungarian method); whoever is further from all tracks than their own size begins a track; a track that was not seen for a
 * second is over.
 */
public final class PersonTracker {

    /** Distance from which a detection cannot be the person of a track, in sizes of the person. */
    private static final double GATE = 0.6;

    /** Seconds that a person may be unseen. */
    private static final double PATIENCE = 1;

    /** Share of the latest movement in the velocity. */
    private static final double NOVELTY = 0.5;

    private final int patience;
    private final List<Track> tracks = new ArrayList<>();
    private int frame;

    /** A tracker of a video's frames. */
    public PersonTracker(double framesPerSecond) {
        this.patience = (int) Math.max(1, Math.round(PATIENCE * framesPerSecond));
    }

    /**
     * Takes the next frame.
     *
     * @param people x, y in pixels and confidence of each keypoint, {@code [K, 3]} each
     */
    public void add(List<double[]> people) {
        List<double[]> seen =
                people.stream().filter(SequenceProblem::isObserved).toList();
        List<Track> open =
                tracks.stream().filter(track -> frame - track.last <= patience).toList();
        // A column for each detection, and for each track one that means not seen.
        double[][] costs = new double[open.size()][seen.size() + open.size()];
        for (int i = 0; i < open.size(); i++) {
            Arrays.fill(costs[i], GATE);
            for (int j = 0; j < seen.size(); j++) {
                costs[i][j] = open.get(i).distance(seen.get(j), frame);
            }
        }
        int[] assigned = Assignment.of(costs);
        boolean[] taken = new boolean[seen.size()];
        for (int i = 0; i < open.size(); i++) {
            int column = assigned[i];
            if (column < seen.size() && costs[i][column] < GATE) {
                open.get(i).add(seen.get(column), frame);
                taken[column] = true;
            }
        }
        for (int j = 0; j < seen.size(); j++) {
            if (!taken[j]) {
                Track track = new Track(frame);
                track.add(seen.get(j), frame);
                tracks.add(track);
            }
        }
        frame++;
    }

    /**
     * The tracks so far with at least so many detections, the one with most first.
     *
     * @param least detections
     */
    public List<Track> tracks(int least) {
        return tracks.stream()
                .filter(track -> track.detections >= least)
                .sorted(Comparator.comparingInt((Track track) -> -track.detections))
                .toList();
    }

    /** The frames of one person. */
    public static final class Track {

        private final int first;
        private final List<double @Nullable []> frames = new ArrayList<>();
        private double[] latest = {};
        private final double[] velocity = new double[2];
        private int last;
        private int detections;

        private Track(int first) {
            this.first = first;
            this.last = first;
        }

        /** The index of its first frame in the video. */
        public int first() {
            return first;
        }

        /** How often the person was seen. */
        public int detections() {
            return detections;
        }

        /** Keypoints from the first to the last frame in which the person was seen; null where it was not. */
        public List<double @Nullable []> frames() {
            return Collections.unmodifiableList(frames);
        }

        private void add(double[] keypoints, int frame) {
            if (detections > 0) {
                double[] moved = moved(keypoints);
                for (int axis = 0; axis < 2; axis++) {
                    velocity[axis] += NOVELTY * (moved[axis] / (frame - last) - velocity[axis]);
                }
            }
            while (first + frames.size() < frame) {
                frames.add(null);
            }
            frames.add(keypoints);
            latest = keypoints;
            last = frame;
            detections++;
        }

        private double[] moved(double[] keypoints) {
            double[] sum = new double[3];
            for (int k = 0; k < keypoints.length; k += 3) {
                if (keypoints[k + 2] > 0 && latest[k + 2] > 0) {
                    sum[0] += keypoints[k] - latest[k];
                    sum[1] += keypoints[k + 1] - latest[k + 1];
                    sum[2]++;
                }
            }
            return new double[] {sum[0] / Math.max(1, sum[2]), sum[1] / Math.max(1, sum[2])};
        }

        /** Mean distance of the keypoints that both have to where they are expected, over the larger size; the gate where there are none. */
        private double distance(double[] keypoints, int frame) {
            if (keypoints.length != latest.length) {
                return GATE;
            }
            double sum = 0;
            int both = 0;
            for (int k = 0; k < keypoints.length; k += 3) {
                if (keypoints[k + 2] > 0 && latest[k + 2] > 0) {
                    sum += Math.hypot(
                            keypoints[k] - latest[k] - (frame - last) * velocity[0],
                            keypoints[k + 1] - latest[k + 1] - (frame - last) * velocity[1]);
                    both++;
                }
            }
            return both == 0 ? GATE : sum / both / Math.max(size(keypoints), size(latest));
        }

        private static double size(double[] keypoints) {
            double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
            for (int k = 0; k < keypoints.length; k += 3) {
                if (keypoints[k + 2] > 0) {
                    box[0] = Math.min(box[0], keypoints[k]);
                    box[1] = Math.min(box[1], keypoints[k + 1]);
                    box[2] = Math.max(box[2], keypoints[k]);
                    box[3] = Math.max(box[3], keypoints[k + 1]);
                }
            }
            return Math.max(1, Math.max(box[2] - box[0], box[3] - box[1]));
        }
    }
}
