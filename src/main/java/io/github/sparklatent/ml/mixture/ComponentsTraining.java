package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.RandomRows;
import io.github.sparklatent.mixture.training.ComponentNumbers;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.InitialModel;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.ShownRows;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import io.github.sparklatent.ml.rounds.BlockTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs the training of a mixture: reads the rows, resumes, fits, evaluates.
 *
 * @param <M> the model
 */
public abstract class ComponentsTraining<M extends MixtureOfRows<M>> extends BlockTraining<M, TrainingResult> {
    private final TrainingContext context;
    private final TrainingTables tables;
    private final TrainingMonitor monitor;
    private final Optional<InitialModel<M>> initial;
    private final MixtureOptions options;
    private final SortedMap<Integer, List<Round>> fits = new TreeMap<>();
    private List<SelectedRow> sample;

    /**
     * Creates a training.
     *
     * @param type of the model
     * @param model its class
     * @param defaults options that are not set
     */
    protected ComponentsTraining(
            TrainingContext context, Settings settings, ModelType type, Class<M> model, MixtureOptions defaults) {
        super(context, ComponentsTraining.class);
        this.context = context;
        this.tables = context.tables();
        this.monitor = context.monitor();
        this.initial = InitialModel.of(context, settings, type, model);
        this.options = options(settings, settings.bind(defaults));
    }

    /** Returns the options; values that are not set are those of the initial model. */
    private MixtureOptions options(Settings settings, MixtureOptions requested) {
        if (initial.isEmpty()) {
            return requested;
        }
        MixedMixture start = initial.get().model().asMixed();
        List<Integer> asked = requested.components();
        InitialModel.require(
                settings, "model.components", start.components(), asked.size() == 1 ? asked.get(0) : asked);
        MixtureOptions same = requested.withComponents(List.of(start.components()));
        if (start.gaussian() == null) {
            return same;
        }
        CovarianceType type = start.gaussian().type();
        InitialModel.require(settings, "model.covariance", type, requested.covariance());
        if (!type.isFactored()) {
            if (settings.isGiven("model.factors")) {
                throw new UsageException(
                        "model.factors is %d, but the initial model's covariance is %s, which has no factors: remove it"
                                .formatted(requested.factors(), type));
            }
            return same.withCovariance(type);
        }
        int factors = start.gaussian().factors();
        InitialModel.require(settings, "model.factors", factors, requested.factors());
        return same.withCovariance(type).withFactors(factors);
    }

    /** Returns the options of the fits. */
    protected final MixtureOptions options() {
        return options;
    }

    /** The categories are not known before the rows are read, so this is the length for columns of numbers. */
    @Override
    protected final double statistics(int width) {
        return options.statistics(width);
    }

    /** Returns the columns of a row. Throws a UsageException if the initial model has others. */
    protected abstract MixedColumns columns(BlockTable table, RowBlocks holdout);

    /**
     * Returns the result of the fits, to which a model may add.
     *
     * @param trainer which has made the fits
     * @param train the training rows, or a sample of them
     */
    protected TrainingResult completed(
            TrainingResult result, MixtureTrainer trainer, BlockTable table, RowBlocks train, RowBlocks holdout) {
        return result;
    }

    /**
     * Returns the model of a result.
     *
     * @param origin provenance of the model: a JSON object
     */
    protected abstract M model(TrainingResult result, BlockTable rows, String origin);

    /** Returns whether the fit needs two different values of a feature that varies. */
    protected boolean needsVariance(Feature feature) {
        return true;
    }

    /** Returns warnings about the fit, as sentences. */
    protected abstract List<String> warnings(TrainingResult result, TableFacts facts);

    /** Returns the name of the objective in the lines of rounds. */
    private String objective() {
        if (!options.fit().maximizesLikelihood()) {
            return "elbo";
        }
        return hasPrior() ? "meanLogPosterior" : "meanLogLikelihood";
    }

    /** Returns whether the objective has a log prior. */
    protected abstract boolean hasPrior();

    /**
     * Returns what computes the parts of the page that differ between families.
     *
     * @param sample a few training rows; empty if no report is asked for
     */
    protected abstract Function<TrainedMixture<M>, MixtureParts> parts(TrainingResult result, List<SelectedRow> sample);

    /** Returns the model to start from, if there is one. */
    protected final Optional<InitialModel<M>> initial() {
        return initial;
    }

    @Override
    protected final Scaling scaling() {
        return initial.map(start -> start.saved().scaling()).orElse(null);
    }

    @Override
    protected final void prepare(Rows rows) {
        sample = monitor.time("read", () -> sample(rows.train()));
    }

