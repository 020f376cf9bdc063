package io.github.sparklatent.ml.io;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.functions;

/**
 * Reads models that the release before has saved, whose content is in small tables. Each row becomes a record whose
 * components have the names of the columns. A column that the table does not have is null.
 */
public final class SavedTables {
    private static final String LINES = "part-00000.json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule().addDeserializer(double[].class, new Numbers()))
            .build();

    private SavedTables() {}

    /**
     * Returns the rows of a table in the order of their files.
     *
     * @throws DataException if the table is missing or damaged
     */
    public static <R> List<R> rows(ModelDirectory directory, String name, Class<R> type) {
        List<R> rows = new ArrayList<>();
        forEach(directory, name, type, rows::add);
        return rows;
    }

    /**
     * Returns the only row of a table.
     *
     * @throws DataException if the table is missing, damaged or has another number of rows
     */
    public static <R> R only(ModelDirectory directory, String name, Class<R> type) {
        List<R> rows = rows(directory, name, type);
        if (rows.size() != 1) {
            throw new DataException("the model at %s is damaged: its table %s has %d rows, expected one"
                    .formatted(directory.path(), name, rows.size()));
        }
        return rows.get(0);
    }

    /** Passes the rows of a table on, one after the other. */
    public static <R> void forEach(ModelDirectory directory, String name, Class<R> type, Consumer<R> consumer) {
        String path = directory.requireTable(name);
        ObjectReader reader = MAPPER.readerFor(type);
        ModelDirectory.orSentence("read", directory.path() + "/" + name, () -> {
            Iterator<String> lines = lines(directory, path);
            while (lines.hasNext()) {
                consumer.accept(reader.readValue(lines.next()));
            }
            return path;
        });
    }

    private static Iterator<String> lines(ModelDirectory directory, String path) throws IOException {
        if (ModelDirectory.isLocal()) {
            return Files.readAllLines(Path.of(path).resolve(LINES)).iterator();
        }
        Dataset<String> json = directory
                .spark()
                .read()
                .parquet(path)
                .select(functions.to_json(functions.struct("*"), Map.of("ignoreNullFields", "false")))
                .as(Encoders.STRING());
        return json.toLocalIterator();
    }

    /** Reads an array of numbers, or a dense vector. A sparse one could fill the memory. */
    private static final class Numbers extends JsonDeserializer<double[]> {
        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            Require.that(
                    node.isArray() || node.path("type").asInt() == 1,
                    "it has a sparse vector of %d numbers, expected a dense one",
                    node.path("size").asInt());
            JsonNode values = node.isArray() ? node : node.path("values");
            double[] numbers = new double[values.size()];
            for (int i = 0; i < numbers.length; i++) {
                JsonNode value = values.get(i);
                Require.that(!value.isNull(), "it has a null, expected a number");
                numbers[i] = value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
            }
            return numbers;
        }
    }
}
