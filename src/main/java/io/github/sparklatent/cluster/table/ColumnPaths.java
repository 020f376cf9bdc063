package io.github.sparklatent.cluster.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table in which each struct is replaced by its fields, at any depth. The field b of a struct a has
 * the name {@code a.b}.
 */
public final class ColumnPaths {
    private final Map<String, Column> expressions = new HashMap<>();
    private final StructType schema;

    public ColumnPaths(StructType table) {
        List<StructField> flat = new ArrayList<>();
        for (StructField field : table.fields()) {
            add(field, field.name(), TableColumns.expression(field), flat);
        }
        schema = new StructType(flat.toArray(StructField[]::new));
    }

    private void add(StructField field, String path, Column expression, List<StructField> flat) {
        if (field.dataType() instanceof StructType inner) {
            for (StructField part : inner.fields()) {
                add(part, path + "." + part.name(), expression.getField(part.name()), flat);
            }
        } else {
            flat.add(new StructField(path, field.dataType(), true, field.metadata()));
            expressions.putIfAbsent(path, expression);
        }
    }

    /** Returns the columns without structs. */
    public StructType schema() {
        return schema;
    }

    /** Returns the column of a path as an expression of the table; empty if there is none. */
    public Optional<Column> expression(String path) {
        return Optional.ofNullable(expressions.get(path));
    }

    /** Returns a column of {@link #schema} as an expression of the table. */
    public Column expression(StructField field) {
        return expression(field.name()).orElseGet(() -> TableColumns.expression(field));
    }
}
