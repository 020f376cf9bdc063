package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log settings that the jobs use. */
class ShippedLogsTest {
    private static final LoggerContext CONTEXT = new LoggerContext("shipped");
    private static Configuration configuration;

    @BeforeAll
    static void read() {
        configuration = ConfigurationFactory.getInstance()
                .getConfiguration(
                        CONTEXT, "shipped", Path.of("conf/log4j2.properties").toUri());
        configuration.initialize();
    }

    @AfterAll
    static void close() {
        configuration.stop();
        CONTEXT.close();
    }

    private static String printed(String appender, String message, Throwable thrown) {
        LogEvent event = Log4jLogEvent.newBuilder()
                .setLoggerName("io.github.sparklatent.Some")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build();
        return configuration
                .<Appender>getAppender(appender)
                .getLayout()
                .toSerializable(event)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    s3a://AKIA:se/cr+et@bucket/out ~ s3a://AKIA:*********@bucket/out
                    http://me:päss@host:21/a b@c   ~ http://me:*********@host:21/a b@c
                    hdfs://name:8020/user@site/out ~ hdfs://name:8020/user@site/out
                    https://a/b?sp=r&sig=x%2F+y=&c ~ https://a/b?sp=r&sig=*********&c
                    https://a/?X-Amz-Security-Token=IQ/o, 3 ~ https://a/?X-Amz-Security-Token=*********, 3
                    """)
    void passwordsAreInNeitherForm(String text, String shown) throws IOException {
        Exception cause = new IllegalStateException("no answer of " + text);
        assertThat(printed("text", "cannot read " + text, cause))
                .contains("WARN  Some: cannot read " + shown)
                .contains("IllegalStateException: no answer of " + shown);
        JsonNode json = new ObjectMapper().readTree(printed("json", "cannot read " + text, cause));
        assertThat(json.get("msg").asText()).isEqualTo("cannot read " + shown);
        assertThat(json.at("/exception/msg").asText()).isEqualTo("no answer of " + shown);
    }

    /** The fields and their names are those of the layout that Spark brings. */
    @Test
    void jsonHasTheFieldsOfSpark() throws IOException {
        String template;
        try (InputStream in = ShippedLogsTest.class.getResourceAsStream("/org/apache/spark/SparkLayout.json")) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        JsonNode spark = new ObjectMapper().readTree(template);
        JsonNode line = new ObjectMapper().readTree(printed("json", "m", new IllegalStateException("x")));
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("ts", "level", "msg", "exception", "logger");
        assertThat(spark.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("ts", "level", "msg", "context", "exception", "logger");
        assertThat(line.at("/exception/class").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.at("/exception/stacktrace/0/class").asText()).isEqualTo(ShippedLogsTest.class.getName());
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("logger").asText()).isEqualTo("Some");
    }

    /** A pattern that reads the rest of the line from each address would not end for minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aLineOfManyAddressesIsPrinted(String appender) {
        String line = "//a:".repeat(200_000);
        String shown = printed(appender, line, null);
        assertThat(shown.contains(line.substring(0, 10_000))).isTrue(); // JSON is cut at 16 kB
    }
}
