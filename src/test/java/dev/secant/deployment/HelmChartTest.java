package dev.secant.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The chart is valid, and gives what it says for each way to install it. */
class HelmChartTest {

    private final Helm chart = new Helm(Path.of("helm", "secant"));

    @Test
    void lints() {
        LintResult result = chart.lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void withoutADatabaseServerThereIsOnePodWithAVolume() {
        List<Map<String, Object>> objects = render(chart.template().withName("test"));

        assertThat(names(objects, "Deployment")).containsExactly("test-secant-all");
        assertThat(names(objects, "PersistentVolumeClaim")).containsExactly("test-secant");
        assertThat(names(objects, "HorizontalPodAutoscaler")).isEmpty();
        Map<String, Object> deployment = object(objects, "Deployment", "test-secant-all");
        assertThat(at(deployment, "spec", "replicas")).isEqualTo(1);
        assertThat(at(deployment, "spec", "strategy", "type")).isEqualTo("Recreate");
        assertThat(at(object(objects, "Service", "test-secant"), "spec", "selector"))
                .isEqualTo(at(deployment, "spec", "selector", "matchLabels"));
    }

    @Test
    void withADatabaseServerApiAndWorkersScaleApart() {
        List<Map<String, Object>> objects = render(chart.template()
                .withName("test")
                .set("database.url", "jdbc:postgresql://db:5432/secant")
                .set("database.existingSecret", "credentials")
                .set("worker.autoscaling.enabled", true)
                .set("worker.devices", "gpu1")
                .set("worker.nodeSelector.gpu", "yes"));

        assertThat(names(objects, "Deployment")).containsExactlyInAnyOrder("test-secant-api", "test-secant-worker");
        assertThat(names(objects, "PersistentVolumeClaim")).isEmpty();
        assertThat(names(objects, "HorizontalPodAutoscaler")).containsExactly("test-secant-worker");
        Map<String, Object> api = object(objects, "Deployment", "test-secant-api");
        Map<String, Object> worker = object(objects, "Deployment", "test-secant-worker");
        assertThat(environment(api)).contains(Map.of("name", "SECANT_JOBS_WORKER", "value", "false"));
        assertThat(environment(worker)).contains(Map.of("name", "SECANT_JOBS_WORKER", "value", "true"));
        assertThat(environment(worker)).contains(Map.of("name", "SECANT_DEVICES", "value", "gpu1"));
        assertThat(environment(api).toString()).doesNotContain("SECANT_DEVICES");
        assertThat(environment(worker).toString()).contains("SECANT_DATABASE_PASSWORD", "credentials");
        assertThat(at(worker, "spec", "template", "spec", "nodeSelector")).isEqualTo(Map.of("gpu", "yes"));
        assertThat(at(api, "spec", "template", "spec", "nodeSelector")).isNull();
    }

    @Test
    void clientsNeedKeysAndProbesAPortOfTheirOwn() {
        List<Map<String, Object>> objects = render(chart.template()
                .withName("test")
                .set("management.port", 9000)
                .set("security.existingSecret", "operator"));

        Map<String, Object> pod = object(objects, "Deployment", "test-secant-all");
        assertThat(environment(pod))
                .contains(
                        Map.of("name", "SECANT_SECURITY_MODE", "value", "keys"),
                        Map.of("name", "SERVER_ADDRESS", "value", "0.0.0.0"),
                        Map.of("name", "MANAGEMENT_SERVER_PORT", "value", "9000"));
        assertThat(environment(pod).toString()).contains("SECANT_SECURITY_ADMIN_KEY", "admin-key", "operator");
        Map<String, Object> container = map(((List<?>) at(pod, "spec", "template", "spec", "containers")).get(0));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(at(container, probe, "httpGet", "port")).isEqualTo("management");
        }
        assertThat(at(pod, "spec", "template", "metadata", "annotations"))
                .asString()
                .contains("prometheus.io/port=9000");
        assertThat(at(object(objects, "Service", "test-secant"), "spec", "ports")
                        .toString())
                .doesNotContain("management");
    }

    @Test
    void aDeviceThatHasNoNameIsRefused() {
        TemplateCommand template = chart.template().withName("test").set("worker.devices", "cuda:0");

        assertThatThrownBy(template::call).hasMessageContaining("devices");
    }

    @Test
    void aMisspelledValueIsRefused() {
        TemplateCommand template = chart.template().withName("test").set("worker.replica", 3);

        assertThatThrownBy(template::call).hasMessageContaining("replica");
    }

    private static List<Map<String, Object>> render(TemplateCommand template) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object object : new Yaml().loadAll(template.call())) {
            if (object != null) {
                objects.add(map(object));
            }
        }
        return objects;
    }

    private static List<Object> names(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .map(object -> at(object, "metadata", "name"))
                .toList();
    }

    private static Map<String, Object> object(List<Map<String, Object>> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")) && name.equals(at(object, "metadata", "name")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> environment(Map<String, Object> deployment) {
        List<?> containers = (List<?>) at(deployment, "spec", "template", "spec", "containers");
        return (List<Object>) map(containers.get(0)).get("env");
    }

    private static Object at(Map<String, Object> object, String... path) {
        Object value = object;
        for (String key : path) {
            value = map(value).get(key);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
