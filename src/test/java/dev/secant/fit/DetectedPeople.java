package dev.secant.fit;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.problems.body.BodySampler;
import dev.secant.problems.body.BodySamples;
import dev.secant.problems.body.CommonJoints;
import dev.secant.problems.body.SamplingProtocol;
import dev.secant.problems.body.TestMotion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/** OpenPose files of people of our own making, with a detector's noise and gaps: a fixture that needs no recording. */
public final class DetectedPeople {

    /** An upright image's camera; {@link #QUERY} says it. */
    private static final Camera CAMERA = Camera.ofFocal(1684, 1088, 1920);

    /** The camera, as the API's query. */
    public static final String QUERY = "?width=1088&height=1920&focal=1684";

    private DetectedPeople() {}

    /** The file of so many people. */
    public static String openPose(KeypointLayout layout, int people, long seed) {
        List<Map<String, List<Double>>> all = new ArrayList<>();
        for (double[] keypoints : keypoints(layout, people, seed)) {
            all.add(Map.of("pose_keypoints_2d", Arrays.stream(keypoints).boxed().toList()));
        }
        return JsonMapper.shared().writeValueAsString(Map.of("version", 1.3, "people", all));
    }

    /** x, y and confidence of the layout, one array a person, seen by a camera of {@link #QUERY}. */
    public static List<double[]> keypoints(KeypointLayout layout, int people, long seed) {
        BodyModel body = BodyModels.defaultBody();
        boolean[] all = new boolean[KeypointCatalogue.all().size()];
        Arrays.fill(all, true);
        BodySamples samples = new BodySampler(
                        CommonJoints.rig(body), TestMotion.poses(), SamplingProtocol.VALIDATION, all)
                .draw(people, new SplittableRandom(seed));
        Observations observations = samples.observations();
        int[] slots = KeypointCatalogue.slots(layout);
        List<double[]> result = new ArrayList<>();
        for (int b = 0; b < people; b++) {
            double[] keypoints = new double[3 * slots.length];
            for (int k = 0; k < slots.length; k++) {
                int at = b * all.length + slots[k];
                if (observations.weights()[at] > 0) {
                    keypoints[3 * k] = pixels(CAMERA.focalX() * observations.rays()[2 * at] + CAMERA.centerX());
                    keypoints[3 * k + 1] = pixels(CAMERA.focalY() * observations.rays()[2 * at + 1] + CAMERA.centerY());
                    keypoints[3 * k + 2] = 0.9;
                }
            }
            result.add(keypoints);
        }
        return result;
    }

    /** To three decimals, as detectors write them. */
    private static double pixels(double exact) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", exact));
    }
}
