package dev.secant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.secant.jobs.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two processes on one database. One is halted in the middle of a job, as by a pause of its machine; the other one finishes the job. Then
 * the first one comes back and finds its lease void. Nothing is lost and nothing is there twice.
 */
@Timeout(300)
class TakeOverTest {

    private static final int PEOPLE = 40;
    private static final int BATCH = 4;
    private static final int BATCHES_BEFORE = 3;

    @TempDir
    private Path home;

    private final List<ServiceProcess> started = new ArrayList<>();

    @BeforeAll
    static void signalsAreSent() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        assumeTrue(!system.contains("win"), "Skipped: processes are halted by signals.");
    }

    @AfterEach
    void endProcesses() {
        started.forEach(service -> service.process().destroyForcibly());
    }

    @Test
    void onH2AsAServer() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        try {
            String url = "jdbc:h2:tcp://localhost:%d/mem:shared;DB_CLOSE_DELAY=-1".formatted(server.getPort());
            theOtherProcessFinishes(
                    url,
                    "secant",
                    "select count(*) from information_schema.sessions where contains_uncommitted"
                            + " and session_id <> session_id()");
        } finally {
            server.stop();
        }
    }

    @Test
    void onPostgres() throws Exception {
        String url = TestPostgres.url();
        assumeTrue(url != null, "Skipped: SECANT_TEST_POSTGRES_URL names no PostgreSQL server. Maybe run .ci/run.");
        theOtherProcessFinishes(
                TestPostgres.withSchema(url, "take_over"),
                null,
                "select count(*) from pg_stat_activity where state like 'idle in transaction%'");
    }

    /**
     * @param user null where the URL names it
     * @param openTransactions counts them, but for the connection's own
     */
    private void theOtherProcessFinishes(String url, String user, String openTransactions) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("-Dspring.datasource.url=" + url, "-Dsecant.pool.cpu.people=" + BATCH));
        List<String> hanging = new ArrayList<>(options);
        hanging.add("-D%s=%d".formatted(FakeService.BATCHES_BEFORE_HANGING, BATCHES_BEFORE));
        ServiceProcess first = ServiceProcess.start(home, started, hanging);
        JsonNode submitted = first.post(
                ApiTest.fit(IntStream.range(0, PEOPLE).asDoubleStream().toArray()));
        String job = "/v1/jobs/" + submitted.at("/job/id").asString();
        first.readUntil("HANGING");
        JsonNode before = first.getNow(job + "/result");
        assertThat(before.at("/job/state").asString()).isEqualTo("RUNNING");
        assertThat(before.at("/people").size()).isEqualTo(BATCHES_BEFORE * BATCH);

        ServiceProcess second = ServiceProcess.start(home, started, options);
        halt(first, url, user, openTransactions);
        JsonNode after = finished(second, job);

        assertThat(after.at("/job/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(after.at("/job/attempt").asInt()).isEqualTo(2);
        assertThat(after.at("/job/items/succeeded").asInt()).isEqualTo(PEOPLE);
        assertThat(after.at("/people").size()).isEqualTo(PEOPLE);
        for (int person = 0; person < PEOPLE; person++) {
            assertThat(after.at("/people/%d/item".formatted(person)).asInt()).isEqualTo(person);
            assertThat(after.at("/people/%d/body/pose/0/0".formatted(person)).asInt())
                    .isEqualTo(person);
        }
        for (int person = 0; person < BATCHES_BEFORE * BATCH; person++) {
            assertThat(after.at("/people/" + person)).isEqualTo(before.at("/people/" + person));
        }

        send("CONT", first);
        first.process().getOutputStream().write('\n');
        first.process().getOutputStream().flush();
        // It ends in good order: what it was at when it was halted tries to store its results before.
        first.process().destroy();
        first.process().waitFor();
        assertThat(second.getNow(job + "/result"))
                .as("after the first process came back")
                .isEqualTo(after);
        assertThat(second.getNow("/v1/jobs").at("/jobs").size()).isEqualTo(1);
    }

    /** A wait for a job in another process ends early where that one says nothing; so it is asked again. */
    private static JsonNode finished(ServiceProcess service, String job) {
        JsonNode result = service.get(job + "/result");
        while (!result.at("/job/state").asString().equals("SUCCEEDED")) {
            result = service.get(job + "/result");
        }
        return result;
    }

    /** Stops a process where it is, but not while it holds locks of the database: these would last as long as its connections. */
    private static void halt(ServiceProcess service, String url, String user, String openTransactions)
            throws Exception {
        try (Connection connection =
                        user == null ? DriverManager.getConnection(url) : DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            send("STOP", service);
            while (holdsLocks(statement, openTransactions)) {
                send("CONT", service);
                send("STOP", service);
            }
        }
    }

    /** The other process has transactions, too, but short ones. */
    private static boolean holdsLocks(Statement statement, String openTransactions) throws SQLException {
        long until = System.nanoTime() + 500_000_000;
        while (System.nanoTime() < until) {
            try (ResultSet open = statement.executeQuery(openTransactions)) {
                open.next();
                if (open.getInt(1) == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void send(String signal, ServiceProcess service) throws IOException, InterruptedException {
        int code = new ProcessBuilder(
                        "kill", "-" + signal, String.valueOf(service.process().pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
