package io.github.sparklatent.ml.linear;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.LinearTrainer;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.rounds.BlockTraining;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.VariancesSection;
import io.github.sparklatent.report.Words;
import io.github.sparklatent.scoring.SavedContent.LinearRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The result of a training. */
final class LinearResult<M extends LinearModel<M>> implements Trained<M> {
    /** Largest number of columns in the table of noise variances. */
    private static final int LISTED = 30;

    private final M model;
    private final BlockTable rows;
    private final TrainedTable table;
    private final Measures measures;
    private final LinearFit fitted;
    private final LinearRecord fit;
    private final LinearGaussian parameters;
    private final int latent;

    /**
     * Creates a result.
     *
     * @param rows the training rows, still cached
     * @param table what all results show of them
     */
    LinearResult(M model, BlockTable rows, TrainedTable table, LinearFit fitted, LinearRecord fit) {
        this.model = model;
        this.rows = rows;
        this.table = table;
        this.measures = Measures.ofLogLikelihood(
                fit.rows(), table.holdoutRows(), fit.meanLogLikelihood(), fit.holdoutMeanLogLikelihood());
        this.fitted = fitted;
        this.fit = fit;
        this.parameters = model.parameters();
        this.latent = model.latentCount();
    }

    @Override
    public M model() {
        return model;
    }

    @Override
    public TableFacts facts() {
        return rows.facts();
    }

    @Override
    public TableForm form() {
        return TableForm.of(rows.columns(), rows.scaling(), rows.facts().width());
    }

    /** Returns whether the fit is a closed form, which has no rounds. */
    private boolean isClosed() {
        return fitted.history().isEmpty();
    }

    private String explained() {
        return Numbers.percent(Arrays.stream(fit.explained(parameters)).sum());
    }

    @Override
    public List<Map<String, Object>> rounds() {
        double seconds = table.context().monitor().seconds().getOrDefault("train", 0.0);
        List<Round> rounds = isClosed()
                ? List.of(new Round(
                        1, fit.meanLogLikelihood(), Double.NaN, 0, fit.rows(), 0, seconds, 0, 0, Traffic.inMemory(1)))
                : fitted.history();
        return rounds.stream()
                .map(round -> RoundProgress.line(round, "meanLogLikelihood"))
                .toList();
    }

    @Override
    public Result result() {
        Result result = table.result(
                this::head,
                model,
                own -> own.put("train", train(measures.train())).put("holdout", measures.heldOut()));
        result.line("model", "%s", model.describe())
                .line(
                        "train",
                        "%s, mean log-likelihood %.4f, %s%s of the variance explained",
                        table.counted(fit.rows()),
                        fit.meanLogLikelihood(),
                        isClosed() ? "" : "%s, %s, ".formatted(Lines.count(fit.rounds(), "round"), state()),
                        explained());
        table.addHoldoutLine(result, measures);
        result.notes("warning", table.warnings());
        result.section(this::variances);
        if (!parameters.isIsotropic()) {
            result.section(this::noise);
        }
        return result.technical(this::technical);
    }

    private Map<String, Object> train(Map<String, Object> measured) {
        measured.put("fit", fitted.options().fit().toString());
        measured.put("rounds", fit.rounds());
        measured.put("converged", fit.converged());
        measured.put(
                "explained", Arrays.stream(fit.explained(parameters)).boxed().toList());
        return measured;
    }

    private List<Page.Section> technical() {
        List<Page.Section> sections = new ArrayList<>();
        sections.add(table.metrics(List.of(measures.table("Fit to the rows."))));
        if (!isClosed()) {
            double tolerance = fitted.options().stopping().tolerance();
            sections.add(ProgressSection.of("mean log-likelihood", tolerance, fitted.history(), List.of()));
        }
        sections.add(table.originSection());
        return sections;
    }

    private String state() {
        return fit.converged() ? "converged" : "not converged";
    }

    /** Returns the start of the page; a title that is set takes the place of the model's name. */
    private Page head() {
        String name = model.name();
        return Page.head(
                name + " report",
                table.context().title().orElse(name),
                "%s %s %s of the variance of %s with %s; %s."
                        .formatted(
                                Words.capitalised(Words.counted(latent, "latent variable")),
                                latent == 1 ? "explains" : "explain",
                                explained(),
                                Words.counted(fit.rows(), "row"),
                                Words.counted(model.numFeatures(), "column"),
                                ofRounds()),
                isClosed() ? "closed form" : state(),
                fit.converged(),
                table.warnings(),
                List.of(
                        new Page.Tile(explained(), "variance explained", ""),
                        new Page.Tile(
                                Numbers.figure(fit.meanLogLikelihood()),
                                "mean log-likelihood",
                                "nats per training row"),
                        noiseTile()));
    }

    private String ofRounds() {
        return isClosed()
                ? "the closed form has no rounds"
                : "EM has %sconverged after %s"
                        .formatted(fit.converged() ? "" : "not ", Words.counted(fit.rounds(), "round"));
    }

