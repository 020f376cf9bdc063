package io.github.sparklatent.example;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.rounds.EmTraining;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Palette;
import io.github.sparklatent.report.Result;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.ejml.data.DMatrixRMaj;

/**
 * The family of mixtures of exponential distributions,
 *
 * <pre>
 *   p(x) = Σ_k π_k Π_j λ_kj exp(−λ_kj x_j),
 * </pre>
 *
 * the worked example of a family that this library does not have.
 */
final class ExponentialFamily extends ModelFamily<ExponentialMixtureModel, ExponentialFamily.Content> {
    private static final List<ScoreColumn> COLUMNS =
            List.of(ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES, ScoreColumn.LOG_DENSITY, ScoreColumn.ANOMALY);

    static final ModelType TYPE = ModelTypeBuilder.builder()
            .type("exponential")
            .estimator("ExponentialMixture")
            .words("mixture of exponentials")
            .options(List.of(ExponentialOptions.DEFAULT))
            .keys(List.of(ScoreSection.columns(COLUMNS, "anomalyScore is -logDensity")))
            .offers(List.of("sample.component"))
            .columns(COLUMNS)
            .scoring(List.of("data.invalid"))
            .build();

    static final ExponentialFamily FAMILY = new ExponentialFamily();

    /** What a model consists of. */
    record Content(Parameters parameters, EmTraining.Metrics fit) {}

    private ExponentialFamily() {
        super(TYPE, ExponentialMixtureModel.class, Content.class);
    }

    @Override
    public ExponentialMixtureModel model(String uid, Content content) {
        return new ExponentialMixtureModel(uid, content);
    }

    @Override
    public ExponentialMixture estimator(String uid) {
        return new ExponentialMixture(uid);
    }

