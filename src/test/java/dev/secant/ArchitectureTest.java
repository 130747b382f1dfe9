package dev.secant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between modules, and between the packages of a module, point one way; outside a module only its API is named. */
class ArchitectureTest {

    private static final String BASE = "dev.secant.";
    private static final int MOST_FILES = 25;
    private static final int MOST_LINES = 260;

    /** Files that may be longer, and why. */
    private static final Map<String, String> LONGER = Map.of(
            "body/kinematics/PointKinematics.java",
                    "one pass down the tree and its exact adjoint, which are read side by side",
            "fit/learned/BodyNetworks.java",
                    "what a checkpoint of body fits holds: its settings, checks and loading, which change together",
            "fit/views/MultiViewEnergy.java", "value, gradient and Jacobian of one energy, which are read side by side",
            "cli/views/FitViewsCommand.java", "the options of one command",
            "web/fits/FitRequestReader.java", "all checks of one request");

    /** From the top down: a module knows modules behind it only. */
    private static final List<String> MODULES = List.of(
            "cli",
            "web",
            "security",
            "jobs",
            "training",
            "evaluation",
            "problems",
            "minimize",
            "fit",
            "checkpoint",
            "objective",
            "optimizer",
            "body",
            "linalg",
            "tensor",
            "plot",
            "text",
            "io");

    /** The packages of a module from the top down; the empty name is the module's own package. */
    private static final Map<String, List<String>> PACKAGES = Map.ofEntries(
            entry("cli", List.of("", "bench", "evaluate", "keys", "sequence", "views")),
            entry("web", List.of("page", "fits", "minimizations", "jobs", "catalogue", "security", "", "errors")),
            entry("jobs", List.of("fit", "minimization", "", "execution", "devices", "store")),
            entry("training", List.of("body", "")),
            entry("evaluation", List.of("report", "trial", "body")),
            entry("problems", List.of("", "body")),
            entry("minimize", List.of("output", "request", "run", "")),
            entry("objective", List.of("array", "", "catalogue", "graph", "syntax", "grammar")),
            entry(
                    "optimizer",
                    List.of(
                            "timing",
                            "secant",
                            "policy",
                            "amortized",
                            "lsr1",
                            "newton",
                            "quasinewton",
                            "firstorder",
                            "linesearch",
                            "batch",
                            "vectors",
                            "")),
            entry(
                    "fit",
                    List.of("files", "output", "calibration", "views", "sequence", "learned", "tensors", "arrays", "")),
            entry("body", List.of("mesh", "io", "pickle", "kinematics", "")));

