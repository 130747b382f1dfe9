package dev.secant.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Chromium that is installed, without a window and without a GPU, and what its pages did that they must not. */
final class Chromium implements AutoCloseable {

    /** Tests run beside others on few cores. */
    static final double PATIENCE = 120_000;

    /**
     * Refused requests are reported by the browser with these words: those that a test provokes, and those that a busy service wants sent
     * again.
     */
    private static final Pattern REFUSED =
            Pattern.compile("Failed to load resource: the server responded with a status of (4\\d\\d|503) .*");

    private final Playwright playwright;
    private final Browser browser;
    private final String origin;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Chromium(Playwright playwright, Browser browser, String origin) {
        this.playwright = playwright;
        this.browser = browser;
        this.origin = origin;
    }

    /** Where one is installed, or empty. */
    static Optional<Path> installed() {
        Stream<String> named = Stream.ofNullable(System.getenv("SECANT_TEST_CHROMIUM"));
        Stream<String> usual = Stream.of(
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome",
                "/usr/bin/google-chrome-stable");
        return Stream.concat(named, usual)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it, or skips the test where none is installed.
     *
     * @param origin whose page is tested: a request to any other is a fault
     */
    static Chromium start(String origin) {
        Optional<Path> executable = installed();
        assumeTrue(
                executable.isPresent(),
                "No Chromium is installed: the tests of the page are skipped. Maybe install Debian's chromium, or name one by SECANT_TEST_CHROMIUM.");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable.orElseThrow())
                        .setTimeout(PATIENCE)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--use-angle=swiftshader",
                                "--enable-unsafe-swiftshader",
                                "--disable-gpu-compositing",
                                // Grey edges of letters make smaller pictures.
                                "--disable-lcd-text")));
        return new Chromium(playwright, browser, origin);
    }

    /** A page of a person who has not been here before. */
    Page open(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setAcceptDownloads(true));
        context.setDefaultTimeout(PATIENCE);
        context.onRequest(request -> {
            String url = request.url();
            if (!url.startsWith(origin + "/") && !url.startsWith("blob:" + origin)) {
                faults.add("request to " + url);
            }
        });
        context.onConsoleMessage(message -> {
            boolean grave = message.type().equals("error") || message.type().equals("warning");
            if (grave && !REFUSED.matcher(message.text()).matches() && !isOfGraphics(message.text())) {
                faults.add(message.type() + ": " + message.text());
            }
        });
        context.onWebError(error -> faults.add("uncaught: " + error.error()));
        return context.newPage();
    }

    /** Reading pixels back for a screenshot is slow without a GPU, and the browser says so. */
    private static boolean isOfGraphics(String text) {
        return text.contains("GL Driver Message") || text.contains("GPU stall");
    }

    Page open() {
        return open(size(1280, 900));
    }

    static Browser.NewContextOptions size(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height);
    }

    /** No error or violation of the content security policy in the console, and no request elsewhere, since the last call. */
    void assertNoFault() {
        assertThat(faults).isEmpty();
        faults.clear();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