    /**
     * The parameters.
     *
     * @param weights π, K numbers
     * @param rates λ, K × d
     */
    record Parameters(double[] weights, DMatrixRMaj rates) implements Serializable {
        /** Returns log p(x) of a row, and the responsibilities for it in an array of K numbers. */
        double logDensity(DMatrixRMaj rows, int row, double[] responsibilities) {
            int d = rows.numCols;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < weights.length; k++) {
                double sum = Math.log(weights[k]);
                for (int j = 0; j < d; j++) {
                    double rate = rates.get(k, j);
                    sum += Math.log(rate) - rate * rows.get(row, j);
                }
                responsibilities[k] = sum;
                greatest = Math.max(greatest, sum);
            }
            double total = 0;
            for (int k = 0; k < weights.length; k++) {
                responsibilities[k] = Math.exp(responsibilities[k] - greatest);
                total += responsibilities[k];
            }
            for (int k = 0; k < weights.length; k++) {
                responsibilities[k] /= total;
            }
            return greatest + Math.log(total);
        }
    }

    /** The sums of a round: for each component, its weight and its rows; log-likelihood; weight. */
    private record Sums(Parameters parameters) implements Expectation {
        @Override
        public int length() {
            return parameters.weights().length * (1 + parameters.rates().numCols) + 2;
        }

        @Override
        public Accumulator accumulator() {
            int components = parameters.weights().length;
            int d = parameters.rates().numCols;
            double[] sums = new double[length()];
            double[] responsibilities = new double[components];
            return new Accumulator() {
                @Override
                public void add(Block block) {
                    for (int i = 0; i < block.size(); i++) {
                        double weight = block.weight(i);
                        sums[sums.length - 2] += weight * parameters.logDensity(block.rows(), i, responsibilities);
                        sums[sums.length - 1] += weight;
                        for (int k = 0; k < components; k++) {
                            double share = weight * responsibilities[k];
                            int at = k * (1 + d);
                            sums[at] += share;
                            for (int j = 0; j < d; j++) {
                                double x = block.rows().get(i, j);
                                if (x < 0) {
                                    throw new DataException(
                                            "a row has %s in feature %d, expected at least 0".formatted(x, j));
                                }
                                sums[at + 1 + j] += share * x;
                            }
                        }
                    }
                }

                @Override
                public double[] statistics() {
                    return sums;
                }
            };
        }
    }

    /** The formulas: π_k = N_k / N and λ_kj = N_k / Σ r_k x_j. */
    record Em() implements ExpectationMaximization<Parameters> {
        @Override
        public String description() {
            return "exponential mixture";
        }

        @Override
        public Expectation expectation(Parameters model) {
            return new Sums(model);
        }

        @Override
        public double objective(double[] sums) {
            return sums[sums.length - 2] / weight(sums);
        }

        @Override
        public double weight(double[] sums) {
            return sums[sums.length - 1];
        }

        @Override
        public Update<Parameters> update(Parameters model, double[] sums, RowBlocks data, int reinitialized) {
            int d = model.rates().numCols;
            double[] weights = new double[model.weights().length];
            DMatrixRMaj rates = new DMatrixRMaj(weights.length, d);
            for (int k = 0; k < weights.length; k++) {
                int at = k * (1 + d);
                weights[k] = sums[at] / weight(sums);
                for (int j = 0; j < d; j++) {
                    rates.set(k, j, sums[at] / sums[at + 1 + j]);
                }
            }
            return new Update<>(new Parameters(weights, rates), 0, List.of());
        }
    }

    /** The training. */
    static final class Fit extends EmTraining<ExponentialMixtureModel, Parameters> {
        private final ExponentialMixture estimator;
        private final ExponentialOptions options;

        Fit(ExponentialMixture estimator, TrainingContext context, ExponentialOptions options) {
            super(context, options.stopping(), Parameters.class);
            this.estimator = estimator;
            this.options = options;
        }

        @Override
        protected ExpectationMaximization<Parameters> problem() {
            return new Em();
        }

        /** Components whose means are the mean of all rows times a power of the spread. */
        @Override
        protected Parameters start(RowBlocks rows) {
            int d = rows.width();
            double[] one = {1};
            DMatrixRMaj ones = new DMatrixRMaj(1, d);
            ones.fill(1);
            double[] sums = rows.sums("mean of the rows", new Sums(new Parameters(one, ones)))
                    .sums();
            int components = options.components();
            double[] weights = new double[components];
            DMatrixRMaj rates = new DMatrixRMaj(components, d);
            for (int k = 0; k < components; k++) {
                weights[k] = 1.0 / components;
                double factor = Math.pow(options.spread(), k - (components - 1) / 2.0);
                for (int j = 0; j < d; j++) {
                    if (!(sums[1 + j] > 0)) {
                        throw new DataException("the mean of feature %d is %s, expected positive numbers"
                                .formatted(j, sums[1 + j] / sums[0]));
                    }
                    rates.set(k, j, sums[0] / (sums[1 + j] * factor));
                }
            }
            return new Parameters(weights, rates);
        }

        @Override
        protected ExponentialMixtureModel model(Parameters found, EmTraining.Metrics metrics) {
            ExponentialMixtureModel model = FAMILY.model(estimator.uid(), new Content(found, metrics));
            return estimator.copyValues(model, ParamMap.empty());
        }

        @Override
        protected void addTo(Result result, ExponentialMixtureModel model, List<String> features) {
            double[] weights = model.parameters().weights();
            result.put("weights", weights);
            result.section(() -> new Page.Section(
                    "weights", "Components", "Share of the rows that each component has.", List.of(chart(weights))));
        }

        private static Chart chart(double[] weights) {
            List<String> names =
                    IntStream.range(0, weights.length).mapToObj(String::valueOf).toList();
            double[] percent = new double[weights.length];
            for (int k = 0; k < percent.length; k++) {
                percent[k] = 100 * weights[k];
            }
            return Chart.of(
                            "weights-chart",
                            "Share of each component.",
                            "bars of the shares of the components",
                            Chart.Axis.ofNames("component", names),
                            Chart.Axis.percent("share"))
                    .with(Chart.Series.over(Chart.Kind.BARS, "share", Palette.series(0), percent));
        }
    }
}
