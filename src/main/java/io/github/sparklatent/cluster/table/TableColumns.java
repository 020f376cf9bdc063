package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.learn.DataException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table's columns found by name as Spark finds them: without regard to case unless {@code
 * spark.sql.caseSensitive} is set. A name is a whole name, whatever dots or backticks it has.
 */
public final class TableColumns {
    private static final int DESCRIBED = 20;

    private final List<StructField> fields;
    private final boolean caseSensitive;
    private final Map<String, List<StructField>> byKey;

    /** The columns of a table, by the rule of the active session. */
    public TableColumns(StructType schema) {
        this.fields = List.of(schema.fields());
        this.caseSensitive = isCaseSensitive();
        this.byKey = fields.stream().collect(Collectors.groupingBy(field -> key(field.name())));
    }

    private static boolean isCaseSensitive() {
        var active = SparkSession.getActiveSession();
        var session = active.isDefined() ? active : SparkSession.getDefaultSession();
        return session.isDefined()
                && Boolean.parseBoolean(session.get().conf().get("spark.sql.caseSensitive"));
    }

    /** All columns, in the order of the table. */
    public List<StructField> all() {
        return fields;
    }

    /** Columns of a name; none where it does not exist. */
    public List<StructField> named(String name) {
        return byKey.getOrDefault(key(name), List.of());
    }

    /** Columns whose names match a glob with * and ?. */
    List<StructField> matching(String glob) {
        Predicate<String> pattern =
                Pattern.compile(regex(glob), caseSensitive ? 0 : Pattern.CASE_INSENSITIVE)
                        .asMatchPredicate();
        return fields.stream().filter(field -> pattern.test(field.name())).toList();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder("(?su)");
        glob.codePoints()
                .forEach(
                        c ->
                                regex.append(
                                        c == '*'
                                                ? ".*"
                                                : c == '?'
                                                        ? "."
                                                        : Pattern.quote(Character.toString(c))));
        return regex.toString();
    }

    /** Whether a column is one of those named. */
    boolean isOneOf(StructField field, Collection<String> names) {
        return names.stream().anyMatch(name -> key(name).equals(key(field.name())));
    }

    /** Two names have the same key where Spark takes them for the same. */
    private String key(String name) {
        if (caseSensitive) {
            return name;
        }
        StringBuilder key = new StringBuilder(name.length());
        for (char c : name.toCharArray()) {
            key.append(Character.toLowerCase(Character.toUpperCase(c)));
        }
        return key.toString();
    }

    /**
     * The one column of a name.
     *
     * @param role what the column is for, as a sentence begins: {@code weight}
     * @throws DataException where it does not exist, or more than one does
     */
    public StructField one(String role, String name) {
        List<StructField> found = named(name);
        if (found.isEmpty()) {
            throw new DataException(
                    "%s column \"%s\" does not exist%s; the table's columns: %s"
                            .formatted(role, name, hint(name), describe()));
        }
        requireOne(role, found.get(0));
        return found.get(0);
    }

    /**
     * @throws DataException where other columns have the same name: Spark could not tell them apart
     */
    void requireOne(String role, StructField field) {
        List<StructField> same = named(field.name());
        if (same.size() > 1) {
            throw new DataException(
                    "%s column \"%s\" exists %d times in the table (%s), expected once; rename or drop the others"
                            .formatted(
                                    role,
                                    same.get(0).name(),
                                    same.size(),
                                    String.join(
                                            ", ", same.stream().map(StructField::name).toList())));
        }
    }

    private String hint(String name) {
        return NearestName.hint(name, fields.stream().map(StructField::name).toList());
    }

    /** Names and types of the first columns. */
    String describe() {
        if (fields.isEmpty()) {
            return "none";
        }
        String first =
                String.join(
                        ", ",
                        fields.stream()
                                .limit(DESCRIBED)
                                .map(field -> field.name() + " " + field.dataType().simpleString())
                                .toList());
        return fields.size() > DESCRIBED ? first + ", ... " + fields.size() + " in all" : first;
    }

    /** A type as a sentence has it: {@code an array<string>}. */
    static String article(DataType type) {
        String name = type.simpleString();
        return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    /** The column as an expression. */
    public static Column expression(StructField field) {
        return col("`" + field.name().replace("`", "``") + "`");
    }
}
