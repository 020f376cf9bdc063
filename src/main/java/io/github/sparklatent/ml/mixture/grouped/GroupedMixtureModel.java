package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.RowScorer;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.ml.params.GroupedMixtureParams;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.scoring.FitRecord;
import io.github.sparklatent.scoring.RowExplainer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Checksum;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A mixture for each group of rows, and one of all rows for the other groups: those without a model of their own, and
 * those that the training has not seen.
 *
 * <p>The numbers of components differ. A vector of responsibilities has the length of the greatest one, with zeros for
 * the components that the group's mixture does not have. The anomaly score is the mean log density of the group's
 * training rows minus the log density of the row, so scores of groups with different spread can be compared: 0 is a
 * typical row of its group.
 */
public final class GroupedMixtureModel extends LatentModel<GroupedMixtureModel>
        implements GroupedMixtureParams<GroupedMixtureModel> {
    private static final long serialVersionUID = 1L;

    private final transient LatentModel<?> all;
    private final transient GroupFigures groups;
    private final transient GroupMixtures mixtures;

    /** Creates a model without mixtures. Spark Connect does so to get the name of the class. */
    public GroupedMixtureModel() {
        this("", null, null, null);
    }

    /**
     * Creates the model of a training.
     *
     * @param all the model of all rows
     */
    GroupedMixtureModel(String uid, LatentModel<?> all, GroupFigures groups) {
        this(uid, all, groups, mixtures(all, groups.groups()));
    }

    private GroupedMixtureModel(String uid, LatentModel<?> all, GroupFigures groups, GroupMixtures mixtures) {
        super(uid);
        this.all = all;
        this.groups = groups;
        this.mixtures = mixtures;
    }

    private static GroupMixtures mixtures(LatentModel<?> all, List<GroupModel> groups) {
        MixtureOfRows rows = (MixtureOfRows) all;
        double mean = rows.fitRecord().map(FitRecord::meanLogLikelihood).orElse(0.0);
        return new GroupMixtures(rows.asMixed(), mean, groups);
    }

    /** Sets the Param of the groups' columns. */
    GroupedMixtureModel describeItself() {
        return put("groupCols", columns().names().toArray(String[]::new));
    }

    @Override
    public GroupedFamily family() {
        return GroupedMixture.FAMILY;
    }

    @Override
    public ModelType configuredType() {
        return all.modelType();
    }

    @Override
    public List<String> furtherColumns() {
        return columns().names();
    }

    /** Returns the model of all rows. */
    public LatentModel<?> modelOfAll() {
        return all;
    }

    /**
     * Returns the mixture that scores a group: its own, or that of all rows.
     *
     * @param key value of each column of the group, as text
     */
    public MixedMixture mixture(String... key) {
        return mixtures.of(Arrays.asList(key)).mixture();
    }

    /**
     * Returns one row for each group that has enough training rows for a model of its own: the values of its columns,
     * and the figures of its fit.
     */
    public Dataset<Row> groups() {
        SparkSession spark = SparkSession.builder().getOrCreate();
        return GroupTable.results(columns(), GroupTable.saved(spark, groups.groups()));
    }

    GroupFigures groupFigures() {
        return groups;
    }

    private GroupColumns columns() {
        return groups.columns();
    }

    @Override
    public int numFeatures() {
        return all.numFeatures();
    }

    @Override
    public List<Integer> densities() {
        return all.densities();
    }

    @Override
    public int latentCount() {
        return 0;
    }

    /** Returns the greatest number of components of a mixture. */
    @Override
    public int componentCount() {
        return mixtures.components();
    }

    @Override
    protected RowScorer.Source scorer(SparkSession spark) {
        Broadcast<Shipped<GroupMixtures>> shipped = shipped(spark, mixtures);
        List<String> names = List.copyOf(((MixtureOfRows) all).rowNames());
        List<String> keys = columns().names();
        return added -> new GroupedBatchScorer(shipped.value().value(), names, keys, added);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        requireGroups(schema);
        return super.transformSchema(schema);
    }

    private void requireGroups(StructType schema) {
        GroupColumns.in(schema, columns().names());
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(all.figures());
        figures.put("groupBy", columns().names());
        figures.put("groups", groups.number());
        figures.put("groupModels", groups.models());
        return figures;
    }

    @Override
    public String describe() {
        return "%s of groups by %s; of all rows: %s"
                .formatted(
                        Lines.count(groups.models(), "model"),
                        String.join(", ", columns().names()),
                        all.describe());
    }

    @Override
    public void fingerprint(Checksum checksum) {
        all.fingerprint(checksum);
        for (GroupModel group : groups.groups()) {
            checksum.update(group.key().toString().getBytes(StandardCharsets.UTF_8));
            for (double[] numbers : numbers(group)) {
                Fingerprint.add(checksum, numbers);
            }
        }
    }

    private static List<double[]> numbers(GroupModel group) {
        return group.isOwn() ? group.mixture().parameters() : List.of();
    }

    @Override
    public Inspection inspect() {
        Inspection ofAll = all.inspect();
        Result ofGroups = Result.withoutPage();
        groups.addTo(ofGroups);
        Map<String, Object> figures = new LinkedHashMap<>(ofGroups.figures());
        figures.putAll(ofAll.figures());
        Lines lines = Lines.of(ofGroups);
        lines.addAll(ofAll.lines());
        return new Inspection(figures, lines);
    }

    @Override
    public Optional<String> noOnnxBecause(OnnxPart part) {
        return Optional.of("consists of a mixture for each group, and an ONNX file has one model; train one without"
                + " data.groupBy, or one for each group");
    }

    @Override
    public Optional<String> noExplanationBecause() {
        return Optional.empty();
    }

    @Override
    public RowExplainer.Source explainer(SparkSession spark) {
        Broadcast<Shipped<GroupMixtures>> shipped = shipped(spark, mixtures);
        List<String> keys = columns().names();
        return places -> new GroupedExplainer(shipped.value().value(), keys, places);
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        requireGroups(context.table().schema());
        return new GroupedEvaluation(this, context);
    }

    @Override
    public List<String> drawnColumns() {
        List<String> drawn = new ArrayList<>(columns().names());
        drawn.add(GroupDraws.COMPONENT);
        return drawn;
    }

    @Override
    public Dataset<Row> draw(SampleRequest request) {
        return new GroupDraws(groups, getFeaturesCol(), numFeatures())
                .of(request, shipped(SparkSession.active(), mixtures));
    }

    @Override
    public String describe(SampleRequest request) {
        return "groups in the shares of their training rows";
    }

    @Override
    protected long parameterBytes() {
        return groups == null
                ? 0
                : groups.groups().stream()
                        .filter(GroupModel::isOwn)
                        .mapToLong(group -> group.mixture().bytes())
                        .sum();
    }

    @Override
    protected GroupedMixtureModel bare() {
        return new GroupedMixtureModel(uid(), all, groups, mixtures);
    }

    @Override
    protected GroupedFamily.Content content() {
        return groups == null ? null : GroupedFamily.Content.of(groups);
    }

    @Override
    public Map<String, Object> namedContent() {
        Map<String, Object> content = super.namedContent();
        content.put("all", all.namedContent());
        return content;
    }

    @Override
    public MLWriter write() {
        return writer().with(GroupedFamily.ALL, all);
    }

    /** Returns a reader of saved models. */
    public static MLReader<GroupedMixtureModel> read() {
        return GroupedMixture.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws DataException if there is none, or if it is damaged
     */
    public static GroupedMixtureModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return groups == null
                ? "GroupedMixtureModel: empty"
                : "GroupedMixtureModel: uid=%s, groups=%d, models=%d, numFeatures=%d"
                        .formatted(uid(), groups.number(), groups.models(), numFeatures());
    }
}
