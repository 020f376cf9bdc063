package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Mean anomaly score of rows, in nats a row; smaller is better: of a variational autoencoder that
 * is minus the bound on the log-likelihood of rows that were not trained on, by which a
 * CrossValidator or a TrainValidationSplit chooses.
 */
public final class AnomalyEvaluator extends Evaluator implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    public AnomalyEvaluator() {
        this(Identifiable$.MODULE$.randomUID("AnomalyEvaluator"));
    }

    public AnomalyEvaluator(String uid) {
        this.uid = uid;
        setDefault(anomalyCol(), "anomaly");
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> anomalyCol() {
        return new Param<>(this, "anomalyCol", "anomaly score of the row, in nats");
    }

    public String getAnomalyCol() {
        return $(anomalyCol());
    }

    public AnomalyEvaluator setAnomalyCol(String value) {
        return (AnomalyEvaluator) set(anomalyCol(), value);
    }

    /**
     * The mean score: the same bits in whatever order the rows come.
     *
     * @throws DataException where a score cannot be used, or there are no rows
     */
    @Override
    public double evaluate(Dataset<?> dataset) {
        StructType schema = dataset.schema();
        SchemaColumns.requireNumber(schema, "anomaly", getAnomalyCol());
        WeightedSum sum =
                WeightedSum.of(
                        dataset.select(
                                        SchemaColumns.named(schema, "anomaly", getAnomalyCol())
                                                .cast(DataTypes.DoubleType),
                                        lit(1.0))
                                .toJavaRDD());
        if (sum.unusableValues() > 0) {
            throw new DataException(
                    "anomaly column \"%s\" is null, NaN or infinite in %d rows, expected finite numbers"
                            .formatted(getAnomalyCol(), sum.unusableValues()));
        }
        if (!(sum.weight() > 0)) {
            throw new DataException("there are no rows to evaluate");
        }
        return sum.value() / sum.weight();
    }

    @Override
    public boolean isLargerBetter() {
        return false;
    }

    @Override
    public AnomalyEvaluator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    public static MLReader<AnomalyEvaluator> read() {
        return new DefaultParamsReader<>();
    }

    public static AnomalyEvaluator load(String path) {
        return read().load(path);
    }
}
