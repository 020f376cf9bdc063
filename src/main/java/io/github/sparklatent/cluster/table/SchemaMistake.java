package io.github.sparklatent.cluster.table;

import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Finds mistakes in schemas of tables that are written as in SQL. Needs no Spark session. */
public final class SchemaMistake {
    private SchemaMistake() {}

    /** Returns Spark's description of the mistake in a schema and its position; empty if the schema is correct. */
    public static Optional<String> in(String schema) {
        try {
            CatalystSqlParser$.MODULE$.parseTableSchema(schema);
            return Optional.empty();
        } catch (Exception e) { // ParseException, which Scala does not declare
            return Optional.of(sentence(e) + position(e));
        }
    }

    /** Returns the first line of a message without the name and the code of the condition. */
    private static String sentence(Exception error) {
        return error.getMessage()
                .strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^\\[\\w+] ", "")
                .replaceFirst("\\.? SQLSTATE: \\w+", "")
                .replaceFirst("\\s*\\(line \\d+, pos \\d+\\)$", "");
    }

    private static String position(Exception error) {
        return error instanceof ParseException parse
                        && parse.start().startPosition().isDefined()
                ? ", at character " + (1 + (int) parse.start().startPosition().get())
                : "";
    }
}