    /** What may be named outside of a module, besides the types of the module's own package. */
    private static final Map<String, Set<String>> API = Map.ofEntries(
            entry("jobs.execution", Set.of("JobSignals")),
            entry(
                    "jobs.fit",
                    Set.of("FitOutcome", "FitPayload", "MultiViewPayload", "SequenceOutcome", "SequencePayload")),
            entry(
                    "jobs.store",
                    Set.of(
                            "ItemOutcome",
                            "ItemResult",
                            "Job",
                            "JobFilter",
                            "JobKind",
                            "JobState",
                            "JobStore",
                            "NewJob",
                            "RunningItem")),
            entry("jobs.minimization", Set.of("MinimizationProperties")),
            entry("web.jobs", Set.of("FittedPerson", "MultiViewPerson", "SequenceResult")),
            entry(
                    "evaluation.report",
                    Set.of(
                            "AblationReport",
                            "CostReport",
                            "FunctionsReport",
                            "ProfilesReport",
                            "QuadraticsReport",
                            "ReportProgress")),
            entry(
                    "evaluation.body",
                    Set.of(
                            "BodyEvaluation",
                            "SequenceEvaluation",
                            "FitSolverTrial",
                            "FitStorageTrial",
                            "MultiViewFolder",
                            "ViewsEvaluation")),
            entry("fit.files", Set.of("OpenPoseFile", "OpenPoseLayoutDetector")),
            entry(
                    "evaluation.trial",
                    Set.of(
                            "ConvergenceCurves",
                            "ConvergenceTrial",
                            "DeviceBenchmark",
                            "LearningRateSearch",
                            "RosenbrockBenchmark",
                            "RunBudget")),
            entry(
                    "problems.body",
                    Set.of(
                            "BodySampler",
                            "BodySamples",
                            "ClipSampler",
                            "CommonJoints",
                            "DetectionCase",
                            "MotionLibrary",
                            "MultiViewSampler",
                            "PoseMetrics",
                            "SamplingProtocol")),
            entry("training.body", Set.of("BodyTraining")),
            entry(
                    "fit.output",
                    Set.of(
                            "BodyParameters",
                            "FitOverlay",
                            "FittedMeshes",
                            "FittedPoints",
                            "SequenceFiles",
                            "WorldParameters")),
            entry("minimize.output", Set.of("ResultFormat")),
            entry("minimize.request", Set.of("Examples", "RequestReader", "Validation", "Validator")),
            entry("minimize.run", Set.of("BatchObjective", "Minimizer", "SolverFactory")),
            entry("objective.array", Set.of("ArrayEvaluator")),
            entry("objective.catalogue", Set.of("Catalogue", "CatalogueEntry")),
            entry("objective.graph", Set.of("ParameterValue", "TensorType")),
            entry("objective.syntax", Set.of("ExpressionException", "ExpressionLimits", "Formula")),
            entry("fit.calibration", Set.of("CalibrationException", "CalibrationFiles")),
            entry(
                    "fit.views",
                    Set.of(
                            "CalibratedCamera",
                            "MultiViewBody",
                            "MultiViewFitter",
                            "MultiViewProblem",
                            "PeopleMatching",
                            "Triangulation",
                            "WorldFrame")),
            entry(
                    "fit.sequence",
                    Set.of(
                            "FittedSequence",
                            "MotionPrior",
                            "PersonTracker",
                            "RangeExecutor",
                            "SequenceFitter",
                            "SequenceObserver",
                            "SequenceProblem",
                            "SequenceWeights")),
            entry("fit.learned", Set.of("BodyNetworks", "DefaultBodyFitter", "FitStart")),
            entry("optimizer.amortized", Set.of("AmortizedSr1", "InitialInverse")),
            entry("optimizer.firstorder", Set.of("AdaHessian", "Adam", "GradientDescent", "NesterovGradient")),
            entry(
                    "optimizer.lsr1",
                    Set.of("ElementwiseNetwork", "LearnedSr1", "RankOneBuffer", "Sr1Networks", "Sr1Settings")),
            entry("optimizer.newton", Set.of("LevenbergMarquardt", "NewtonCg", "NonlinearConjugateGradient")),
            entry("optimizer.quasinewton", Set.of("Bfgs", "Lbfgs", "Sr1")),
            entry("optimizer.policy", Set.of("SecantPolicy")),
            entry("optimizer.secant", Set.of("SecantPopulation", "SecantQuasiNewton")),
            entry("optimizer.timing", Set.of("StepParts")),
            entry(
                    "body.io",
                    Set.of("BodyModelWriter", "BodyModels", "BvhWriter", "MotionClip", "NpzWriter", "SmplNpzWriter")),
            entry(
                    "body.kinematics",
                    Set.of(
                            "MeshPoser",
                            "PointDefinition",
                            "PointKinematics",
                            "PointRig",
                            "Rotations",
                            "TensorExponential",
                            "TensorKinematics",
                            "TensorRotations",
                            "TensorVectors")),
            entry(
                    "body.mesh",
                    Set.of("GlbWriter", "Mesh", "MeshRenderer", "ObjWriter", "PlyWriter", "RiggedGlbWriter")));

    private static final List<String> WITHOUT_SPRING = List.of(
            "io",
            "text",
            "plot",
            "tensor",
            "linalg",
            "body",
            "optimizer",
            "objective",
            "checkpoint",
            "fit",
            "minimize",
            "problems");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.secant");

