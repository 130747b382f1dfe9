package dev.secant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms point one way. */
class RoomsTest {

    /** From the top down: a room knows rooms behind it only. */
    private static final List<String> ROOMS = List.of(
            "web",
            "jobs",
            "training",
            "evaluation",
            "minimize",
            "fit",
            "checkpoint",
            "objective",
            "optimizer",
            "body",
            "tensor");

    private static final List<String> WITHOUT_SPRING =
            List.of("tensor", "body", "optimizer", "objective", "checkpoint", "fit", "minimize");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.secant");

    @Test
    void noRoomKnowsARoomAboveIt() {
        for (int i = 1; i < ROOMS.size(); i++) {
            String[] above = ROOMS.subList(0, i).stream().map(RoomsTest::in).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(in(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(classes);
        }
    }

    @Test
    void methodsAndModelsHoldNoSpringType() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_SPRING.stream().map(RoomsTest::in).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(classes);
    }

    @Test
    void onlyTheTensorRoomNamesTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("tensor"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(classes);
    }

    private static String in(String room) {
        return "dev.secant." + room + "..";
    }
}
