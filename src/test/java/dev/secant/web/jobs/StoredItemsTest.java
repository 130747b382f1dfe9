package dev.secant.web.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secant.jobs.Jobs;
import dev.secant.jobs.store.ItemResult;
import dev.secant.jobs.store.JobStore;
import dev.secant.minimize.MinimizationItem;
import dev.secant.web.ApiTest;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results are read from the store in small pages, whatever their number. */
class StoredItemsTest extends ApiTest {

    private static final int STARTS = 400;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JsonMapper json;

    private final List<Integer> pages = new ArrayList<>();

    @Test
    void aResultIsNeverReadAsAWhole() throws Exception {
        String id = json(post(
                        "/v1/minimizations",
                        """
                        {"expression": "sum((x - 3)^2)", "dimension": 2, "sampling": {"count": %d, "lower": [-1], "upper": [0]},
                         "solver": "adam", "solverOptions": {"learningRate": 1e-6}, "stop": {"maxSteps": 500}}"""
                                .formatted(STARTS)))
                .at("/job/id")
                .asString();
        JsonNode result = json(
                send(HttpRequest.newBuilder(uri("/v1/jobs/" + id + "/result")).header("Prefer", "wait=60")));
        assertThat(result.at("/minimization/items").size()).isEqualTo(STARTS);
        int characters = jobs.store().results(UUID.fromString(id)).stream()
                .mapToInt(item -> String.valueOf(item.result()).length())
                .sum();
        assertThat(characters).as("more than a page").isGreaterThan(2 * 4_000_000);

        List<Integer> starts = new ArrayList<>();
        for (MinimizationItem item : new StoredItems(counting(jobs.store()), UUID.fromString(id), json)) {
            starts.add(item.start());
        }

        assertThat(starts).hasSize(STARTS).isSorted();
        assertThat(pages).hasSizeGreaterThan(2).allMatch(page -> page < 5_000_000);
        assertThat(get("/v1/jobs/" + id + "/result.csv").body().lines().count()).isEqualTo(1 + STARTS * 501L);
        assertThat(get("/v1/jobs/" + id + "/result.ndjson").body().lines().count())
                .isEqualTo(STARTS * 501L);
    }

    /** A store that notes the characters of each page and refuses to read everything. */
    private JobStore counting(JobStore store) {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("results")) {
                        assertThat(arguments).as("a page").hasSize(3);
                        pages.add(((List<?>) answer)
                                .stream()
                                        .mapToInt(item -> String.valueOf(((ItemResult) item).result())
                                                .length())
                                        .sum());
                    }
                    return answer;
                });
    }
}
