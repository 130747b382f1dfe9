package dev.secant.fit.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.BodyModel;
import dev.secant.body.io.BodyModels;
import dev.secant.body.kinematics.MeshPoser;
import dev.secant.checkpoint.CheckpointRegistry;
import dev.secant.fit.Camera;
import dev.secant.fit.Distortion;
import dev.secant.fit.FittedBody;
import dev.secant.fit.KeypointLayout;
import dev.secant.fit.SamplePerson;
import dev.secant.fit.learned.DefaultBodyFitter;
import dev.secant.problems.body.MultiViewSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One body is fitted to all views; people are matched across views. */
class MultiViewFitterTest {

    private static final BodyModel BODY = BodyModels.defaultBody();
    private static final MultiViewFitter FITTER =
            new MultiViewFitter(new DefaultBodyFitter(BODY, CheckpointRegistry.bundled(), "body"), BODY);

    /** Standing, in a world with y up, with arms and legs bent a little differently. */
    private static List<MultiViewSampler.Person> people(int count, int views) {
        SplittableRandom random = new SplittableRandom(3);
        List<float[]> poses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] pose = new float[72];
            for (int j = 3; j < 72; j++) {
                pose[j] = (float) (0.12 * random.nextGaussian());
            }
            poses.add(pose);
        }
        MultiViewSampler sampler = new MultiViewSampler(BODY, poses);
        List<MultiViewSampler.Person> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(sampler.draw(views, random));
        }
        return people;
    }

    private static double error(MultiViewBody body, float[] truth) {
        double sum = 0;
        for (int p = 0; p < truth.length; p += 3) {
            sum += Math.hypot(
                    Math.hypot(body.joints3d()[p] - truth[p], body.joints3d()[p + 1] - truth[p + 1]),
                    body.joints3d()[p + 2] - truth[p + 2]);
        }
        return 1000 * sum / (truth.length / 3);
    }

    @Test
    void moreViewsFindTheBodyWhereItIs() {
        double[] errors = new double[3];
        List<MultiViewSampler.Person> people = people(6, 4);
        int[] counts = {1, 2, 4};
        for (int i = 0; i < counts.length; i++) {
            for (MultiViewSampler.Person person : people) {
                MultiViewProblem problem = new MultiViewProblem(
                        person.problem().layout(), person.problem().views().subList(0, counts[i]));
                MultiViewBody body =
                        FITTER.fit(List.of(problem), 20, item -> false).get(0);
                errors[i] += error(body, person.joints()) / people.size();
                assertThat(body.quality().energy())
                        .isLessThanOrEqualTo(body.quality().initialEnergy());
                assertThat(body.up()).isEqualTo(WorldFrame.Up.POSITIVE_Y);
            }
        }
        assertThat(errors[1]).isLessThan(60).isLessThan(errors[0]);
        assertThat(errors[2]).isLessThan(30).isLessThan(errors[1]);
    }

    @Test
    void aBodyInAViewAndLevelIsTheSameBody() {
        MultiViewSampler.Person person = people(1, 3).get(0);
        MultiViewBody body =
                FITTER.fit(List.of(person.problem()), 20, item -> false).get(0);
        MeshPoser poser = new MeshPoser(BODY);
        float[] world = poser.vertices(body.betas(), body.pose(), body.translation());
        CalibratedCamera camera = person.problem().views().get(1).camera();
        FittedBody inView = WorldFrame.inView(body, BODY.skeleton(), camera, 1);
        assertThat(poser.vertices(inView.betas(), inView.pose(), inView.translation()))
                .containsExactly(camera.toCamera(world), within(1e-4f));
        FittedBody level = WorldFrame.level(body, BODY.skeleton());
        float[] upright = poser.vertices(level.betas(), level.pose(), level.translation());
        for (int v = 0; v < world.length; v += 3) {
            assertThat(upright[v]).isCloseTo(world[v], within(1e-4f));
            assertThat(upright[v + 1]).isCloseTo(-world[v + 1], within(1e-4f));
        }
    }

    @Test
    void aTurnedCameraChangesNothing() {
        MultiViewSampler.Person person = people(1, 2).get(0);
        List<MultiViewProblem.View> turned = person.problem().views().stream()
                .map(MultiViewFitterTest::turned)
                .toList();
        MultiViewBody body =
                FITTER.fit(List.of(person.problem()), 0, item -> false).get(0);
        MultiViewBody sideways = FITTER.fit(
                        List.of(new MultiViewProblem(person.problem().layout(), turned)), 0, item -> false)
                .get(0);
        assertThat(sideways.joints3d()).containsExactly(body.joints3d(), within(2e-3f));
    }

    /** The camera on its side: what was at (x, y) about the principal point is now at (-y, x). */
    private static MultiViewProblem.View turned(MultiViewProblem.View view) {
        CalibratedCamera camera = view.camera();
        double[] r = camera.rotation();
        double[] t = camera.translation();
        double[] keypoints = view.keypoints().clone();
        double cx = camera.intrinsics().centerX();
        double cy = camera.intrinsics().centerY();
        for (int k = 0; k < keypoints.length; k += 3) {
            double x = keypoints[k] - cx;
            keypoints[k] = cx - (keypoints[k + 1] - cy);
            keypoints[k + 1] = cy + x;
        }
        return new MultiViewProblem.View(
                new CalibratedCamera(
                        camera.id(),
                        camera.width(),
                        camera.height(),
                        camera.intrinsics(),
                        new double[] {-r[3], -r[4], -r[5], r[0], r[1], r[2], r[6], r[7], r[8]},
                        new double[] {-t[1], t[0], t[2]}),
                keypoints);
    }

    @Test
    void distortionIsRemovedFromKeypointsAndPutBackIntoResults() {
        MultiViewSampler.Person person = people(1, 2).get(0);
        Distortion distortion = new Distortion(-0.2, 0.05, 0.001, 0.002, 0);
        List<MultiViewProblem.View> distorted = person.problem().views().stream()
                .map(view -> distorted(view, distortion))
                .toList();
        MultiViewBody plain =
                FITTER.fit(List.of(person.problem()), 20, item -> false).get(0);
        MultiViewBody same = FITTER.fit(
                        List.of(new MultiViewProblem(person.problem().layout(), distorted)), 20, item -> false)
                .get(0);
        assertThat(same.joints3d()).containsExactly(plain.joints3d(), within(5e-3f));
        assertThat(same.reprojectionError()).isCloseTo(plain.reprojectionError(), within(5e-3));
    }

    private static MultiViewProblem.View distorted(MultiViewProblem.View view, Distortion distortion) {
        CalibratedCamera camera = view.camera();
        Camera pinhole = camera.intrinsics();
        double[] keypoints = view.keypoints().clone();
        for (int k = 0; k < keypoints.length; k += 3) {
            double[] ray = pinhole.ray(keypoints[k], keypoints[k + 1]).orElseThrow();
            double[] seen = distortion.apply(ray[0], ray[1]);
            keypoints[k] = pinhole.focalX() * seen[0] + pinhole.centerX();
            keypoints[k + 1] = pinhole.focalY() * seen[1] + pinhole.centerY();
        }
        return new MultiViewProblem.View(
                new CalibratedCamera(
                        camera.id(),
                        camera.width(),
                        camera.height(),
                        pinhole.with(distortion),
                        camera.rotation(),
                        camera.translation()),
                keypoints);
    }

    @Test
    void peopleAreMatchedAcrossViews() {
        List<MultiViewSampler.Person> people = people(1, 3);
        List<MultiViewProblem.View> views = people.get(0).problem().views();
        List<CalibratedCamera> cameras =
                views.stream().map(MultiViewProblem.View::camera).toList();
        double[] stranger =
                SamplePerson.problems(BODY, KeypointLayout.BODY_25).get(0).keypoints();
        List<List<double[]>> seen = List.of(
                List.of(views.get(0).keypoints()),
                List.of(stranger, views.get(1).keypoints()),
                List.of(views.get(2).keypoints(), new double[75]));
        List<int[]> matched =
                new PeopleMatching(PeopleMatching.DEFAULT_GATE).match(cameras, KeypointLayout.BODY_25, seen);
        assertThat(matched.get(0)).containsExactly(0, 1, 0);
        assertThat(matched).hasSize(2);
        assertThat(matched.get(1)).containsExactly(-1, 0, -1);
    }

    @Test
    void anOutlyingViewDoesNotMoveTheMeanOfThree() {
        double[] precision = {100, 0, 0, 0, 100, 0, 0, 0, 100};
        List<RobustMean.Estimate> estimates = List.of(
                new RobustMean.Estimate(new double[] {0, 0, 0}, precision),
                new RobustMean.Estimate(new double[] {0.02, 0, 0}, precision),
                new RobustMean.Estimate(new double[] {5, 0, 0}, precision));
        assertThat(RobustMean.ofVectors(estimates).value()[0]).isCloseTo(0.01, within(0.02));
    }
}
