package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.core.FamilySource;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GroupConflicts;
import io.github.sparklatent.ml.mixture.GroupableMixture;
import io.github.sparklatent.ml.mixture.mixed.Mixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Fits a mixture to each group of rows, and one to all rows for the groups that are too small or cannot be fitted. All
 * hyperparameters are those of another Estimator, as in {@link org.apache.spark.ml.classification.OneVsRest}:
 *
 * <pre>
 *   new GroupedMixture()
 *       .setEstimator(new GaussianMixture().setComponents(1, 2, 3))
 *       .setGroupCols("shop")
 *       .fit(table)
 * </pre>
 *
 * A group's model is the one that the same Estimator fits to the rows of this group alone, in one partition. Equal
 * seeds give the same bits on every cluster.
 */
public final class GroupedMixture extends Estimator<GroupedMixtureModel> implements MLWritable, FamilySource {
    private static final long serialVersionUID = 1L;

    /** The family of the models. */
    static final GroupedFamily FAMILY = new GroupedFamily();

    /** Rows of a group for each feature and component, if {@link #groupRows()} is not set. */
    private static final int ROWS_PER_MEAN = 10;

    /** Name of the directory of the Estimator within a saved one. */
    private static final String ESTIMATOR = "estimator";

    private final String uid;
    private LatentEstimator<?, ?> estimator = new GaussianMixture();

    /** Creates an Estimator of Gaussian mixtures with a random uid. */
    public GroupedMixture() {
        this(Identifiable$.MODULE$.randomUID("GroupedMixture"));
    }

    /** Creates an Estimator of Gaussian mixtures with a uid. */
    public GroupedMixture(String uid) {
        this.uid = uid;
    }

