package io.github.sparklatent.example;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.rounds.EmTraining;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.DenseBatchScorer;
import io.github.sparklatent.scoring.RowModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;

/** A fitted mixture of exponential distributions. */
public final class ExponentialMixtureModel extends LatentModel<ExponentialMixtureModel> {
    private static final long serialVersionUID = 1L;

    private final transient ExponentialFamily.Content content;

    /** Creates a model without parameters. Spark Connect does so to get the name of the class. */
    public ExponentialMixtureModel() {
        this("", null);
    }

    ExponentialMixtureModel(String uid, ExponentialFamily.Content content) {
        super(uid);
        this.content = content;
    }

    @Override
    public ExponentialFamily family() {
        return ExponentialFamily.FAMILY;
    }

    @Override
    protected ExponentialFamily.Content content() {
        return content;
    }

    @Override
    protected ExponentialMixtureModel bare() {
        return new ExponentialMixtureModel(uid(), content);
    }

    ExponentialFamily.Parameters parameters() {
        return content.parameters();
    }

    @Override
    public int numFeatures() {
        return parameters().rates().numCols;
    }

    @Override
    public int componentCount() {
        return parameters().weights().length;
    }

    @Override
    public boolean allowsMissing() {
        return false;
    }

    @Override
    public Map<String, Object> metrics() {
        return Json.object(
                "type", modelType().type(),
                "components", componentCount(),
                "features", numFeatures());
    }

    @Override
    protected RowModel rowModel() {
        return new Prepared(parameters());
    }

    private record Prepared(ExponentialFamily.Parameters parameters) implements RowModel {
        @Override
        public BatchScorer scorer(Set<ScoreColumn> columns) {
            return new Scorer(parameters, parameters.rates().numCols, columns);
        }
    }

    private static final class Scorer extends DenseBatchScorer {
        private final ExponentialFamily.Parameters parameters;
        private final double[][] responsibilities = new double[height()][];
        private final double[] logDensities = new double[height()];

        Scorer(ExponentialFamily.Parameters parameters, int width, Set<ScoreColumn> columns) {
            super(width, columns);
            this.parameters = parameters;
        }

        @Override
        public String flaw(double[] row) {
            return Arrays.stream(row).anyMatch(x -> x < 0)
                    ? "a row has a number below 0, which no exponential distribution has"
                    : null;
        }

        @Override
        protected void evaluate(DMatrixRMaj rows) {
            for (int i = 0; i < rows.numRows; i++) {
                responsibilities[i] = new double[parameters.weights().length];
                logDensities[i] = parameters.logDensity(rows, i, responsibilities[i]);
            }
        }

        @Override
        public Object value(ScoreColumn column, int row) {
            double[] shares = responsibilities[row];
            return switch (column) {
                case RESPONSIBILITIES -> shares;
                case COMPONENT -> Vectors.dense(shares).argmax();
                case LOG_DENSITY -> logDensities[row];
                case ANOMALY -> -logDensities[row];
                default -> throw new IllegalStateException("no " + column);
            };
        }
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        return () -> {
            try (BlockTable rows = context.blocks(this)) {
                return new ModelEvaluation.Measured(
                        rows.facts(),
                        rows.facts().warnings(),
                        rows.scaling(),
                        Json.object(
                                "meanLogLikelihood",
                                EmTraining.mean(new ExponentialFamily.Em(), parameters(), rows.train())),
                        Map.of(),
                        new Lines());
            }
        };
    }

    @Override
    public List<String> drawnColumns() {
        return List.of("component");
    }

    @Override
    public Dataset<Row> draw(SampleRequest request) {
        StructType schema = new StructType()
                .add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField())
                .add("component", DataTypes.IntegerType, false);
        Broadcast<Shipped<ExponentialFamily.Parameters>> shipped = shipped(SparkSession.active(), parameters());
        return request.draw(componentCount(), schema, () -> {
            ExponentialFamily.Parameters drawn = shipped.value().value();
            return index -> row(drawn, request, index);
        });
    }

    private static Row row(ExponentialFamily.Parameters drawn, SampleRequest request, long index) {
        RandomGenerator random = RandomStreams.of(request.seed(), RandomStreams.Purpose.NOISE, index);
        double uniform = random.nextDouble();
        double[] weights = drawn.weights();
        int k = 0;
        for (double sum = weights[0]; k < weights.length - 1 && uniform >= sum; k++) {
            sum += weights[k + 1];
        }
        int component = request.component().orElse(k);
        double[] row = new double[drawn.rates().numCols];
        Arrays.setAll(
                row, j -> -Math.log(1 - random.nextDouble()) / drawn.rates().get(component, j));
        return RowFactory.create(Vectors.dense(row), component);
    }

    /** Returns a reader of saved models. */
    public static MLReader<ExponentialMixtureModel> read() {
        return ExponentialFamily.FAMILY.reader();
    }
}
