package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnChains;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.core.InitialModel;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.mixture.ComponentsTraining;
import io.github.sparklatent.ml.mixture.TrainedMixture;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import io.github.sparklatent.scoring.TableMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs the training of a mixture of columns of several types. */
final class MixedTraining extends ComponentsTraining<MixtureModel> {
    private final Mixture estimator;
    private final ColumnFamilies families;
    private final boolean familiesGiven;
    private final TrainingTables tables;
    private final TreeOptions trees;
    private Optional<String> farValues = Optional.empty();

    MixedTraining(Mixture estimator, TrainingContext context, Settings settings) {
        super(context, settings, estimator.modelType(), MixtureModel.class, MixedModelType.DEFAULT);
        this.estimator = estimator;
        this.familiesGiven = settings.isGiven("model.numbers")
                || settings.isGiven("model.counts")
                || settings.isGiven("model.families");
        this.trees = settings.bind(TreeOptions.DEFAULT);
        if (trees.areTrees() && initial().isPresent()) {
            throw new UsageException(
                    "model.within is trees, which do not start from another model: leave train.initialModel out");
        }
        if (trees.areTrees() && familiesGiven) {
            throw new UsageException(
                    "model.within is trees, in which numbers and counts have histograms: leave model.numbers, model.counts and model.families out");
        }
        this.families = trees.areTrees() ? ColumnFamilies.OF_TREES : settings.bind(ColumnFamilies.DEFAULT);
        // The Params of the Estimator do not have a separate table of held-out rows.
        this.tables = context.tables();
    }

    @Override
    protected MixedColumns columns(BlockTable table, RowBlocks holdout) {
        List<Feature> features = table.facts().features();
        Optional<MixtureModel> start = initial().map(InitialModel::model);
        List<ColumnLevels.Declared> declared =
                start.map(model -> likeInitial(features, model)).orElseGet(() -> families.of(features));
        MixedColumns found =
                ColumnLevels.of(declared, table.train(), trees.bins(), options().seed());
        MixedColumns columns = start.map(model -> withLevels(found, model)).orElse(found);
        if (holdout != null) {
            ColumnLevels.of(withLevels(declared, columns), holdout, options().seed());
        }
        return columns;
    }

    @Override
    protected TrainingResult completed(
            TrainingResult result, MixtureTrainer trainer, BlockTable table, RowBlocks train, RowBlocks holdout) {
        farValues = trainer.farValues(
                table.facts().features().stream().map(Feature::name).toList());
        return trees.areTrees() ? withTrees(result, train, holdout) : result;
    }

    private TrainingResult withTrees(TrainingResult result, RowBlocks train, RowBlocks holdout) {
        MixedMixture independentColumns = result.best().mixture();
        MixedMixture grown = independentColumns.with(ColumnChains.of(
                independentColumns.columns(),
                train,
                result.size(),
                trees.leafRows(),
                options().priorRows(),
                options().seed()));
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
    protected MixtureModel model(TrainingResult result, BlockTable rows, String origin) {
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
    protected List<String> warnings(TrainingResult result, TableFacts facts) {
        return Stream.concat(
                        farValues.stream(),
                        result.best().mixture().chains() == null || tables.heldOut(facts) > 0
                                ? Stream.empty()
                                : Stream.of(
                                        "rows get no severity: those that trees were grown from have much lower anomaly scores than others, and none was held out; set data.holdout.fraction = 0.1"))
                .toList();
    }

    @Override
    protected boolean hasPrior() {
        return options().priorRows() > 0 && !trees.areTrees();
    }

    @Override
    protected Function<TrainedMixture<MixtureModel>, MixtureParts> parts(
            TrainingResult result, List<SelectedRow> sample) {
        return trained -> new MixtureParts(
                "Mixed-type mixture",
                Optional.of(Groups.of(trained.model().table(), trained.table().scaling())),
                List.of());
    }
}