    @Override
    public GroupedFamily family() {
        return FAMILY;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    /** Returns the Estimator of a configuration that has {@code data.groupBy}. */
    public static GroupedMixture of(LatentEstimator<?, ?> estimator, Settings settings) {
        GroupedMixture grouped = new GroupedMixture("grouped").setEstimator(estimator);
        grouped.setGroupCols(settings.texts("data.groupBy").toArray(String[]::new));
        settings.bind(DataSection.DEFAULT).groupRows().ifPresent(grouped::setGroupRows);
        return grouped;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the Estimator of the mixtures. */
    public LatentEstimator<?, ?> getEstimator() {
        return estimator;
    }

    /**
     * Sets the Estimator of the mixtures: {@link GaussianMixture} or {@link Mixture}. Default: a
     * {@link GaussianMixture}.
     *
     * @throws IllegalArgumentException if it is of another class
     */
    public GroupedMixture setEstimator(LatentEstimator<?, ?> value) {
        Require.that(
                value instanceof GroupableMixture,
                "estimator is a %s, expected a GaussianMixture or a Mixture",
                value.getClass().getSimpleName());
        estimator = value;
        return this;
    }

    /**
     * Returns the Param {@code mixture}: the Estimator of the mixtures as a JSON object of its type and of those of its
     * Params that are set, such as <code>{"type": "gmm", "k": 3}</code>. Programs that can only pass Params, such as
     * Python over Spark Connect, set it in place of {@link #setEstimator}.
     */
    public Param<String> mixture() {
        return new Param<>(this, "mixture", "Estimator of the mixtures: a JSON object of its type and its Params");
    }

    /**
     * Sets {@link #mixture()}, which {@link #fit} and {@link #transformSchema} use in place of the Estimator. They
     * throw an {@link IllegalArgumentException} if the type is neither gmm nor mixture, or if a Param does not exist.
     */
    public GroupedMixture setMixture(String value) {
        return (GroupedMixture) set(mixture(), value);
    }

    /** Returns the Estimator that {@link #mixture()} describes, if it is set. */
    private GroupedMixture resolved() {
        if (!isSet(mixture())) {
            return this;
        }
        Map<String, Object> described = Json.parse($(mixture()));
        String type = String.valueOf(described.remove("type"));
        LatentEstimator<?, ?> estimator = switch (type) {
            case "gmm" -> new GaussianMixture();
            case "mixture" -> new Mixture();
            default ->
                throw new IllegalArgumentException(
                        "mixture has the type \"%s\", expected gmm or mixture".formatted(type));
        };
        described.forEach((name, value) -> decode(estimator, estimator.getParam(name), value));
        GroupedMixture resolved = copy(ParamMap.empty()).setEstimator(estimator);
        resolved.clear(resolved.mixture());
        return resolved;
    }

    private static <T> void decode(LatentEstimator<?, ?> estimator, Param<T> param, Object value) {
        estimator.set(param, param.jsonDecode(Json.line(List.of(value)).replaceAll("^\\[|]$", "")));
    }

    /** Returns the Param of the columns whose values are the groups. */
    public StringArrayParam groupCols() {
        return new StringArrayParam(this, "groupCols", "columns of texts, whole numbers, booleans or dates");
    }

    /** Returns the columns whose values are the groups. */
    public String[] getGroupCols() {
        return $(groupCols());
    }

    /** Sets the columns whose values are the groups, at least one. No default. */
    public GroupedMixture setGroupCols(String... value) {
        return (GroupedMixture) set(groupCols(), value);
    }

    /** Returns the Param of the training rows that a group needs for a model of its own. */
    public IntParam groupRows() {
        return new IntParam(
                this,
                "groupRows",
                "training rows that a group needs for a model of its own; if not set: 10 for each"
                        + " feature and component",
                ParamValidators.gtEq(1));
    }

    /** Returns the number of training rows that a group needs for a model of its own. */
    public int getGroupRows() {
        return (int) $(groupRows());
    }

    /**
     * Sets the number of training rows that a group needs for a model of its own, at least 1. If it is not set, it is
     * 10 for each feature and component of the smallest mixture that is tried.
     */
    public GroupedMixture setGroupRows(int value) {
        return (GroupedMixture) set(groupRows(), value);
    }

    /** Returns the number of training rows that a group needs. */
    long leastRows(int width) {
        return isSet(groupRows())
                ? getGroupRows()
                : (long) ROWS_PER_MEAN * width * groupable().leastComponents();
    }

    GroupableMixture groupable() {
        return (GroupableMixture) estimator;
    }

    /**
     * Prepares a training. The groups are counted here.
     *
     * @throws DataException if a column of the groups does not exist, or is a feature
     */
    public Training<GroupedMixtureModel> training(TrainingContext context) {
        return training(context, GroupedTraining.MOST_ROWS);
    }

    /**
     * Prepares a training.
     *
     * @param mostRows number of rows that the model of all rows is fitted to, approximately
     */
    Training<GroupedMixtureModel> training(TrainingContext context, long mostRows) {
        GroupColumns columns = columns(context.tables().table().schema());
        FeatureColumns features = context.tables().columns();
        for (String name : columns.names()) {
            if (features.columns().stream().anyMatch(name::equalsIgnoreCase)) {
                throw new DataException(
                        "column \"%s\" is a group (data.groupBy) and also a feature; remove it from one of them"
                                .formatted(name));
            }
            if (GroupTable.isFigure(name)) {
                throw new DataException(
                        "column \"%s\" is a group (data.groupBy), but the table of groups has a figure of this name; rename the column"
                                .formatted(name));
            }
        }
        return GroupedTraining.of(this, estimator, context, columns, mostRows);
    }

    private GroupColumns columns(StructType schema) {
        Require.that(
                isSet(groupCols()) && getGroupCols().length > 0,
                "groupCols is not set, expected the columns whose values are the groups");
        return GroupColumns.in(schema, List.of(getGroupCols()));
    }

    /**
     * Fits the model of all rows and the models of the groups.
     *
     * @throws DataException if the rows cannot be used
     * @throws IllegalArgumentException if hyperparameters contradict each other or the table
     * @throws io.github.sparklatent.learn.DivergedException if the model of all rows diverges
     */
    @Override
    public GroupedMixtureModel fit(Dataset<?> dataset) {
        if (isSet(mixture())) {
            return resolved().fit(dataset);
        }
        transformSchema(dataset.schema());
        TrainingContext context = TrainingContext.of(estimator, dataset, List.of(getGroupCols()));
        List<Problem> problems = new ArrayList<>(context.settings().conflicts());
        problems.addAll(GroupConflicts.excluded(context.settings()));
        Problem.requireNone(problems);
        return training(context).run(trained -> {
            GroupedMixtureModel model = trained.model();
            estimator.copyValues(model, ParamMap.empty());
            return estimator.finished(trained, context, model).setParent(this);
        });
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (isSet(mixture())) {
            return resolved().transformSchema(schema);
        }
        columns(schema);
        return estimator.transformSchema(schema, true);
    }

    @Override
    public GroupedMixture copy(ParamMap extra) {
        GroupedMixture copy = copyValues(new GroupedMixture(uid), extra);
        return copy.setEstimator(estimator.copy(extra));
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this).with(ESTIMATOR, estimator);
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<GroupedMixture> read() {
        return new MLReader<>() {
            @Override
            public GroupedMixture load(String path) {
                ModelDirectory directory = new ModelDirectory(sparkSession(), path);
                Metadata metadata = directory.metadata();
                String inner = new Path(path, ESTIMATOR).toString();
                String found =
                        new ModelDirectory(sparkSession(), inner).metadata().className();
                LatentEstimator<?, ?> estimator =
                        found.equals(Mixture.class.getName()) ? Mixture.load(inner) : GaussianMixture.load(inner);
                return directory
                        .withParams(metadata, new GroupedMixture(metadata.uid()))
                        .setEstimator(estimator);
            }
        };
    }

    /** Loads a saved Estimator. */
    public static GroupedMixture load(String path) {
        return read().load(path);
    }
}
