package dev.secant.web.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.secant.SecantApplication;
import dev.secant.web.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;

/** The service as it ships, and its page in a real browser. */
@SpringBootTest(
        classes = SecantApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:page-${random.uuid};DB_CLOSE_ON_EXIT=FALSE")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTest extends ServiceTest {

    static final Path KEYPOINTS = Path.of("docs/examples/openpose.json");

    private @Nullable Chromium chromium;
    Page page;

    Chromium chromium() {
        if (chromium == null) {
            chromium = Chromium.start(uri("").toString());
        }
        return chromium;
    }

    @BeforeEach
    void open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(Chromium.PATIENCE);
        page = chromium().open();
    }

    @AfterEach
    void nothingElseHappened() {
        page.context().close();
        chromium().assertNoFault();
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    void reopen(Browser.NewContextOptions options) {
        page.context().close();
        page = chromium().open(options);
    }

    /** Goes to a section and waits until it listens. */
    void visit(String fragment) {
        page.navigate(uri("/").toString() + fragment);
        page.locator("main > section:not([hidden])").waitFor();
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    static LocatorAssertions expect(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }

    /** The job that is shown, once it is. */
    String job(String section) {
        page.waitForURL(Pattern.compile(".*#/" + section + "/.+"));
        return page.url().replaceFirst(".*/", "");
    }

    byte[] saved(String button) throws IOException {
        Download download = page.waitForDownload(() -> at(button).click());
        return Files.readAllBytes(download.path());
    }

    /**
     * A picture of what the page shows: below {@code target}, or with {@code -Dsecant.images.write=true} in {@code docs/images}.
     *
     * @param part to picture; the visible part of the page if null
     */
    void picture(String name, @Nullable Locator part) throws IOException {
        Path folder = Path.of(Boolean.getBoolean("secant.images.write") ? "docs/images" : "target/page-images");
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), part == null ? page.screenshot() : part.screenshot());
    }
}
