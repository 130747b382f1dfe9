package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** From a dropped file to a body, its steps and its files. */
class BodiesPageTest extends PageTest {

    private static final int COLOURS_OF_A_BODY = 300;

    /** Fits the example, and waits for the body. */
    private String fitExample() {
        visit("#/bodies");
        at("#fit-example").click();
        expect(at("#chosen")).containsText("OpenPose");
        at("#fit-submit").click();
        at("#fit-result").waitFor();
        expect(at("#step-text")).containsText("the result");
        return job("bodies");
    }

    private void drop(String name, String content) {
        JSHandle transfer = page.evaluateHandle(
                "([name, content]) => { const transfer = new DataTransfer();"
                        + " transfer.items.add(new File([content], name, {type: 'application/json'})); return transfer; }",
                List.of(name, content));
        at("#drop").dispatchEvent("drop", Map.of("dataTransfer", transfer));
    }

    @Test
    void aDroppedFileBecomesABodyWhoseStepsCanBeScrubbed() throws Exception {
        visit("");
        drop("person.json", Files.readString(KEYPOINTS));
        expect(at("#chosen")).hasText("Chosen: person.json");
        at("#fit-submit").click();
        at("#fit-result").waitFor();

        expect(at("#fit-job .state")).hasText("SUCCEEDED");
        expect(at("#step-text")).containsText("the result");
        expect(at("#residual-rows tr")).hasCount(25);
        expect(at("#fit-plots canvas")).hasCount(3);
        assertThat(colours()).as("colours of the scene").isGreaterThan(COLOURS_OF_A_BODY);
        picture("page", at("#fit-result .views"));

        at("#step").focus();
        byte[] result = scene();
        page.keyboard().press("Home");
        expect(at("#step-text")).containsText(Pattern.compile("\\b0 of \\d+"));
        expect(at("#step-text")).containsText("the initial estimate");
        expect(at("#step")).hasAttribute("aria-valuetext", Pattern.compile("0 of \\d+.*"));
        assertThat(scene()).isNotEqualTo(result);
        page.keyboard().press("ArrowRight");
        expect(at("#step-text")).containsText(Pattern.compile("\\b1 of \\d+"));
        expect(at("#scene-note")).containsText("Drag to turn");
    }

    @Test
    void theBodyIsSeenFromEachSide() throws IOException {
        fitExample();
        List<byte[]> views = new ArrayList<>();
        for (String view : List.of("front", "side", "camera")) {
            at("[data-view=" + view + "]").click();
            expect(at("[data-view=" + view + "]")).hasAttribute("aria-pressed", "true");
            views.add(scene());
        }
        at("#scene").focus();
        page.keyboard().press("ArrowLeft");
        views.add(scene());
        at("#show-skeleton").uncheck();
        views.add(scene());
        at("#show-residuals").uncheck();
        views.add(scene());
        for (int i = 1; i < views.size(); i++) {
            assertThat(views.get(i)).as("view %d", i).isNotEqualTo(views.get(i - 1));
        }
    }

    @Test
    void everyFileOfAResultIsSaved() throws Exception {
        String job = fitExample();

        assertThat(JSON.readTree(saved("[data-file$='.json']"))
                        .at("/people/0/outcome")
                        .asString())
                .isEqualTo("SUCCEEDED");
        assertThat(saved("[data-file='person-0.glb']")).isEqualTo(download("/v1/jobs/" + job + "/meshes/0.glb"));
        assertThat(saved("[data-file$='rigged.glb']"))
                .isEqualTo(download("/v1/jobs/" + job + "/meshes/0.glb?rigged=true"));
        assertThat(new String(saved("[data-file$='.obj']"), StandardCharsets.US_ASCII))
                .contains("\nv ", "\nf ");
        assertThat(saved("[data-file$='.ply']")).startsWith("ply\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(saved("[data-file$='.npz']")).startsWith("PK".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aPhotoIsShownAndNeverSent() throws IOException {
        List<String> sent = new ArrayList<>();
        page.onRequest(request -> {
            if (request.postDataBuffer() != null) {
                sent.add(new String(request.postDataBuffer(), StandardCharsets.ISO_8859_1));
            }
        });
        visit("#/bodies");
        at("#fit-example").click();
        expect(at("#chosen")).containsText("OpenPose");
        at("#photo").setInputFiles(new FilePayload("photo.png", "image/png", photo(1920, 1080)));
        expect(at("#width")).hasValue("1920");
        at("#fit-submit").click();
        at("#fit-result").waitFor();
        expect(at("#step-text")).containsText("the result");

        BufferedImage image = image(at("#image").screenshot());
        assertThat(new Color(image.getRGB(8, 8)).getGreen() - new Color(image.getRGB(8, 8)).getRed())
                .as("the photo is green there")
                .isGreaterThan(100);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).startsWith("{\"people\"");
    }

