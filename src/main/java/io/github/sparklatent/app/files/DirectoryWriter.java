package io.github.sparklatent.app.files;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.RowsSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Writes rows as files of an output directory. */
final class DirectoryWriter extends TableWriter {
    /**
     * Texts that a spreadsheet runs: a formula after an equals sign, also of full width, or after another sign a
     * function or a command. A text such as "-5 °C" or "@home" runs nothing.
     */
    private static final String FORMULA = "^\\s*([=\uff1d]|[+@\uff20-].*([A-Za-z.]\\(|\\|))";

    private final Supplier<SparkSession> spark;
    private final RunDirectory output;
    private final DataFormat format;
    private final DataSection data;

    /** Creates a writer; {@code data} has the options of files, which are used for reading and writing. */
    DirectoryWriter(
            Supplier<SparkSession> spark,
            RunDirectory output,
            RowsSection section,
            OutputMode mode,
            DataFormat format,
            DataSection data) {
        super(section, mode, format.toString());
        this.spark = spark;
        this.output = output;
        this.format = format;
        this.data = data;
    }

    @Override
    public String result() {
        return output.result();
    }

    @Override
    public void requireWritable(StructType schema) {
        for (StructField field : schema.fields()) {
            if (isFlat() && isNested(field.dataType())) {
                throw new UsageException(
                        "output.format is csv, which cannot hold column \"%s\" (%s); choose parquet, orc or json"
                                .formatted(field.name(), field.dataType().typeName()));
            }
        }
    }

    /**
     * Writes texts that a spreadsheet would run as a formula after an apostrophe. Signed numbers, times and the like
     * stay as they are.
     */
    private Dataset<Row> guarded(Dataset<Row> table) {
        return table.select(
                Arrays.stream(table.schema().fields()).map(this::guarded).toArray(Column[]::new));
    }

    private Column guarded(StructField field) {
        Column value = SchemaColumns.column(field.name());
        boolean isText = field.dataType() instanceof StringType;
        return isText
                ? when(value.rlike(FORMULA), concat(lit("'"), value))
                        .otherwise(value)
                        .as(field.name(), field.metadata())
                : value;
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof BinaryType
                || type instanceof UserDefinedType;
    }

    @Override
    public void write(Dataset<Row> table, Runnable check) {
        Dataset<Row> rows = format == DataFormat.CSV ? guarded(table) : table;
        output.write(false, directory -> {
            rows.write()
                    .format(format.toString())
                    .options(data.options(format))
                    .mode(SaveMode.Append)
                    .save(directory.toString());
            check.run();
        });
    }
}
