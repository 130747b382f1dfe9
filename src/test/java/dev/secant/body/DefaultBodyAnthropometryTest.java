package dev.secant.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.secant.body.io.BodyModels;
import dev.secant.body.procedural.Anthropometry;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The default body against the survey it is drawn from (ANSUR II, both sexes pooled). */
class DefaultBodyAnthropometryTest {

    private static final BodyModel BODY = BodyModels.defaultBody();

    private static double[] meanAndDeviation(ToDoubleFunction<BodyMeasures> measure) {
        double variance = 0;
        for (ShapeCoefficient beta : ShapeCoefficient.values()) {
            double half = (measure.applyAsDouble(shaped(beta, 1)) - measure.applyAsDouble(shaped(beta, -1))) / 2;
            variance += half * half;
        }
        return new double[] {measure.applyAsDouble(BodyMeasures.of(BODY, new float[10])), Math.sqrt(variance)};
    }

    private static BodyMeasures shaped(ShapeCoefficient beta, float value) {
        float[] betas = new float[BODY.shapeCount()];
        betas[beta.ordinal()] = value;
        return BodyMeasures.of(BODY, betas);
    }

    @Test
    void statureIsTheSurveysMean() {
        assertThat(BodyMeasures.of(BODY, new float[10]).stature())
                .isCloseTo(Anthropometry.measure("stature").mean(), within(0.002));
    }

    @Test
    void oneStatureBetaIsOneDeviation() {
        double mean = BodyMeasures.of(BODY, new float[10]).stature();
        double deviation = Anthropometry.measure("stature").deviation();
        for (float beta : new float[] {-2, -1, 1, 2}) {
            assertThat(shaped(ShapeCoefficient.STATURE, beta).stature() - mean)
                    .isCloseTo(beta * deviation, within(0.002));
        }
    }

    @ParameterizedTest
    @EnumSource(value = ShapeCoefficient.class, mode = EnumSource.Mode.EXCLUDE, names = "STATURE")
    void theOtherBetasLeaveTheStatureAsItIs(ShapeCoefficient beta) {
        double mean = BodyMeasures.of(BODY, new float[10]).stature();
        assertThat(shaped(beta, 1).stature()).isCloseTo(mean, within(0.002));
        assertThat(shaped(beta, -2).stature()).isCloseTo(mean, within(0.004));
    }

    static Stream<Arguments> measures() {
        SmplJoint hip = SmplJoint.LEFT_HIP;
        SmplJoint knee = SmplJoint.LEFT_KNEE;
        SmplJoint ankle = SmplJoint.LEFT_ANKLE;
        SmplJoint shoulder = SmplJoint.LEFT_SHOULDER;
        SmplJoint elbow = SmplJoint.LEFT_ELBOW;
        SmplJoint wrist = SmplJoint.LEFT_WRIST;
        return Stream.of(
                row("span", BodyMeasures::span),
                row("foot_length", BodyMeasures::footLength),
                row("chest_circumference", m -> m.trunkGirth(SmplJoint.SPINE2, SmplJoint.NECK, 0.28)),
                row("chest_depth", m -> m.trunkDepth(SmplJoint.SPINE2, SmplJoint.NECK, 0.28)),
                row("waist_circumference", m -> m.trunkGirth(SmplJoint.PELVIS, SmplJoint.SPINE1, 0.6)),
                row("waist_depth", m -> m.trunkDepth(SmplJoint.PELVIS, SmplJoint.SPINE1, 0.6)),
                row("waist_breadth", m -> m.trunkBreadth(SmplJoint.PELVIS, SmplJoint.SPINE1, 0.6)),
                row("buttock_circumference", m -> m.trunkGirth(SmplJoint.PELVIS, hip, 1.0)),
                row("hip_breadth", m -> m.trunkBreadth(SmplJoint.PELVIS, hip, 1.0)),
                row("thigh_circumference", m -> m.leftLegGirth(hip, knee, 0.21)),
                row("lower_thigh_circumference", m -> m.leftLegGirth(hip, knee, 0.82)),
                row("calf_circumference", m -> m.leftLegGirth(knee, ankle, 0.30)),
                row("ankle_circumference", m -> m.leftLegGirth(knee, ankle, 0.86)),
                row("biceps_circumference_flexed", m -> m.leftArmGirth(shoulder, elbow, 0.45)),
                row("forearm_circumference_flexed", m -> m.leftArmGirth(elbow, wrist, 0.2)),
                row("wrist_circumference", m -> m.leftArmGirth(elbow, wrist, 0.92)),
                row("head_circumference", m -> m.headGirth(0.085)));
    }