    @Override
    protected final TrainingResult fit(Rows all) {
        BlockTable rows = all.table();
        RowBlocks holdout = all.holdout();
        initial.ifPresent(start -> start.saved().requireWidth(rows.facts().width()));
        requireHoldout(rows, holdout);
        Optional<SearchState> from = monitor.begin(
                context.identity(
                        rows,
                        all.heldOut(),
                        initial.map(start -> start.saved().fingerprint()).orElse("")),
                MixtureTrainer.STATE,
                ComponentsTraining::position);
        RowBlocks fitted = rows.sample(context.mostRows(), options.seed(), this::needsVariance);
        return monitor.rounds(() -> {
            MixedColumns columns = columns(rows, holdout);
            MixtureTrainer trainer = new MixtureTrainer(
                    fitted,
                    holdout,
                    columns,
                    options,
                    initial.map(start -> start.model().asMixed().on(columns)).orElse(null),
                    new Rounds());
            return completed(trainer.fit(from.orElse(SearchState.start())), trainer, rows, fitted, holdout);
        });
    }

    /** Describes how far a training is, such as "1 fit, 12 rounds". */
    static String position(SearchState state) {
        int rounds = state.current() == null ? 0 : state.current().history().size();
        String inFit = Lines.count(rounds, "round");
        return state.done().isEmpty() ? inFit : Lines.count(state.done().size(), "fit") + ", " + inFit;
    }

    /** Checks that rows are held out if the criterion needs them. A small fraction of few rows may hold out none. */
    private void requireHoldout(BlockTable rows, RowBlocks holdout) {
        if (options.criterion() == Criterion.HOLDOUT && options.choosesComponents() && holdout == null) {
            throw new DataException(
                    "model.criterion is holdout, but data.holdout.fraction holds out none of %d rows; use a greater fraction or data.holdout.path"
                            .formatted(rows.facts().rows()));
        }
    }

    private final class Rounds implements SearchListener {
        @Override
        public void afterRound(String description, Round round, int maxRounds, SearchState position) {
            fits.put(position.done().size(), position.current().history());
            monitor.afterRound(
                    RoundProgress.of(
                            description,
                            position.current().history(),
                            maxRounds,
                            position.done().size() + 1 == fits()),
                    position);
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

    /** Returns the number of fits; 0 if a search decides it. */
    private int fits() {
        int numbers =
                options.criterion() == Criterion.ROWS ? 1 : options.components().size();
        return numbers * (initial.isEmpty() ? options.restarts() : 1);
    }

    /** Describes where a training has ended: its last round, and its last fit if it has several. */
    private String end(TrainingResult result) {
        int done = result.candidates().size();
        String round = "round %d of %d"
                .formatted(
                        result.candidates().get(done - 1).rounds(),
                        options.stopping().maxRounds());
        if (fits() == 0) {
            return "%s in fit %d".formatted(round, done);
        }
        return fits() == 1
                ? round
                : "%s in fit %d of %d%s"
                        .formatted(
                                round,
                                done,
                                fits(),
                                done < fits() ? "; skipped: " + Lines.count(fits() - done, "fit") : "");
    }

    /** Returns the objective, round by round, of each fit that this run has followed from its start. */
    private SortedMap<Integer, List<Double>> curves() {
        SortedMap<Integer, List<Double>> curves = new TreeMap<>();
        fits.forEach((fit, rounds) ->
                curves.put(fit, rounds.stream().map(Round::objective).toList()));
        return curves;
    }

    @Override
    protected final TrainedMixture<M> trained(Rows all, TrainingResult result) {
        BlockTable rows = all.table();
        FeatureAssembler assembler =
                tables.assembler(rows.columns(), rows.scaling(), rows.facts().width());
        List<String> ofFit = new ArrayList<>(result.size().warnings("BIC"));
        ofFit.addAll(warnings(result, rows.facts()));
        result.overfit().ifPresent(ofFit::add);
        if (!context.isOfOtherGroups()) {
            ComponentNumbers.warning(options, result).ifPresent(ofFit::add);
        }
        TrainedTable table = table(all, ofFit, () -> monitor.endedEarly(end(result)));
        M model = model(result, rows, table.origin().json());
        List<String> ofModel = new ArrayList<>();
        int[] unusual = model.unusualComponents();
        if (unusual.length > 0) {
            ofModel.add(
                    "components %s have values that the others do not have, as errors that repeat do: they do not count in the anomaly score, so their rows are anomalous; columns of few different numbers, such as quantities, are better histograms (model.families)"
                            .formatted(Arrays.toString(unusual)));
        }
        Map<Boolean, Agreement> agreement =
                monitor.time("evaluate", () -> LabelMeasures.of(tables, assembler, model, ofModel::add));
        monitor.check();
        return new TrainedMixture<>(
                model,
                assembler,
                options,
                objective(),
                table.with(ofModel),
                rows,
                result,
                agreement,
                curves(),
                parts(result, sample));
    }

    /** Returns a few rows for the report. */
    private List<SelectedRow> sample(RowBlocks rows) {
        if (!context.reported()) {
            return List.of();
        }
        long key = RandomStreams.key(options.seed(), Purpose.REPORT);
        return rows.smallest("reading the rows", new RandomRows(key), ShownRows.limit(rows.width()));
    }
}
