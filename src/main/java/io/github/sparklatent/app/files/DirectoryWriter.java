package io.github.sparklatent.app.files;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.RowsSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
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
    private final OutputDirectory output;
    private final DataFormat format;
    private final DataSection data;

    /** Columns of the rows to add to; empty if there are none. */
    private Optional<StructType> existing = Optional.empty();

    /**
     * Creates a writer.
     *
     * @param data settings of csv, which are used for reading and writing
     */
    DirectoryWriter(
            Supplier<SparkSession> spark,
            OutputDirectory output,
            RowsSection section,
            OutputMode mode,
            DataFormat format,
            DataSection data) {
        super(section, mode);
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
    public String format() {
        return format.toString();
    }

    @Override
    public boolean isFlat() {
        return format == DataFormat.CSV;
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
        super.requireWritable(schema);
        if (mode == OutputMode.APPEND && output.isOccupied()) {
            output.requirePartition(section.partitionBy().stream().findFirst());
            StructType found = found();
            // Files of JSON do not hold the names of columns whose values are all null.
            if (format == DataFormat.CSV ? data.header() : format != DataFormat.JSON) {
                requireColumns(output.shown(), found, schema);
                if (format != DataFormat.CSV) {
                    requireTypes(found, schema);
                }
                existing = Optional.of(found);
            }
        }
    }

    /** Checks the types, because files of different types cannot be read as one table. */
    private void requireTypes(StructType found, StructType schema) {
        TableColumns columns = new TableColumns(found);
        for (StructField field : schema.fields()) {
            StructField there = columns.named(field.name()).get(0); // requireColumns has found it
            String type = there.dataType().catalogString();
            if (!section.partitionBy().contains(field.name())
                    && !type.equals(field.dataType().catalogString())) {
                throw new UsageException(
                        "%s has column \"%s\" of type %s, but the new rows have %s; expected the same type, which data.schema sets for csv and json"
                                .formatted(
                                        output.shown(),
                                        field.name(),
                                        type,
                                        field.dataType().catalogString()));
            }
        }
    }

    /** Returns the columns of the files that are there. */
    private StructType found() {
        try {
            return spark.get()
                    .read()
                    .format(format.toString())
                    .options(data.csv())
                    .load(output.target().toString())
                    .schema();
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            throw new UsageException(
                    "%s cannot be read as %s, so no rows are added; expected files of the same format: %s"
                            .formatted(output.shown(), format, ExitCodes.reason(e)),
                    e);
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
        return isText && !section.partitionBy().contains(field.name())
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
    public boolean commitsLater() {
        return mode != OutputMode.APPEND || !output.isOccupied();
    }

    @Override
    public boolean losesRows() {
        return false;
    }

    @Override
    public void write(Dataset<Row> table, Runnable check) {
        Dataset<Row> given = existing.map(columns -> ordered(table, columns)).orElse(table);
        boolean isGuarded = format == DataFormat.CSV && section.guardsFormulas();
        Dataset<Row> rows = isGuarded ? guarded(given) : given;
        output.write(directory -> {
            // The output writes _SUCCESS itself. Spark's empty file would replace that of
            // the rows that are there, so a kill would leave a result without its mark.
            DataFrameWriter<Row> writer = partitioned(rows)
                    .format(format.toString())
                    .mode(SaveMode.Append)
                    .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false);
            if (format == DataFormat.CSV) {
                writer.options(data.csv());
            }
            writer.save(directory.toString());
            check.run();
        });
    }
}
