package dev.secant.web.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Measures the page of a running service, in software rendering: the first paint, and frames per second while the steps of a fit are
 * scrubbed at 800 x 600. The argument is the service's address.
 */
final class PageSpeed {

    private static final int PAINTS = 5;
    private static final int FRAMES = 150;

    private PageSpeed() {}

    public static void main(String[] arguments) {
        String origin = arguments.length > 0 ? arguments[0] : "http://localhost:8080";
        try (Chromium chromium = Chromium.start(origin)) {
            System.out.printf("first contentful paint, ms: %s%n", paints(chromium, origin));
            Page page = chromium.open(Chromium.size(1700, 1000));
            page.navigate(origin + "/");
            page.locator("#keypoint-files").setInputFiles(Path.of("docs/examples/openpose.json"));
            page.locator("#steps").fill("30");
            page.locator("#fit-submit").click();
            page.locator("#step-text", new Page.LocatorOptions().setHasText("the result"))
                    .waitFor();
            page.evaluate(
                    """
                    () => { const scene = document.getElementById('scene');
                      scene.style.aspectRatio = 'auto'; scene.style.width = '800px'; scene.style.height = '600px'; }""");
            // All meshes of the steps have arrived when the network is quiet.
            page.waitForLoadState(LoadState.NETWORKIDLE);
            System.out.printf(
                    "scrubbing %s steps at %s, frames per second: %.1f%n",
                    page.locator("#step").getAttribute("max"),
                    page.evaluate(
                            "(scene => scene.clientWidth + ' x ' + scene.clientHeight)(document.getElementById('scene'))"),
                    scrub(page));
            chromium.assertNoFault();
        }
    }

    private static List<Double> paints(Chromium chromium, String origin) {
        return DoubleStream.generate(() -> {
                    Page page = chromium.open();
                    page.navigate(origin + "/");
                    page.locator("#bodies:not([hidden])").waitFor();
                    Object paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
                    page.context().close();
                    return ((Number) paint).doubleValue();
                })
                .limit(PAINTS)
                .boxed()
                .toList();
    }

    /** Moves the slider with each frame of the browser. */
    private static double scrub(Page page) {
        Object seconds = page.evaluate(
                """
                async frames => {
                  const slider = document.getElementById('step');
                  const frame = () => new Promise(requestAnimationFrame);
                  await frame();
                  const began = performance.now();
                  for (let i = 0; i < frames; i++) {
                    slider.value = i % (+slider.max + 1);
                    slider.dispatchEvent(new Event('input'));
                    await frame();
                  }
                  return (performance.now() - began) / 1000;
                }""",
                FRAMES);
        return FRAMES / ((Number) seconds).doubleValue();
    }
}
