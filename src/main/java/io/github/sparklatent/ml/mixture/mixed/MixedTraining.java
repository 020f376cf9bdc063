package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.stochastic.LocalProblem.LocalModel;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.gmm.training.SearchListener.SearchState;
import io.github.sparklatent.gmm.training.SearchOptions;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedOptions;
import io.github.sparklatent.mixture.MixedOptions.Within;
import io.github.sparklatent.mixture.MixedTrainer;
import io.github.sparklatent.ml.core.InitialModel;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.mixture.AssignedRows;
import io.github.sparklatent.ml.mixture.ComponentsTraining;
import io.github.sparklatent.ml.mixture.TrainedMixture;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.scoring.TableMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs the training of a mixture of columns of several types. */
final class MixedTraining extends ComponentsTraining<MixtureModel, MixedMixture, LocalModel<MixedMixture>> {
    private final Mixture estimator;
    private final ColumnFamilies families;
    private final boolean familiesGiven;
    private final TrainingTables tables;
    private final MixedOptions options;
    private Optional<String> farValues = Optional.empty();

    MixedTraining(Mixture estimator, TrainingContext context, Settings settings) {
        super(
                context,
                InitialModel.of(context, settings, estimator.modelType(), MixtureModel.class),
                MixedTrainer.STATE);
        this.estimator = estimator;
        this.familiesGiven = settings.isGiven("model.numbers")
                || settings.isGiven("model.counts")
                || settings.isGiven("model.families");
        boolean areTrees = settings.bind(MixedOptions.DEFAULT).within() == Within.TREES;
        if (areTrees && initial().isPresent()) {
            throw new UsageException(
                    "model.within is trees, which do not start from another model: leave train.initialModel out");
        }
        if (areTrees && familiesGiven) {
            throw new UsageException(
                    "model.within is trees, in which numbers and counts have histograms: leave model.numbers, model.counts and model.families out");
        }
        this.families = areTrees ? ColumnFamilies.OF_TREES : settings.bind(ColumnFamilies.DEFAULT);
        // The Params of the Estimator do not have a separate table of held-out rows.
        this.tables = context.tables();
        this.options = options(settings, criterion(context.settings()), initial());
    }

    /** Returns the criterion that the settings name, or the default one. */
    static Criterion criterion(Settings settings) {
        return settings.isGiven("model.criterion")
                        || settings.bind(HoldoutSection.DEFAULT).isEmpty()
                ? settings.bind(MixedOptions.DEFAULT).criterion()
                : Criterion.HOLDOUT;
    }

    /** Returns the options; values that are not set are those of the initial model. */
    static MixedOptions options(Settings settings, Criterion criterion, Optional<InitialModel<MixtureModel>> initial) {
        MixedOptions requested = settings.bind(MixedOptions.DEFAULT).withCriterion(criterion);
        if (initial.isEmpty()) {
            return requested;
        }
        MixedMixture start = initial.get().model().mixture();
        InitialModel.require(settings, "model.components", List.of(start.components()), requested.components());
        MixedOptions same = requested.withComponents(List.of(start.components()));
        if (start.gaussian() == null) {
            return same;
        }
        InitialModel.require(settings, "model.covariance", start.gaussian().type(), requested.covariance());
        if (start.gaussian().type().isFactored() && requested.fit() != FitMethod.EM) {
            throw new UsageException(
                    "the initial model's covariance is %s, which is fitted by em, but model.fit is %s: set model.fit = em"
                            .formatted(start.gaussian().type(), requested.fit()));
        }
        same = same.withCovariance(start.gaussian().type());
        return start.gaussian().type().isFactored()
                ? same.withFactors(start.gaussian().factors())
                : same;
    }

    @Override
    protected SearchOptions search() {
        return options.search();
    }

    /** The categories are not known before the rows are read, so this is the part of the numbers. */
    @Override
    protected double statistics(int width) {
        int components = options.components().stream().mapToInt(k -> k).max().orElse(1);
        return options.statistics(MixedColumns.ofNumbers(width), components);
    }

