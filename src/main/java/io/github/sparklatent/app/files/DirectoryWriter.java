package io.github.sparklatent.app.files;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.RowsSection;
import io.github.sparklatent.config.UsageException;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Writes rows as files of an output directory. */
final class DirectoryWriter extends TableWriter {
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

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof BinaryType
                || type instanceof UserDefinedType;
    }

    @Override
    public void write(Dataset<Row> table, Runnable check) {
        output.write(false, directory -> {
            table.write()
                    .format(format.toString())
                    .options(data.options(format))
                    .mode(SaveMode.Append)
                    .save(directory.toString());
            check.run();
        });
    }
}
