package dev.secant.fit.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonTrackerTest {

    private static final double RATE = 30;

    /** Four keypoints, 100 pixels tall; the confidence tells people apart. */
    private static double[] person(double x, double y, double mark) {
        return new double[] {x, y, mark, x + 30, y, mark, x, y + 100, mark, x + 30, y + 100, mark};
    }

    private static List<Double> marks(PersonTracker.Track track) {
        List<Double> marks = new ArrayList<>();
        track.frames().forEach(frame -> marks.add(frame == null ? 0 : frame[2]));
        return marks;
    }

    @Test
    void peopleWhoCrossKeepTheirTracks() {
        PersonTracker tracker = new PersonTracker(RATE);
        for (int t = 0; t < 40; t++) {
            double[] right = person(10 * t, 0, 0.5);
            double[] left = person(400 - 10 * t, 12, 0.9);
            // The file's order says nothing.
            tracker.add(t % 2 == 0 ? List.of(right, left) : List.of(left, right));
        }
        List<PersonTracker.Track> tracks = tracker.tracks(5);
        assertThat(tracks).hasSize(2);
        assertThat(tracks).allSatisfy(track -> assertThat(marks(track))
                .hasSize(40)
                .containsOnly(marks(track).get(0)));
    }

    @Test
    void aGapIsBridgedAndALongOneEndsTheTrack() {
        PersonTracker tracker = new PersonTracker(RATE);
        for (int t = 0; t < 100; t++) {
            boolean seen = t >= 2 && t < 20 || t >= 30 && t < 40 || t >= 80;
            tracker.add(seen ? List.of(person(5 * t, 0, 0.5)) : t == 0 ? List.of(new double[12]) : List.of());
        }
        List<PersonTracker.Track> tracks = tracker.tracks(5);
        assertThat(tracks).hasSize(2);
        assertThat(tracks.get(0).first()).isEqualTo(2);
        assertThat(tracks.get(0).detections()).isEqualTo(28);
        assertThat(tracks.get(0).frames()).hasSize(38);
        assertThat(tracks.get(0).frames().subList(18, 28)).containsOnlyNulls();
        assertThat(tracks.get(1).first()).isEqualTo(80);
    }

    @Test
    void whoIsSeenTooSeldomIsLeftOut() {
        PersonTracker tracker = new PersonTracker(RATE);
        for (int t = 0; t < 10; t++) {
            List<double[]> people = new ArrayList<>(List.of(person(0, 0, 0.5)));
            if (t == 4) {
                people.add(person(1000, 0, 0.9));
            }
            tracker.add(people);
        }
        assertThat(tracker.tracks(5)).hasSize(1);
        assertThat(tracker.tracks(1)).hasSize(2);
    }
}