    private Page.Tile noiseTile() {
        if (parameters.isIsotropic()) {
            return new Page.Tile(
                    Numbers.figure(parameters.noise(0)), "noise variance", "of each column, as the model sees it");
        }
        double[] noise = parameters.noise();
        Arrays.sort(noise);
        return new Page.Tile(
                Numbers.figure(noise[noise.length / 2]),
                "noise variance",
                "median of the columns, as the model sees them");
    }

    private Page.Section variances() {
        return fit.variances().length > latent
                ? VariancesSection.of(fit.variances(), latent, parameters.noise(0))
                : VariancesSection.ofLatent(
                        fit.variances(),
                        fit.total(),
                        parameters.isIsotropic()
                                ? "The variances along the axes of the latent variables include the noise variance. Shares are of the total variance of the columns."
                                : "The variance of an axis is the sum of the variances that its latent variable explains in the columns, without the noise. Shares are of the total variance of the columns.");
    }

    /** Returns the noise of each column, greatest share first. */
    private Page.Section noise() {
        List<String> names = rows.columns().featureNames(model.numFeatures());
        int d = parameters.dimension();
        MixtureParameters mixture = MixtureParameters.of(parameters);
        double[] shares = new double[d];
        Arrays.setAll(shares, j -> parameters.noise(j) / mixture.variance(0, j));
        List<List<Page.Cell>> listed = IntStream.range(0, d)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -shares[j]))
                .limit(LISTED)
                .map(j -> List.of(
                        Page.Cell.of(names.get(j)),
                        Page.Cell.of(Numbers.figure(parameters.noise(j))),
                        Page.Cell.of(Numbers.percent(shares[j]))))
                .toList();
        String caption = "Noise variance of each column and its share of the column's variance, greatest share first"
                + (d > LISTED ? ", the first %d of %d.".formatted(LISTED, d) : ".");
        return new Page.Section(
                "noise",
                "Noise of the columns",
                "The latent variables explain the rest of a column's variance, which it has in common with other columns.",
                List.of(new Page.Table(
                        "noise-columns", caption, "", List.of("Column", "Noise variance", "Share"), listed, false)));
    }

    /** Fits a linear Gaussian model. The closed form has no rounds and no checkpoints. */
    static final class LinearTraining<M extends LinearModel<M>> extends BlockTraining<M, LinearFit> {
        private final LinearEstimator<?, M> estimator;
        private final TrainingContext context;
        private final TrainingMonitor monitor;
        private final LinearOptions options;

        LinearTraining(LinearEstimator<?, M> estimator, TrainingContext context, LinearOptions options) {
            super(context, LinearTraining.class);
            this.estimator = estimator;
            this.context = context;
            this.monitor = context.monitor();
            this.options = options;
            context.tables().columns().width().ifPresent(width -> LinearTrainer.requireColumns(width, options));
        }

        @Override
        protected double statistics(int width) {
            return (double) width * width;
        }

        @Override
        protected LinearFit fit(Rows rows) {
            if (!options.fit().hasRounds()) {
                return LinearTrainer.fit(rows.train(), options);
            }
            EmState<MixedMixture> from = monitor.begin(
                            context.identity(rows.table(), rows.heldOut(), ""),
                            StateType.<EmState<MixedMixture>>of(EmState.class, MixedMixture.class),
                            state -> Lines.count(state.history().size(), "round"))
                    .orElse(null);
            return monitor.rounds(() -> LinearTrainer.fit(rows.train(), options, from, new Rounds()));
        }

        private final class Rounds implements EmListener<MixedMixture> {
            @Override
            public void afterRound(Round round, EmState<MixedMixture> state) {
                String description = "%s L=%d".formatted(estimator.modelType(), options.latent());
                monitor.afterRound(
                        RoundProgress.of(
                                description, state.history(), options.stopping().maxRounds(), true),
                        state);
            }

            @Override
            public boolean isOver() {
                return monitor.isOver(1);
            }
        }

        @Override
        protected LinearResult<M> trained(Rows rows, LinearFit fit) {
            RowBlocks held = rows.holdout();
            double heldOut = held == null
                    ? Double.NaN
                    : monitor.time("evaluate", () -> LinearModel.meanLogLikelihood(fit.model(), held));
            String end =
                    "round %d of %d".formatted(fit.rounds(), options.stopping().maxRounds());
            TrainedTable table = table(rows, fit.warnings(rows.names()), () -> monitor.endedEarly(end));
            LinearRecord record = new LinearRecord(
                    table.facts().fitted(),
                    fit.weight(),
                    fit.meanLogLikelihood(),
                    heldOut,
                    fit.variances(),
                    fit.total(),
                    fit.rounds(),
                    fit.converged(),
                    table.origin().json());
            return new LinearResult<>(estimator.model(fit.model(), record), rows.table(), table, fit, record);
        }
    }
}