    @Override
    protected TrainingResult<MixedMixture> fit(
            BlockTable table,
            RowBlocks train,
            RowBlocks holdout,
            Optional<SearchState<MixedMixture, LocalModel<MixedMixture>>> from,
            SearchListener<MixedMixture, LocalModel<MixedMixture>> listener) {
        List<Feature> features = table.facts().features();
        Optional<MixtureModel> start = initial().map(InitialModel::model);
        List<ColumnLevels.Declared> declared =
                start.map(model -> likeInitial(features, model)).orElseGet(() -> families.of(features));
        MixedColumns found = ColumnLevels.of(declared, table.train(), options.bins(), options.seed());
        MixedColumns columns = start.map(model -> withLevels(found, model)).orElse(found);
        if (holdout != null) {
            ColumnLevels.of(withLevels(declared, columns), holdout, options.seed());
        }
        MixedTrainer trainer = new MixedTrainer(
                train,
                holdout,
                columns,
                options,
                start.map(model -> model.mixture().on(columns)).orElse(null),
                listener);
        TrainingResult<MixedMixture> result = trainer.fit(from.orElse(SearchState.start()));
        farValues = trainer.warning(features.stream().map(Feature::name).toList());
        return result;
    }

    /**
     * Returns the columns with the categories of the initial model.
     *
     * @throws UsageException if the rows have a category that it has not
     */
    private static MixedColumns withLevels(MixedColumns found, MixtureModel model) {
        List<MixedColumns.Column> columns = new ArrayList<>(found.columns());
        for (int j = 0; j < columns.size(); j++) {
            MixedColumns.Column own = model.mixture().columns().get(j);
            if (own.family() == CellFamily.CATEGORICAL) {
                if (columns.get(j).levels() > own.levels()) {
                    throw new UsageException(
                            "column \"%s\" has %d categories, expected %d as train.initialModel has; train from the beginning"
                                    .formatted(
                                            model.features().get(j).name(),
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
    private List<ColumnLevels.Declared> likeInitial(List<Feature> features, MixtureModel model) {
        List<ColumnLevels.Declared> own = model.table().declared();
        for (int j = 0; j < features.size(); j++) {
            Feature before = model.table().features().get(j);
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

    @Override
    protected MixtureModel model(TrainingResult<MixedMixture> result, BlockTable rows, String origin) {
        List<Feature> features = initial()
                .map(start -> start.model().table().features())
                .orElse(rows.facts().features());
        return estimator.model(result, TableMixture.of(result.best().mixture(), features), origin);
    }

    /** The categories and the counts have the distributions of the whole table as their prior. */
    @Override
    protected boolean needsVariance(Feature feature) {
        return feature.kind() == Feature.Kind.NUMBER;
    }

    @Override
    protected List<String> warnings(TrainingResult<MixedMixture> result, TableFacts facts) {
        return Stream.concat(
                        farValues.stream(),
                        result.best().mixture().chains() == null || tables.heldOut(facts) > 0
                                ? Stream.empty()
                                : Stream.of(
                                        "rows get no severity: those that trees were grown from have much lower anomaly scores than others, and none was held out; set data.holdout.fraction = 0.1"))
                .toList();
    }

    static MixtureEvaluation evaluation(MixedMixture mixture, RowBlocks rows) {
        return MixtureEvaluation.of(
                "mixture K=%d, evaluation".formatted(mixture.components()),
                new MixedDensity(mixture),
                mixture::freeParameters,
                rows);
    }

    @Override
    protected String objective() {
        boolean isPosterior = options.priorRows() > 0 && options.within() != Within.TREES;
        return isPosterior ? "meanLogPosterior" : "meanLogLikelihood";
    }

    @Override
    protected Function<TrainedMixture<MixtureModel>, MixtureParts> parts(
            TrainingResult<MixedMixture> result, List<SelectedRow> sample) {
        return this::parts;
    }

    private MixtureParts parts(TrainedMixture<MixtureModel> trained) {
        MixedMixture mixture = trained.model().mixture();
        Optional<MixtureParameters> numbers = Optional.ofNullable(mixture.gaussian());
        AssignedRows assigned = new AssignedRows(new MixedDensity(mixture));
        return new MixtureParts(
                "Mixed-type mixture",
                numbers.map(MixtureParameters::type),
                numbers.filter(of -> of.type().isFactored())
                        .map(MixtureParameters::factors)
                        .orElse(0),
                mixture.freeParameters(),
                objective().equals("meanLogPosterior") ? "mean log posterior" : "mean log-likelihood",
                new Components(
                        mixture.weights(),
                        trained.table()
                                .train()
                                .sums("rows of each component", assigned)
                                .sums()),
                Optional.of(Groups.of(trained.model().table(), trained.table().scaling())),
                List.of());
    }
}
