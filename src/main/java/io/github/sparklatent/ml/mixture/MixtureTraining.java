package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnChains;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.RandomRows;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.ComponentNumbers;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.columns.TableForm;
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
import io.github.sparklatent.ml.rounds.BlockTraining;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.TableMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;

/**
 * Runs the training of a mixture: reads the rows, resumes, fits, evaluates.
 *
 * @param <M> the model
 */
final class MixtureTraining<M extends MixtureOfRows<M>> extends BlockTraining<M, TrainingResult> {
    private final MixtureEstimator<?, M> estimator;
    private final TrainingContext context;
    private final TrainingTables tables;
    private final TrainingMonitor monitor;
    private final Optional<InitialModel<M>> initial;
    private final MixtureOptions options;
    private final boolean isTyped;
    private final TreeOptions trees;
    private final ColumnFamilies families;
    private final boolean familiesGiven;
    private final SortedMap<Integer, List<Round>> fits = new TreeMap<>();
    private List<SelectedRow> sample;
    private Optional<String> farValues = Optional.empty();

    MixtureTraining(MixtureEstimator<?, M> estimator, TrainingContext context, Settings settings) {
        super(context, MixtureTraining.class);
        this.estimator = estimator;
        this.context = context;
        this.tables = context.tables();
        this.monitor = context.monitor();
        this.initial = InitialModel.of(
                context, settings, estimator.modelType(), estimator.family().model());
        this.options = options(settings, settings.bind(MixtureOptions.DEFAULT));
        this.isTyped = MixtureModelType.isTyped(estimator.modelType());
        this.trees = settings.bind(TreeOptions.DEFAULT);
        this.familiesGiven = settings.isGiven("model.numbers")
                || settings.isGiven("model.counts")
                || settings.isGiven("model.families");
        if (trees.areTrees() && initial.isPresent()) {
            throw new UsageException(
                    "model.within is trees, which do not start from another model: leave train.initialModel out");
        }
        if (trees.areTrees() && familiesGiven) {
            throw new UsageException(
                    "model.within is trees, in which numbers and counts have histograms: leave model.numbers, model.counts and model.families out");
        }
        this.families = trees.areTrees() ? ColumnFamilies.OF_TREES : settings.bind(ColumnFamilies.DEFAULT);
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
        // One number has no covariance of other forms, and fewer numbers have fewer factors.
        StatisticsLayout asks =
                requested.layout(start.columns(), start.components()).gaussian();
        InitialModel.require(settings, "model.covariance", type, asks.type());
        if (!type.isFactored()) {
            if (settings.isGiven("model.factors") && !requested.covariance().isFactored()) {
                throw new UsageException(
                        "model.factors is %d, but the initial model's covariance is %s, which has no factors: remove it"
                                .formatted(requested.factors(), type));
            }
            return same.withCovariance(type);
        }
        int factors = start.gaussian().factors();
        InitialModel.require(
                settings, "model.factors", factors, asks.type().isFactored() ? asks.factors() : requested.factors());
        if (!MixtureOptions.fitsFactors(requested.fit())) {
            throw new UsageException(
                    "model.fit is %s, but the initial model's covariance is %s, which is fitted by em or monte-carlo-em: set model.fit = em"
                            .formatted(requested.fit(), type));
        }
        return same.withCovariance(type).withFactors(factors);
    }

    /** The categories are not known before the rows are read, so this is the length for columns of numbers. */
    @Override
    protected double statistics(int width) {
        return options.statistics(width);
    }

    /** Returns the name of the objective in the lines of rounds. */
    private String objective() {
        if (!options.fit().maximizesLikelihood()) {
            return "elbo";
        }
        boolean hasPrior = isTyped ? options.priorRows() > 0 && !trees.areTrees() : options.hasPrior();
        return hasPrior ? "meanLogPosterior" : "meanLogLikelihood";
    }

    @Override
    protected Scaling scaling() {
        return initial.map(start -> start.saved().scaling()).orElse(null);
    }

    @Override
    protected void prepare(Rows rows) {
        sample = monitor.time("read", () -> sample(rows.train()));
    }

