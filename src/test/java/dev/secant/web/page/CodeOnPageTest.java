package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request as code: what is copied runs as it is. */
class CodeOnPageTest extends PageTest {

    @ParameterizedTest
    @CsvSource({
        "curl, curl, request.sh, bash",
        "Python, python3, request.py, python3",
        "TypeScript, node, request.mjs, node"
    })
    void theCodeOfAMinimizationRuns(String language, String tool, String file, String interpreter, @TempDir Path folder)
            throws Exception {
        assumeTrue(isInstalled(tool), "%s is not installed: its code is not run.".formatted(tool));
        String request =
                "{\"expression\": \"(x[1] - 3)^2 + abs(x[2])^2 + 0 * t[1]\", \"starts\": [[0, 1]], \"parameters\": {\"t\": [1, 2]}}";
        String job = json(post("/v1/minimizations", request, "Prefer", "wait=60"))
                .at("/job/id")
                .asString();
        visit("#/formulas/" + job);
        assertThat(run(shown(language), file, interpreter, folder)).contains("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource({
        "curl, curl, request.sh, bash",
        "Python, python3, request.py, python3",
        "TypeScript, node, request.mjs, node"
    })
    void theCodeOfAFitReadsTheFileThatWasChosen(
            String language, String tool, String file, String interpreter, @TempDir Path folder) throws Exception {
        assumeTrue(isInstalled(tool), "%s is not installed: its code is not run.".formatted(tool));
        Path keypoints = Files.copy(KEYPOINTS, folder.resolve("it's a person.json"));
        visit("#/bodies");
        at("#keypoint-files").setInputFiles(keypoints);
        expect(at("#chosen")).containsText("it's a person.json");
        at("#fit-submit").click();
        at("#fit-result").waitFor();
        String code = shown(language);
        assertThat(code).contains("a person.json").contains("steps=20");
        assertThat(run(code, file, interpreter, folder)).contains("SUCCEEDED");
    }

    private String shown(String language) {
        at(".snippets summary").click();
        at("[data-language=" + language + "]").click();
        expect(at("[data-language=" + language + "]")).hasAttribute("aria-pressed", "true");
        return at(".code").textContent();
    }

    private static boolean isInstalled(String tool) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v " + tool).start().waitFor() == 0;
    }

    private static String run(String code, String file, String interpreter, Path folder)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve(file), code);
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(List.of(interpreter, file))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ended", interpreter).isTrue();
        return Files.readString(printed, StandardCharsets.UTF_8);
    }
}
