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
 * A table's columns, found by name as Spark does: ignoring case unless {@code spark.sql.caseSensitive} is set. A name
 * is taken as a whole, including dots and backticks.
 */
public final class TableColumns {
    private static final int DESCRIBED = 20;

    private final List<StructField> fields;
    private final boolean caseSensitive;
    private final Map<String, List<StructField>> byKey;

    /** Creates the columns of a table; the active session determines whether case matters. */
    public TableColumns(StructType schema) {
        this.fields = List.of(schema.fields());
        this.caseSensitive = isCaseSensitive();
        this.byKey = fields.stream().collect(Collectors.groupingBy(field -> key(field.name())));
    }

    private static boolean isCaseSensitive() {
        var active = SparkSession.getActiveSession();
        var session = active.isDefined() ? active : SparkSession.getDefaultSession();
        return session.isDefined() && Boolean.parseBoolean(session.get().conf().get("spark.sql.caseSensitive"));
    }

    /** All columns, in the order of the table. */
    public List<StructField> all() {
        return fields;
    }

    /** Returns the columns with a name; empty if there are none. */
    public List<StructField> named(String name) {
        return byKey.getOrDefault(key(name), List.of());
    }

    /** Returns the columns whose names match a glob with * and ?. */
    List<StructField> matching(String glob) {
        Predicate<String> pattern = Pattern.compile(regex(glob), caseSensitive ? 0 : Pattern.CASE_INSENSITIVE)
                .asMatchPredicate();
        return fields.stream().filter(field -> pattern.test(field.name())).toList();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder("(?su)");
        glob.codePoints()
                .forEach(c -> regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return regex.toString();
    }

    /**
     * Returns the columns of a name or a glob with * and ?. A name that exists is taken literally.
     *
     * @param role use of the columns, as the start of a message
     * @param excluded names of columns that a glob does not select
     * @throws DataException if there are none
     */
    public List<StructField> select(String role, String pattern, Collection<String> excluded) {
        boolean isGlob = pattern.contains("*") || pattern.contains("?");
        if (!isGlob || !named(pattern).isEmpty()) {
            return List.of(one(role, pattern));
        }
        List<StructField> found = matching(pattern).stream()
                .filter(field -> !isOneOf(field, excluded))
                .toList();
        if (found.isEmpty()) {
            throw new DataException(
                    "%s column \"%s\" matches no column; the table's columns: %s".formatted(role, pattern, describe()));
        }
        return found;
    }

    public boolean isOneOf(StructField field, Collection<String> names) {
        return names.stream().anyMatch(name -> key(name).equals(key(field.name())));
    }

    /** Returns a key that is the same for names that Spark takes as equal. */
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
     * Returns the only column of a name.
     *
     * @param role use of the column, as the start of a message: {@code weight}
     * @throws DataException if it does not exist or is not unique
     */
    public StructField one(String role, String name) {
        List<StructField> found = named(name);
        if (found.isEmpty()) {
            throw new DataException("%s column \"%s\" does not exist%s; the table's columns: %s"
                    .formatted(role, name, hint(name), describe()));
        }
        requireOne(role, found.get(0));
        return found.get(0);
    }

    /**
     * Requires that no other column has the same name, because Spark could not distinguish them.
     *
     * @throws DataException if the name is not unique
     */
    public void requireOne(String role, StructField field) {
        List<StructField> same = named(field.name());
        if (same.size() > 1) {
            throw new DataException(
                    "%s column \"%s\" exists %d times in the table (%s), expected once; rename or drop the others"
                            .formatted(
                                    role,
                                    same.get(0).name(),
                                    same.size(),
                                    String.join(
                                            ", ",
                                            same.stream().map(StructField::name).toList())));
        }
    }

    private String hint(String name) {
        return NearestName.hint(name, fields.stream().map(StructField::name).toList());
    }

    /** Returns names and types of the first columns. */
    String describe() {
        return fields.isEmpty()
                ? "none"
                : shortened(fields.stream()
                        .map(field -> field.name() + " " + field.dataType().simpleString())
                        .toList());
    }

    /** Returns the first names, and how many there are if these are not all. */
    public static String shortened(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(DESCRIBED, names.size())));
        return names.size() > DESCRIBED ? first + ", ... " + names.size() + " in all" : first;
    }

    /** Returns a type with its article: {@code an array<string>}. */
    static String article(DataType type) {
        String name = type.simpleString();
        return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    public static Column expression(StructField field) {
        return col("`" + field.name().replace("`", "``") + "`");
    }
}