    private static byte[] photo(int width, int height) throws IOException {
        BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                photo.setRGB(x, y, new Color(20, 200, 60 + 100 * y / height).getRGB());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(photo, "png", out);
        return out.toByteArray();
    }

    @Test
    void aLinkLeadsAnotherPersonToTheResult() {
        String job = fitExample();
        String energy = at("#step-text").textContent();

        reopen(Chromium.size(1280, 900));
        visit("#/bodies/" + job);

        at("#fit-result").waitFor();
        expect(at("#step-text")).hasText(energy);
        at(".snippets summary").click();
        expect(at(".code")).containsText("\"layout\": \"body_25\"");
    }

    @Test
    void severalPeopleAreFramesThatPlay() {
        visit("#/bodies");
        at("#fit-four").click();
        expect(at("#chosen")).containsText("Four people");
        at("#fit-submit").click();
        at("#fit-result").waitFor();
        expect(at("#person-text")).containsText("1 of 4");
        at("#play-people").click();
        expect(at("#person-text")).containsText("4 of 4");
        expect(at("#play-people")).hasText("Play as frames");
        expect(at("#step-text")).containsText("the result");

        at("#step").evaluate("slider => { slider.value = 0; slider.dispatchEvent(new Event('input')); }");
        at("#play-steps").click();
        expect(at("#step-text")).containsText("the result");
    }

    private void chooseThreeFrames() throws IOException {
        byte[] file = Files.readAllBytes(KEYPOINTS);
        visit("#/bodies");
        at("#keypoint-files")
                .setInputFiles(IntStream.of(10, 2, 1)
                        .mapToObj(i -> new FilePayload("frame_%d.json".formatted(i), "application/json", file))
                        .toArray(FilePayload[]::new));
        expect(at("#chosen")).hasText("Chosen: 3 files");
    }

    @Test
    void severalFilesAreFramesOfOnePersonOrFittedEachByItself() throws IOException {
        chooseThreeFrames();
        at("#smooth").uncheck();
        at("#fit-submit").click();
        at("#fit-result").waitFor();
        expect(at("#person-text")).containsText("1 of 3");
        expect(at("#step-text")).containsText("the result");

        chooseThreeFrames();
        at("#frame-rate").fill("2");
        at("#smooth").check();
        at("#fit-submit").click();
        expect(at("#person-text")).containsText("1 of 3, 0.00 s, mean residual");
        assertThat(colours()).as("colours of the scene").isGreaterThan(COLOURS_OF_A_BODY);
        at("#play-people").click();
        expect(at("#person-text")).containsText("3 of 3, 1.00 s");
        expect(at("#play-people")).hasText("Play");
        assertThat(saved("[data-file$='.bvh']")).startsWith("HIERARCHY".getBytes(StandardCharsets.US_ASCII));
        at(".snippets summary").click();
        expect(at(".code")).containsText("v1/sequences");
    }

    @Test
    void whatIsWrongIsSaid() {
        visit("#/bodies");
        at("#fit-submit").click();
        expect(at("#message")).containsText("Choose a keypoint file");
        drop("short.json", "{\"people\": [{\"pose_keypoints_2d\": [1, 2, 3]}]}");
        expect(at("#chosen")).hasText("Chosen: short.json");
        at("#fit-submit").click();
        expect(at("#message")).containsText("keypoint");
        drop("half.json", "{\"people\": ");
        expect(at("#chosen")).hasText("Chosen: half.json");
        at("#fit-submit").click();
        expect(at("#message")).containsText("Unexpected end-of-input");
        visit("#/bodies/no-such-job");
        expect(at("#message")).containsText("There is no job");
    }

    /** The scene once nothing moves. */
    private byte[] scene() {
        expect(at("#scene")).hasAttribute("data-drawn", "still");
        return at("#scene").screenshot();
    }

    /** How many colours the scene has: few if nothing is drawn. */
    private long colours() throws IOException {
        BufferedImage image = image(scene());
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .distinct()
                .count();
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
