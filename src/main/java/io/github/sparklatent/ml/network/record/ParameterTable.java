package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Stores the parameters of a network as a table, {@code data/} of a saved model. A matrix is cut
 * into rows of at most {@value #PIECE} values: name and size of the matrix, index of the first
 * value in the matrix, which is stored row by row, and the values. A row of a whole matrix of a
 * large network would be longer than an array of bytes can be.
 */
public final class ParameterTable {
    /** The directory of the table in a saved model. */
    public static final String NAME = "data";

    /** Values of a row, 256 KiB. Parquet first looks at the size of its buffers after 100 rows. */
    static final int PIECE = 1 << 16;

    private static final StructType SCHEMA =
            new StructType()
                    .add("name", DataTypes.StringType)
                    .add("rows", DataTypes.IntegerType)
                    .add("columns", DataTypes.IntegerType)
                    .add("values", DataTypes.createArrayType(DataTypes.FloatType, false))
                    .add("offset", DataTypes.IntegerType);

    private ParameterTable() {}

    /**
     * Returns the parameters as a table. A worker creates the rows, because a network can be larger
     * than the data of a task may be.
     */
    public static Dataset<Row> of(SparkSession spark, TrainedNetwork network) {
        Broadcast<Shipped<TrainedNetwork>> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(network));
        List<Parameter> parameters = network.architecture().parameters(network.kind());
        return spark.createDataset(
                        parameters.stream().map(Parameter::name).toList(), Encoders.STRING())
                .coalesce(1)
                .flatMap(
                        (FlatMapFunction<String, Row>) name -> rows(shipped.value().value(), name),
                        Encoders.row(SCHEMA))
                .to(SCHEMA);
    }

    private static Iterator<Row> rows(TrainedNetwork network, String name) {
        Parameter p =
                network.architecture().parameters(network.kind()).stream()
                        .filter(parameter -> parameter.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        int pieces = 1 + (p.length() - 1) / PIECE;
        return IntStream.range(0, pieces)
                .mapToObj(piece -> row(network, p, piece * PIECE))
                .iterator();
    }

    private static Row row(TrainedNetwork network, Parameter p, int offset) {
        int length = Math.min(PIECE, p.length() - offset);
        int from = p.offset() + offset;
        return RowFactory.create(
                p.name(), p.rows(), p.columns(), network.parameters(from, from + length), offset);
    }

    /**
     * Reads the network. The driver receives one part of the file after the other.
     *
     * @throws DataException if a matrix is missing or has another size
     */
    public static TrainedNetwork read(
            ModelDirectory directory, Kind kind, Architecture architecture) {
        ParameterReader reader =
                new ParameterReader(directory.path(), architecture.parameters(kind));
        Dataset<Row> table = ModelTable.dataset(directory, NAME, SCHEMA);
        ModelTable.orSentence(
                directory,
                NAME,
                () -> {
                    table.queryExecution()
                            .toRdd()
                            .toJavaRDD()
                            .map(ParameterPiece::of)
                            .toLocalIterator()
                            .forEachRemaining(reader::add);
                    return null;
                });
        return new TrainedNetwork(kind, architecture, reader.parameters());
    }
}
