package dev.secant.web;

import dev.secant.SecantApplication;
import dev.secant.fit.BodyFitterFactory;
import dev.secant.fit.FakeFitter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A whole service with a fake fitter, asked over HTTP. */
@SpringBootTest(
        classes = {SecantApplication.class, ApiTest.Fakes.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:api-${random.uuid};DB_CLOSE_ON_EXIT=FALSE"})
public abstract class ApiTest extends ServiceTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        FakeFitter fakeFitter() {
            return new FakeFitter();
        }

        @Bean
        @Primary
        BodyFitterFactory fakeFitters(FakeFitter fitter) {
            return device -> fitter;
        }
    }

    /** A request for people whose first keypoints have the given x. */
    public static String fit(double... firstX) {
        return "{\"layout\":\"coco_17\",\"image\":{\"width\":640,\"height\":480},\"people\":[%s]}"
                .formatted(IntStream.range(0, firstX.length)
                        .mapToObj(i -> "{\"id\":\"p%d\",\"keypoints\":%s}".formatted(i, keypoints(firstX[i], 0.9)))
                        .collect(Collectors.joining(",")));
    }

    /** Seventeen keypoints. */
    protected static String keypoints(double firstX, double confidence) {
        return IntStream.range(0, 17)
                .mapToObj(k ->
                        String.format(Locale.ROOT, "[%s,%s,%s]", k == 0 ? firstX : 10.5 * k, 20.25 * k, confidence))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