    private static Arguments row(String name, ToDoubleFunction<BodyMeasures> measure) {
        return Arguments.of(name, measure);
    }

    /** Mean within 5 percent, deviation within 12, of the survey's. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("measures")
    void measuresFollowTheSurvey(String name, ToDoubleFunction<BodyMeasures> measure) {
        Anthropometry.Measure published = Anthropometry.measure(name);
        double[] ours = meanAndDeviation(measure);
        // The survey flexed the arm, which swells; one strain over the whole forearm makes slim wrists vary too much.
        double meanBound = name.endsWith("flexed") ? 0.08 : 0.05;
        double deviationBound = name.startsWith("wrist") ? 0.30 : 0.12;
        assertThat(ours[0] / published.mean()).as("mean").isCloseTo(1, within(meanBound));
        assertThat(ours[1] / published.deviation()).as("deviation").isCloseTo(1, within(deviationBound));
    }

    @Test
    void volumeIsThatOfTheMeanWeight() {
        double meanWeight = (85.52 + 67.76) / 2;
        double density =
                meanWeight / (1000 * BodyMeasures.of(BODY, new float[10]).volume());
        // Kilograms a litre, lungs included: between a lean body's and a breath-filled one's.
        assertThat(density).isBetween(0.98, 1.09);
    }

    @Test
    void eachBetaGrowsWhatItsNameSays() {
        assertGrows(ShapeCoefficient.GIRTH, m -> m.trunkGirth(SmplJoint.PELVIS, SmplJoint.SPINE1, 0.6), 0.08);
        assertGrows(ShapeCoefficient.LEG_LENGTH, BodyMeasures::hipJointHeight, 0.03);
        assertGrows(
                ShapeCoefficient.SHOULDER_BREADTH,
                m -> m.distance(SmplJoint.LEFT_SHOULDER, SmplJoint.RIGHT_SHOULDER),
                0.02);
        assertGrows(ShapeCoefficient.HIP_BREADTH, m -> m.distance(SmplJoint.LEFT_HIP, SmplJoint.RIGHT_HIP), 0.014);
        assertGrows(ShapeCoefficient.ARM_LENGTH, BodyMeasures::span, 0.05);
        assertGrows(ShapeCoefficient.CHEST_DEPTH, m -> m.trunkDepth(SmplJoint.SPINE2, SmplJoint.NECK, 0.28), 0.012);
        assertGrows(ShapeCoefficient.WAIST_DEPTH, m -> m.trunkDepth(SmplJoint.PELVIS, SmplJoint.SPINE1, 0.6), 0.015);
        assertGrows(
                ShapeCoefficient.LIMB_GIRTH, m -> m.leftLegGirth(SmplJoint.LEFT_HIP, SmplJoint.LEFT_KNEE, 0.4), 0.02);
        assertGrows(ShapeCoefficient.HEAD_AND_HAND_SIZE, m -> m.headGirth(0.085), 0.012);
    }

    private static void assertGrows(ShapeCoefficient beta, ToDoubleFunction<BodyMeasures> measure, double atLeast) {
        double mean = measure.applyAsDouble(BodyMeasures.of(BODY, new float[10]));
        assertThat(measure.applyAsDouble(shaped(beta, 1)) - mean).as("%s", beta).isGreaterThan(atLeast);
    }
}
