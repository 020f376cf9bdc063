package io.github.sparklatent.cluster.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.learn.Require;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;

/** Reads the types of columns in saved models, which a stranger may have written. */
public final class SavedType {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VECTOR = SQLDataTypes.VectorType().getClass().getName();

    private SavedType() {}

    /**
     * Returns the type that a text of JSON describes. Spark creates the class that a user-defined type names, whatever
     * it is, so only that of vectors is read.
     *
     * @throws IllegalArgumentException if the text is no such type
     */
    public static DataType of(String json) {
        try {
            for (JsonNode own : MAPPER.readTree(json).findValues("class")) {
                Require.that(
                        own.asText().equals(VECTOR),
                        "the type of a column names the class %s, expected %s",
                        own.asText(),
                        VECTOR);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the type of a column is \"%s\", expected one in JSON".formatted(json), e);
        }
        return DataType.fromJson(json);
    }
}
