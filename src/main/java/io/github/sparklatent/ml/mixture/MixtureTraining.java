package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.gmm.bayes.BayesOptions;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.gmm.training.CovarianceSupport;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.gmm.training.TrainerState;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.InitialModel;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.ShownRows;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the training of a Gaussian mixture. */
final class MixtureTraining implements Training<GaussianMixtureModel> {
    private static final Logger LOG = LoggerFactory.getLogger(MixtureTraining.class);

    private final GaussianMixture estimator;
    private final TrainingContext context;
    private final TrainingTables tables;
    private final TrainingMonitor monitor;
    private final Optional<InitialModel<GaussianMixtureModel>> initial;
    private final MixtureOptions options;
    private final SortedMap<Integer, List<Round>> fits = new TreeMap<>();

    MixtureTraining(GaussianMixture estimator, TrainingContext context, Settings settings) {
        this.estimator = estimator;
        this.context = context;
        this.tables = context.tables();
        this.monitor = context.monitor();
        this.initial =
                InitialModel.of(
                        context, settings, estimator.modelType(), GaussianMixtureModel.class);
        this.options = options(settings);
    }

    /** Returns the options; values that are not set are those of the initial model. */
    private MixtureOptions options(Settings settings) {
        MixtureOptions requested =
                new MixtureOptions(
                        settings.get(MixtureKeys.FIT),
                        new BayesOptions(
                                settings.get(MixtureKeys.WEIGHT_PRIOR),
                                settings.get(MixtureKeys.WEIGHT_CONCENTRATION),
                                settings.get(MixtureKeys.MEAN_PRECISION)),
                        new StochasticOptions(
                                settings.get(MixtureKeys.STEP_EXPONENT),
                                settings.get(MixtureKeys.LEARNING_RATE),
                                settings.get(MixtureKeys.DRAWS)),
                        settings.get(MixtureKeys.COMPONENTS),
                        settings.get(MixtureKeys.COVARIANCE),
                        settings.get(MixtureKeys.FACTORS),
                        settings.get(MixtureKeys.REGULARIZATION),
                        settings.get(MixtureKeys.COVARIANCE_PRIOR),
                        settings.get(MixtureKeys.INITIALIZATION),
                        settings.get(MixtureKeys.RESTARTS),
                        new StoppingRule(
                                settings.get(MixtureKeys.MAX_ROUNDS),
                                settings.get(MixtureKeys.TOLERANCE)),
                        settings.get(MixtureKeys.ACCELERATION),
                        settings.get(MixtureKeys.CRITERION),
                        settings.get(CommonKeys.SEED));
        if (initial.isEmpty()) {
            return requested;
        }
        Mixture start = initial.get().model().mixture();
        InitialModel.require(
                settings,
                MixtureKeys.COMPONENTS,
                start.components(),
                requested.components().get(0));
        InitialModel.require(
                settings, MixtureKeys.COVARIANCE, start.type(), requested.covariance());
        if (start.type().isFactored()
                && (requested.acceleration() || !MixtureOptions.fitsFactors(requested.fit()))) {
            throw new UsageException(
                    "the initial model's covariance is %s, which is fitted by em without acceleration or by monte-carlo-em, but model.fit is %s%s"
                            .formatted(
                                    start.type(),
                                    requested.fit(),
                                    requested.acceleration() ? " with train.acceleration" : ""));
        }
        MixtureOptions same =
                requested.withComponents(List.of(start.components())).withCovariance(start.type());
        if (!start.type().isFactored()) {
            if (settings.isGiven(MixtureKeys.FACTORS)) {
                throw new UsageException(
                        "model.factors is %d, but the initial model's covariance is %s, which has no factors: remove it"
                                .formatted(requested.factors(), start.type()));
            }
            return same;
        }
        InitialModel.require(settings, MixtureKeys.FACTORS, start.factors(), requested.factors());
        return same.withFactors(start.factors());
    }

    @Override
    public <T> T run(Function<Trained<GaussianMixtureModel>, T> finish) {
        try (BlockTable rows =
                        monitor.time("read", () -> tables.blocks(scaling(), this::statistics));
                BlockTable heldOut =
                        monitor.time("read", () -> tables.holdoutBlocks(rows.scaling()))) {
            monitor.check();
            List<SelectedRow> sample = monitor.time("read", () -> sample(rows.train()));
            RowBlocks holdout = heldOut == null ? rows.holdout() : heldOut.train();
            TrainingResult result = monitor.time("train", () -> train(rows, heldOut, holdout));
            return monitor.keep(() -> finish.apply(trained(rows, holdout, sample, result)));
        }
    }

    /** Returns the length of the statistics of the greatest number of components. */
    private double statistics(int width) {
        int components = Collections.max(options.components());
        int factors = options.covariance().isFactored() ? options.factors() : 0;
        return new StatisticsLayout(options.covariance(), components, width, factors).numbers();
    }

    private Scaling scaling() {
        return initial.map(InitialModel::scaling).orElse(null);
    }