    @Test
    void noModuleKnowsAModuleAboveIt() {
        for (int i = 1; i < MODULES.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage(in(MODULES.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(in(MODULES.subList(0, i)))
                    .check(classes);
        }
    }

    @Test
    void everyClassIsInAModuleAndAListedPackage() {
        Stream<String> packages = MODULES.stream().flatMap(module -> PACKAGES.getOrDefault(module, List.of("")).stream()
                .map(name -> packageOf(module, name)));
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of("dev.secant"), packages).toArray(String[]::new))
                .check(classes);
    }

    @Test
    void noPackageKnowsAPackageAboveItInItsModule() {
        PACKAGES.forEach((module, names) -> {
            List<String> packages =
                    names.stream().map(name -> packageOf(module, name)).toList();
            for (int i = 1; i < packages.size(); i++) {
                noClasses()
                        .that()
                        .resideInAPackage(packages.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages.subList(0, i).toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(classes);
            }
        });
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.secant.(**)").should().beFreeOfCycles().check(classes);
    }

    /** Types of a module's sub-packages are public for each other only: this takes the compiler's place. */
    @Test
    void outsideAModuleOnlyItsApiIsNamed() {
        for (String module : PACKAGES.keySet()) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(in(module))
                    .should()
                    .dependOnClassesThat(DescribedPredicate.describe(
                            "are inside of " + module, type -> isIn(module, type) && !isApi(module, type)))
                    .check(classes);
        }
    }

    @Test
    void everyEntryOfTheApiIsThere() {
        API.forEach((name, types) -> types.forEach(type -> assertThat(classes.contain(BASE + name + "." + type))
                .as(name + "." + type)
                .isTrue()));
    }

    @Test
    void packagesAreNotOutgrown() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src/main/java")).filter(Files::isDirectory)) {
            for (Path folder : folders.toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files.filter(file -> file.toString().endsWith(".java")))
                            .as(folder.toString())
                            .hasSizeLessThanOrEqualTo(MOST_FILES);
                }
            }
        }
    }

    @Test
    void classesAreReadInOneSitting() throws IOException {
        Path root = Path.of("src/main/java/dev/secant");
        List<String> outgrown = new ArrayList<>();
        List<String> excused = new ArrayList<>();
        try (Stream<Path> files =
                Files.walk(root).filter(file -> file.toString().endsWith(".java"))) {
            for (Path file : files.toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                int lines = Files.readAllLines(file).size();
                if (lines > MOST_LINES) {
                    (LONGER.containsKey(name) ? excused : outgrown).add(lines + " lines: " + name);
                }
            }
        }
        assertThat(outgrown).as("of more than %d lines", MOST_LINES).isEmpty();
        assertThat(excused).as("exceptions that are still needed").hasSameSizeAs(LONGER.keySet());
    }

    @Test
    void methodsAndModelsHoldNoSpringType() {
        noClasses()
                .that()
                .resideInAnyPackage(in(WITHOUT_SPRING))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(classes);
    }

    @Test
    void onlyTheTensorModuleNamesTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("tensor"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(classes);
    }

    private static boolean isIn(String module, JavaClass type) {
        String name = type.getPackageName();
        return name.equals(BASE + module) || name.startsWith(BASE + module + ".");
    }

    private static boolean isApi(String module, JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(BASE + module)) {
            return true;
        }
        String topLevel = type.getName().substring(name.length() + 1).replaceFirst("\\$.*", "");
        return API.getOrDefault(name.substring(BASE.length()), Set.of()).contains(topLevel);
    }

    private static String packageOf(String module, String name) {
        return BASE + (name.isEmpty() ? module : module + "." + name);
    }

    private static String in(String module) {
        return BASE + module + "..";
    }

    private static String[] in(List<String> modules) {
        return modules.stream().map(ArchitectureTest::in).toArray(String[]::new);
    }
}
