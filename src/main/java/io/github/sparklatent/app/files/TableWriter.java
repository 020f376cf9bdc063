package io.github.sparklatent.app.files;

import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.UsageException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Writes a table into an output directory. */
public final class TableWriter {
    private final OutputDirectory output;
    private final DataFormat format;
    private final DataSection data;

    /**
     * Creates a writer.
     *
     * @param data settings of csv, which are used for reading and writing
     */
    public TableWriter(OutputDirectory output, DataFormat format, DataSection data) {
        this.output = output;
        this.format = format;
        this.data = data;
    }

    /** Returns the format of the table. */
    public DataFormat format() {
        return format;
    }

    /** Returns whether the format has only numbers and texts. */
    public boolean isFlat() {
        return format == DataFormat.CSV;
    }

    /**
     * Checks that the format can hold the columns.
     *
     * @throws UsageException if the format cannot hold a column; the message names the first such
     *     column
     */
    public void requireWritable(StructType schema) {
        for (StructField field : schema.fields()) {
            if (isFlat() && isNested(field.dataType())) {
                throw new UsageException(
                        "output.format is csv, which cannot hold column \"%s\" (%s); choose parquet, orc or json"
                                .formatted(field.name(), field.dataType().typeName()));
            }
        }
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof BinaryType
                || type instanceof UserDefinedType;
    }

    /** Writes the table to the output directory. */
    public void write(Dataset<Row> table) {
        output.write(
                directory -> {
                    DataFrameWriter<Row> writer =
                            table.write().format(format.toString()).mode(SaveMode.Append);
                    if (format == DataFormat.CSV) {
                        writer.option("header", data.header()).option("sep", data.separator());
                    }
                    writer.save(directory.toString());
                });
    }
}
