package io.github.sparklatent.bench.race;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.FitMethod;
import io.github.sparklatent.mixture.training.LinearTrainer;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A model beside the mixture of greatest likelihood, fitted to rows of a mixture.
 *
 * @param kind the model
 * @param number of components or of latent variables
 * @param rows the mixture that the rows are drawn from
 */
record ModelCase(Kind kind, int number, MixtureCase rows) implements RaceCase {
    /** The cases, in the order of the table. */
    static final List<ModelCase> ALL = List.of(
            new ModelCase(Kind.BAYES, 16, mixture(200_000, 32, 16)),
            new ModelCase(Kind.PPCA, 10, mixture(200_000, 64, 8)),
            new ModelCase(Kind.FACTOR_ANALYSIS, 10, mixture(200_000, 64, 8)));

    private static final int MOST_ROUNDS = 500;

    /** What is fitted. */
    enum Kind {
        /** An iteration is a round of variational Bayes of a mixture. */
        BAYES,
        /** An iteration is a whole fit, by the closed form. */
        PPCA,
        /**
         * An iteration is a whole fit: of scikit-learn to its own tolerance, and of this project to the first round
         * that is at least as good.
         */
        FACTOR_ANALYSIS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static MixtureCase mixture(long rows, int columns, int components) {
        return new MixtureCase("model", rows, columns, components, CovarianceType.FULL);
    }

    ModelCase shrunk(int divisor) {
        return new ModelCase(kind, number, rows.shrunk(divisor));
    }

    @Override
    public String name() {
        return "model/" + kind;
    }

    @Override
    public String size() {
        return "%,d x %d, %s %d".formatted(rows.rows(), rows.dimension(), kind == Kind.BAYES ? "K =" : "l =", number);
    }

    @Override
    public String iteration() {
        return "round";
    }

    @Override
    public Optional<Contestant> contestant(String system, Course course) throws IOException {
        MixtureData data = new MixtureData(rows, course.folder());
        Dataset<Row> table = data.table(course.spark());
        return switch (system) {
            case "spark-latent" -> Optional.of(ours(table, data, course));
            case "mllib" -> Optional.of(table).filter(some -> kind == Kind.PPCA).map(this::mllibPca);
            case "sklearn" -> Optional.of(peer(folder(data, course)));
            default -> Optional.empty();
        };
    }

    private static String folder(MixtureData data, Course course) throws IOException {
        return data.writePlain(course.spark()).toString();
    }

    private Contestant ours(Dataset<Row> rowsOfTable, MixtureData data, Course course) throws IOException {
        BlockTable table = BlockTable.of(rowsOfTable, TableOptions.DEFAULT);
        int enough = kind == Kind.FACTOR_ANALYSIS ? roundsTo(peerObjective(folder(data, course)), table) : 0;
        return new Contestant() {
            @Override
            public Fit fit(int iterations) {
                return timed(iterations, count -> fitOnce(table, count, enough));
            }

            @Override
            public String remark() {
                return enough == 0 ? "" : enough + " rounds of EM";
            }

            @Override
            public double tolerance() {
                return agreement();
            }

            @Override
            public void close() {
                table.close();
            }
        };
    }

    /** scikit-learn draws its own start of variational Bayes; fits of factor analysis end early. */
    private double agreement() {
        return kind == Kind.PPCA ? Race.ROUNDING : Double.POSITIVE_INFINITY;
    }

    /** Returns the mean log-likelihood that scikit-learn's fit reaches. */
    private double peerObjective(String folder) throws IOException {
        try (Contestant peer = peer(folder)) {
            return peer.fit(1).objective();
        }
    }

    /**
     * Returns the number of rounds of EM until the model is at least as good.
     *
     * @throws IOException if no round is
     */
    private int roundsTo(double objective, BlockTable table) throws IOException {
        List<Round> history = factorAnalysis(table, MOST_ROUNDS).history();
        for (int i = 0; i < history.size(); i++) {
            // the objective of a round is that of the model before its update
            if (history.get(i).objective() >= objective) {
                return i + 1;
            }
        }
        throw new IOException("%d rounds of EM do not reach %s nats per row".formatted(MOST_ROUNDS, objective));
    }

    private LinearFit factorAnalysis(BlockTable table, int rounds) {
        return LinearTrainer.fit(
                table.train(),
                LinearOptions.FACTOR_ANALYSIS.withLatent(number).withStopping(new StoppingRule(rounds, 0)));
    }

    private Contestant.Fit timed(int iterations, IntToDoubleFunction fit) {
        long began = System.nanoTime();
        double objective = Double.NaN;
        if (kind == Kind.BAYES) {
            objective = fit.applyAsDouble(iterations);
        } else {
            for (int i = 0; i < iterations; i++) {
                objective = fit.applyAsDouble(1);
            }
        }
        return new Contestant.Fit((System.nanoTime() - began) / 1e9, iterations, objective);
    }

    /**
     * Fits the model once.
     *
     * @param enough rounds of factor analysis
     */
    private double fitOnce(BlockTable table, int rounds, int enough) {
        if (kind == Kind.FACTOR_ANALYSIS) {
            return factorAnalysis(table, enough).meanLogLikelihood();
        }
        if (kind == Kind.BAYES) {
            MixtureOptions options =
                    rows.options(rounds).withFit(FitMethod.VARIATIONAL_BAYES).withComponents(List.of(number));
            return new MixtureTrainer(table.train(), null, options, rows.start(), SearchListener.none())
                    .fit()
                    .best()
                    .metrics()
                    .meanLogLikelihood();
        }
        return LinearTrainer.fit(table.train(), LinearOptions.PPCA.withLatent(number))
                .meanLogLikelihood();
    }

    private Contestant mllibPca(Dataset<Row> table) {
        Dataset<Row> input =
                table.select(array_to_vector(col("features")).as("features")).persist();
        input.count();
        PCA pca = new PCA().setK(number).setInputCol("features").setOutputCol("codes");
        return new Contestant() {
            @Override
            public Fit fit(int iterations) {
                return timed(iterations, count -> {
                    pca.fit(input);
                    return Double.NaN;
                });
            }

            @Override
            public void close() {
                input.unpersist(true);
            }
        };
    }

    private Contestant peer(String folder) throws IOException {
        Python python = new Python("models.py", folder, kind.toString(), Integer.toString(number));
        String description = python.answer().get("description").asText();
        return new Contestant() {
            @Override
            public Fit fit(int iterations) throws IOException {
                JsonNode answer = python.ask(iterations);
                return new Fit(
                        answer.get("seconds").asDouble(),
                        iterations,
                        answer.get("meanLogLikelihood").asDouble());
            }

            @Override
            public double tolerance() {
                return agreement();
            }

            @Override
            public String remark() {
                return "with " + description;
            }

            @Override
            public void close() throws IOException {
                python.close();
            }
        };
    }
}