    @Override
    protected TrainingResult fit(Rows all) {
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
                MixtureTraining::position);
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
            TrainingResult result = trainer.fit(from.orElse(SearchState.start()));
            if (isTyped) {
                farValues = trainer.farValues(rows.facts().featureNames());
            }
            return trees.areTrees() ? withTrees(result, fitted, holdout) : result;
        });
    }

    /** Returns the columns of a row. Throws a UsageException if the initial model has others. */
    private MixedColumns columns(BlockTable table, RowBlocks holdout) {
        if (!isTyped) {
            return MixedColumns.ofNumbers(table.facts().width());
        }
        List<Feature> features = table.facts().features();
        List<ColumnLevels.Declared> declared = initial.isPresent()
                ? likeInitial(features, initial.get().model().table())
                : families.of(features);
        MixedColumns found = ColumnLevels.of(declared, table.train(), trees.bins(), options.seed());
        MixedColumns columns =
                initial.isPresent() ? withLevels(found, initial.get().model().table()) : found;
        if (holdout != null) {
            ColumnLevels.of(withLevels(declared, columns), holdout, options.seed());
        }
        return columns;
    }

    /**
     * Returns whether the fit needs two different values of a feature that varies. Categories and counts of a typed
     * mixture have the distributions of the whole table as their prior.
     */
    private boolean needsVariance(Feature feature) {
        return !isTyped || feature.kind() == Feature.Kind.NUMBER;
    }

    private TrainingResult withTrees(TrainingResult result, RowBlocks train, RowBlocks holdout) {
        MixedMixture independentColumns = result.best().mixture();
        MixedMixture grown = independentColumns.with(ColumnChains.of(
                independentColumns.columns(),
                train,
                result.size(),
                trees.leafRows(),
                options.priorRows(),
                options.seed()));
        Candidate independent = result.best().metrics();
        MixtureEvaluation found = MixtureEvaluation.of(grown, train);
        Candidate metrics = new Candidate(
                independent.components(),
                independent.restart(),
                independent.rounds(),
                independent.converged(),
                found.meanLogLikelihood(),
                holdout == null
                        ? Double.NaN
                        : MixtureEvaluation.of(grown, holdout).meanLogLikelihood(),
                independent.mutualInformation(),
                found.bic(),
                found.meanLogLikelihood());
        List<Candidate> candidates = result.candidates().stream()
                .map(candidate -> candidate.equals(independent) ? metrics : candidate)
                .toList();
        return new TrainingResult(result.best().with(grown, metrics), candidates, result.size(), Optional.empty());
    }

    /**
     * Returns the columns with the categories of the initial model.
     *
     * @throws UsageException if the rows have a category that it has not
     */
    private static MixedColumns withLevels(MixedColumns found, TableMixture initial) {
        List<MixedColumns.Column> columns = new ArrayList<>(found.columns());
        for (int j = 0; j < columns.size(); j++) {
            MixedColumns.Column own = initial.mixture().columns().get(j);
            if (own.family() == CellFamily.CATEGORICAL) {
                if (columns.get(j).levels() > own.levels()) {
                    throw new UsageException(
                            "column \"%s\" has %d categories, expected %d as train.initialModel has; train from the beginning"
                                    .formatted(
                                            initial.features().get(j).name(),
                                            columns.get(j).levels(),
                                            own.levels()));
                }
                columns.set(j, own);
            }
        }
        return new MixedColumns(columns);
    }

    private static List<ColumnLevels.Declared> withLevels(List<ColumnLevels.Declared> declared, MixedColumns columns) {
        return IntStream.range(0, declared.size())
                .mapToObj(j -> new ColumnLevels.Declared(
                        declared.get(j).name(),
                        declared.get(j).family(),
                        columns.get(j).levels(),
                        columns.get(j).bins()))
                .toList();
    }

    /** Returns the columns with the families of the initial model, whose categories they must have. */
    private List<ColumnLevels.Declared> likeInitial(List<Feature> features, TableMixture initial) {
        List<ColumnLevels.Declared> own = initial.declared();
        for (int j = 0; j < features.size(); j++) {
            Feature before = initial.features().get(j);
            List<String> levels = features.get(j).categories();
            if (!levels.isEmpty() && !levels.equals(before.categories())) {
                throw new UsageException(
                        "column \"%s\" has the categories %s, expected %s as train.initialModel has; train from the beginning"
                                .formatted(before.name(), levels, before.categories()));
            }
        }
        if (familiesGiven) {
            List<ColumnLevels.Declared> asked = families.of(features);
            for (int j = 0; j < own.size(); j++) {
                if (asked.get(j).family() != own.get(j).family()) {
                    throw new UsageException(
                            "column \"%s\" has the family %s, expected %s as train.initialModel has; leave the key out or train from the beginning"
                                    .formatted(
                                            own.get(j).name(),
                                            asked.get(j).family(),
                                            own.get(j).family()));
                }
            }
        }
        return IntStream.range(0, own.size())
                .mapToObj(j -> new ColumnLevels.Declared(
                        own.get(j).name(),
                        own.get(j).family(),
                        features.get(j).categories().size(),
                        own.get(j).bins()))
                .toList();
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
    protected TrainedMixture<M> trained(Rows all, TrainingResult result) {
        BlockTable rows = all.table();
        TableForm form =
                TableForm.of(rows.columns(), rows.scaling(), rows.facts().width());
        List<String> ofFit = new ArrayList<>(result.size().warnings("BIC"));
        ofFit.addAll(warnings(result, rows.facts()));
        result.overfit().ifPresent(ofFit::add);
        if (!context.isOfOtherGroups()) {
            ComponentNumbers.warning(options, result).ifPresent(ofFit::add);
        }
        TrainedTable table = table(all, ofFit, () -> monitor.endedEarly(end(result)));
        M model = model(result, rows.facts(), table.origin().json());
        List<String> ofModel = new ArrayList<>();
        int[] unusual = model.unusualComponents();
        if (unusual.length > 0) {
            ofModel.add(
                    "components %s have values that the others do not have, as errors that repeat do: they do not count in the anomaly score, so their rows are anomalous%s"
                            .formatted(
                                    Arrays.toString(unusual),
                                    isTyped
                                            ? "; columns of few different numbers, such as quantities, are better histograms (model.families)"
                                            : ""));
        }
        Map<Boolean, Agreement> agreement =
                monitor.time("evaluate", () -> LabelMeasures.of(tables, form, model, ofModel::add));
        monitor.check();
        return new TrainedMixture<>(
                model,
                form,
                options,
                objective(),
                table.with(ofModel).with(result.best().warnings()),
                rows,
                result,
                agreement,
                curves(),
                sample);
    }

    private M model(TrainingResult result, TableFacts facts, String origin) {
        MixedMixture mixture = result.best().mixture();
        TableMixture table = TableMixture.of(
                isTyped ? mixture : MixedMixture.of(mixture.gaussian()),
                initial.filter(start -> isTyped)
                        .map(start -> start.model().table().features())
                        .orElse(facts.features()),
                options.criterion() != Criterion.ROWS);
        M model = estimator
                .family()
                .model(estimator.uid(), new SavedContent.Mixture(table, FitRecord.of(result, origin)));
        estimator.copyValues(model, ParamMap.empty()).describeItself();
        return model;
    }

    /** Returns warnings about the fit, as sentences. */
    private List<String> warnings(TrainingResult result, TableFacts facts) {
        List<String> warnings = new ArrayList<>();
        farValues.ifPresent(warnings::add);
        if (result.best().mixture().chains() != null && tables.heldOut(facts) == 0) {
            warnings.add(
                    "rows get no severity: those that trees were grown from have much lower anomaly scores than others, and none was held out; set data.holdout.fraction = 0.1");
        }
        long categories = facts.features().stream()
                .filter(feature -> feature.kind() == Feature.Kind.CATEGORY)
                .count();
        if (categories > 0 && !isTyped) {
            warnings.add(
                    "%d of %d features are categories, which a Gaussian component reads as numbers: where a component has one category only, its variance is model.regularization, and so is the height of its density; raise it to 1e-3 or more, or leave categories out with data.columns"
                            .formatted(categories, facts.features().size()));
        }
        return warnings;
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
