package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.array;

import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns whose values are the groups of a table. A group's key is the text of each value, so that the group 7 is
 * the same in a CSV file and in a table with a type.
 *
 * @param fields names and types of the columns
 */
record GroupColumns(List<StructField> fields) {
    private static final String ROLE = "data.groupBy";

    GroupColumns {
        fields = List.copyOf(fields);
    }

    /**
     * Finds the columns in a table.
     *
     * @throws DataException if a column does not exist or its values are no groups
     */
    static GroupColumns in(StructType schema, List<String> names) {
        TableColumns table = new TableColumns(schema);
        List<StructField> fields = new ArrayList<>();
        for (String name : names) {
            StructField field = table.one(ROLE, name);
            DataType type = field.dataType();
            if (!(type instanceof StringType
                    || type instanceof IntegralType
                    || type instanceof BooleanType
                    || type instanceof DateType)) {
                throw new DataException(
                        "%s column \"%s\" is of type %s, expected texts, whole numbers, booleans or dates: round it or write it as text"
                                .formatted(ROLE, field.name(), type.simpleString()));
            }
            fields.add(new StructField(field.name(), type, true, field.metadata()));
        }
        return new GroupColumns(fields);
    }

    List<String> names() {
        return fields.stream().map(StructField::name).toList();
    }

    /** Returns the key of a row as an array of texts. */
    Column key() {
        return array(fields.stream()
                .map(TableColumns::expression)
                .map(column -> column.cast(DataTypes.StringType))
                .toArray(Column[]::new));
    }

    /** Reads the keys of the rows of one table. */
    static final class Reader {
        private final List<String> names;
        private int[] places;

        /**
         * Creates a reader.
         *
         * @param names names of the columns
         */
        Reader(List<String> names) {
            this.names = names;
        }

        /** Returns the key of a row, which has the columns in the places of the first row. */
        List<String> of(Row row) {
            if (places == null) {
                places = names.stream()
                        .mapToInt(name -> SchemaColumns.index(row.schema(), "group", name))
                        .toArray();
            }
            String[] key = new String[places.length];
            for (int i = 0; i < key.length; i++) {
                key[i] = row.isNullAt(places[i]) ? null : row.get(places[i]).toString();
            }
            return Arrays.asList(key);
        }
    }

    /** Returns the values of a key, of the types of the columns. */
    List<Object> values(List<String> key) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String text = key.get(i);
            values.add(text == null ? null : value(fields.get(i).dataType(), text));
        }
        return values;
    }

    private static Object value(DataType type, String text) {
        if (type.equals(DataTypes.ByteType)) {
            return Byte.valueOf(text);
        }
        if (type.equals(DataTypes.ShortType)) {
            return Short.valueOf(text);
        }
        if (type.equals(DataTypes.IntegerType)) {
            return Integer.valueOf(text);
        }
        if (type.equals(DataTypes.LongType)) {
            return Long.valueOf(text);
        }
        if (type.equals(DataTypes.BooleanType)) {
            return Boolean.valueOf(text);
        }
        return type.equals(DataTypes.DateType) ? Date.valueOf(text) : text;
    }

    /** Returns a key as a reader sees it: {@code shop = 7, day = 1}. */
    String describe(List<String> key) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            parts.add(fields.get(i).name() + " = " + key.get(i));
        }
        return String.join(", ", parts);
    }
}