    private TrainingResult train(BlockTable rows, BlockTable heldOut, RowBlocks holdout) {
        initial.ifPresent(start -> start.saved().requireWidth(rows.facts().width()));
        requireHoldout(rows, holdout);
        TrainerState from =
                monitor.begin(
                                context.identity(
                                        rows,
                                        heldOut,
                                        initial.map(InitialModel::fingerprint).orElse("")),
                                TrainerState.class,
                                MixtureTraining::position)
                        .orElse(TrainerState.START);
        Mixture start = initial.map(model -> model.model().mixture()).orElse(null);
        return monitor.rounds(
                () ->
                        new MixtureTrainer(rows.train(), holdout, options, start, new Rounds())
                                .fit(from));
    }

    /** Describes how far a training is, such as "1 fit, 12 rounds". */
    static String position(TrainerState state) {
        int rounds = state.current() == null ? 0 : state.current().history().size();
        String inFit = Lines.count(rounds, "round");
        return state.done().isEmpty()
                ? inFit
                : Lines.count(state.done().size(), "fit") + ", " + inFit;
    }

    /**
     * Checks that rows are held out if the criterion needs them. A small fraction of few rows may
     * hold out none.
     */
    private void requireHoldout(BlockTable rows, RowBlocks holdout) {
        if (options.criterion() == Criterion.HOLDOUT
                && options.components().size() > 1
                && holdout == null) {
            throw new DataException(
                    "model.criterion is holdout, but data.holdout.fraction holds out none of %d rows; use a greater fraction or data.holdout.path"
                            .formatted(rows.facts().rows()));
        }
    }

    private final class Rounds implements TrainerListener {
        @Override
        public void afterRound(String description, Round round, int maxRounds, TrainerState state) {
            fits.put(state.done().size(), state.current().history());
            monitor.afterRound(
                    RoundProgress.of(
                            description,
                            state.current().history(),
                            maxRounds,
                            state.done().size() + 1 == fits()),
                    state);
        }

        @Override
        public void whileStarting(String description) {
            monitor.working(description, false);
        }

        @Override
        public boolean isOver() {
            return monitor.isOver(1);
        }
    }

    private int fits() {
        return options.components().size() * (initial.isEmpty() ? options.restarts() : 1);
    }

    /** Describes where a training has ended: its last round, and its last fit if it has several. */
    private String end(TrainingResult result) {
        int fits = fits();
        int done = result.candidates().size();
        String round =
                "round %d of %d"
                        .formatted(
                                result.candidates().get(done - 1).rounds(),
                                options.stopping().maxRounds());
        return fits == 1
                ? round
                : "%s in fit %d of %d%s"
                        .formatted(
                                round,
                                done,
                                fits,
                                done < fits ? "; skipped: " + Lines.count(fits - done, "fit") : "");
    }

    /**
     * Returns the objective, round by round, of each fit that this run has followed from its start.
     */
    private SortedMap<Integer, List<Double>> curves() {
        SortedMap<Integer, List<Double>> curves = new TreeMap<>();
        fits.forEach(
                (fit, rounds) -> curves.put(fit, rounds.stream().map(Round::objective).toList()));
        return curves;
    }

    /** Evaluates the fitted mixture. */
    private TrainedMixture trained(
            BlockTable rows, RowBlocks holdout, List<SelectedRow> sample, TrainingResult result) {
        FeatureAssembler assembler =
                tables.assembler(rows.columns(), rows.scaling(), rows.facts().width());
        Origin origin = context.origin(rows.facts());
        GaussianMixtureModel model = estimator.model(result, origin.json());
        List<String> ofFit = new ArrayList<>(result.size().warnings("BIC and AIC"));
        if (options.fit().maximizesLikelihood()) { // variational Bayes has priors of its own
            ofFit.addAll(CovarianceSupport.warnings(result.best()));
        }
        ofFit.forEach(LOG::warn);
        List<String> warnings = new ArrayList<>(tables.warnings(rows.facts()));
        warnings.addAll(ofFit);
        monitor.endedEarly(end(result)).ifPresent(warnings::add);
        Map<Boolean, Agreement> agreement =
                monitor.time(
                        "evaluate",
                        () -> LabelMeasures.of(tables, assembler, model, warnings::add));
        double holdoutWeight = monitor.time("evaluate", () -> weight(holdout, result));
        monitor.check();
        return new TrainedMixture(
                model,
                assembler,
                options,
                context,
                rows,
                warnings,
                holdout == null ? 0 : holdout.rows(),
                holdoutWeight,
                result,
                agreement,
                completed(sample, result.best().mixture()),
                curves(),
                origin);
    }

    /** Returns the total weight of the held-out rows: their number if there is no weight column. */
    private double weight(RowBlocks holdout, TrainingResult result) {
        return holdout == null
                ? 0
                : tables.options().weight() == null
                        ? holdout.rows()
                        : MixtureEvaluation.of(result.best().mixture(), holdout).weight();
    }

    /** Replaces missing values of rows by their means given the others. */
    private static List<SelectedRow> completed(List<SelectedRow> rows, Mixture mixture) {
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        return rows.stream()
                .map(row -> new SelectedRow(row.score(), density.imputed(row.values())))
                .toList();
    }

    /** Returns a few rows for the report. */
    private List<SelectedRow> sample(RowBlocks rows) {
        if (!context.reported()) {
            return List.of();
        }
        long key = RandomStreams.key(options.seed(), Purpose.REPORT);
        return rows.smallest(
                "reading the rows", new RandomRows(key), ShownRows.limit(rows.width()));
    }
}
