package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.core.FamilySource;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.MixtureEstimator;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Fits a mixture to each group of rows, and one to all rows for the groups that are too small or cannot be fitted. All
 * hyperparameters are those of another Estimator, as in {@link org.apache.spark.ml.classification.OneVsRest}:
 *
 * <pre>
 *   new GroupedMixture()
 *       .setEstimator(new GaussianMixture().setK(1, 2, 3))
 *       .setGroupCols("shop")
 *       .fit(table)
 * </pre>
 *
 * A group's model is the one that the same Estimator fits to the rows of this group alone, in one partition. Equal
 * seeds give the same bits on every cluster.
 */
public final class GroupedMixture extends Estimator<GroupedMixtureModel>
        implements DefaultParamsWritable, FamilySource {
    private final String uid;

    /** Creates an Estimator of Gaussian mixtures with a random uid. */
    public GroupedMixture() {
        this(Identifiable$.MODULE$.randomUID("GroupedMixture"));
    }

    /** Creates an Estimator of Gaussian mixtures with a uid. */
    public GroupedMixture(String uid) {
        this.uid = uid;
    }

    @Override
    public GroupedMixtureModel.Family family() {
        return GroupedMixtureModel.FAMILY;
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

    /**
     * Returns the Param {@code mixture}: the Estimator of the mixtures as a JSON object of its type and of those of its
     * Params that are set, such as <code>{"type": "gmm", "k": 3}</code>. Python over Spark Connect can only pass
     * Params.
     */
    public Param<String> mixture() {
        return new Param<>(this, "mixture", "Estimator of the mixtures: a JSON object of its type and its Params");
    }

    /** Sets the Estimator of the mixtures, a GaussianMixture or a Mixture. Default: a {@link GaussianMixture}. */
    public GroupedMixture setEstimator(LatentEstimator<?, ?> value) {
        String which =
                "{\"type\":%s,\"uid\":%s".formatted(Json.line(value.modelType().type()), Json.line(value.uid()));
        String described = Arrays.stream(value.params())
                .filter(value::isSet)
                .map(param -> ",%s:%s".formatted(Json.line(param.name()), encoded(value, param)))
                .collect(Collectors.joining("", which, "}"));
        return (GroupedMixture) set(mixture(), described);
    }

    private static <T> String encoded(LatentEstimator<?, ?> estimator, Param<T> param) {
        return param.jsonEncode(estimator.get(param).get());
    }

    /**
     * Returns the Estimator of the mixtures.
     *
     * @throws IllegalArgumentException if {@link #mixture()} has a type that cannot be fitted to groups
     */
    public LatentEstimator<?, ?> getEstimator() {
        Map<String, Object> described = isSet(mixture()) ? Json.parse($(mixture())) : Json.object("type", "gmm");
        String type = String.valueOf(described.remove("type"));
        String inner = String.valueOf(Objects.requireNonNullElse(described.remove("uid"), uid));
        LatentEstimator<?, ?> estimator = ModelFamilies.types()
                .find(type)
                .<LatentEstimator<?, ?>>map(known -> ModelFamilies.of(known).estimator(inner))
                .orElse(null);
        Require.that(
                estimator instanceof MixtureEstimator,
                "mixture has the type \"%s\", expected gmm or mixture: groups are fitted by a GaussianMixture or a Mixture",
                type);
        described.forEach((name, value) -> decode(estimator, estimator.getParam(name), value));
        return estimator;
    }

    private static <T> void decode(LatentEstimator<?, ?> estimator, Param<T> param, Object value) {
        estimator.set(param, param.jsonDecode(Json.line(value)));
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
                "training rows that a group needs for a model of its own; if not set: 10 for each feature and component",
                ParamValidators.gtEq(1));
    }

    /**
     * Sets the number of training rows that a group needs for a model of its own, at least 1. If it is not set, it is
     * 10 for each feature and component of the smallest mixture that is tried.
     */
    public GroupedMixture setGroupRows(int value) {
        return (GroupedMixture) set(groupRows(), value);
    }

    /**
     * Prepares a training. The groups are counted here.
     *
     * @throws DataException if a column of the groups does not exist, or is a feature
     */
    public Training<GroupedMixtureModel> training(TrainingContext context) {
        return new GroupedTraining(this, context, GroupedTraining.MAX_FITTED);
    }

    /** Returns the columns of the groups in a table. */
    List<StructField> columns(StructType schema) {
        Require.that(
                isSet(groupCols()) && getGroupCols().length > 0,
                "groupCols is not set, expected the columns whose values are the groups");
        return Groups.in(schema, List.of(getGroupCols()));
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
        transformSchema(dataset.schema());
        LatentEstimator<?, ?> estimator = getEstimator();
        TrainingContext context = TrainingContext.of(estimator, dataset, List.of(getGroupCols()));
        List<Problem> problems = new ArrayList<>(context.settings().conflicts());
        problems.addAll(MixtureModelType.excludedByGroups(context.settings()));
        Problem.requireNone(problems);
        return training(context).run(trained -> {
            GroupedMixtureModel model = trained.model();
            estimator.copyValues(model, ParamMap.empty());
            return estimator.finished(trained, context, model).setParent(this);
        });
    }

    @Override
    public StructType transformSchema(StructType schema) {
        columns(schema);
        return getEstimator().transformSchema(schema);
    }

    @Override
    public GroupedMixture copy(ParamMap extra) {
        GroupedMixture copy = copyValues(new GroupedMixture(uid), extra);
        return copy.setEstimator(copy.getEstimator().copy(extra));
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<GroupedMixture> read() {
        return ModelDirectory.reader(GroupedMixture.class, (directory, uid) -> new GroupedMixture(uid));
    }

    /** Loads a saved Estimator. */
    public static GroupedMixture load(String path) {
        return read().load(path);
    }
}
