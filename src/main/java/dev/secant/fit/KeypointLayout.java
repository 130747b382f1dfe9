package dev.secant.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keypoint orders that detectors write. Left and right are the person's own. */
public enum KeypointLayout {
    /** OpenPose, 25 points. */
    BODY_25("nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist mid_hip right_hip"
            + " right_knee right_ankle left_hip left_knee left_ankle right_eye left_eye right_ear left_ear"
            + " left_big_toe left_small_toe left_heel right_big_toe right_small_toe right_heel"),
    /** OpenPose's experimental model, 25 points in another order: not BODY_25. */
    BODY_25B("nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist"
            + " right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle upper_neck head_top"
            + " left_big_toe left_small_toe left_heel right_big_toe right_small_toe right_heel"),
    /** COCO's own order, 17 points. */
    COCO_17("nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist"
            + " right_wrist left_hip right_hip left_knee right_knee left_ankle right_ankle"),
    /** OpenPose's COCO model, 18 points with a neck. */
    COCO_18("nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist right_hip right_knee"
            + " right_ankle left_hip left_knee left_ankle right_eye left_eye right_ear left_ear");

    private final List<String> keypoints;

    KeypointLayout(String names) {
        keypoints = List.of(names.split(" "));
    }

    /** The layout's name as the API writes it: lower case. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The names of its keypoints, in order. */
    public List<String> keypoints() {
        return keypoints;
    }

    /** How many keypoints it has. */
    public int size() {
        return keypoints.size();
    }

    /** The layout of a name, in any case, with {@code -} for {@code _} if you like. */
    public static Optional<KeypointLayout> byId(String id) {
        String wanted = id.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(layout -> layout.id().equals(wanted))
                .findFirst();
    }
}
