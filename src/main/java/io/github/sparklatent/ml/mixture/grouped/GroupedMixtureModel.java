package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.ml.params.GroupedMixtureParams;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.RowModel;
import io.github.sparklatent.scoring.SizedCache;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Checksum;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A mixture for each group of rows, and one of all rows for the other groups: those without a model of their own, and
 * those that the training has not seen.
 *
 * <p>The numbers of components differ. A vector of responsibilities has the length of the greatest one, with zeros for
 * the components absent from the group's mixture. The anomaly score is the mean log density of the group's training
 * rows minus the log density of the row, so scores of groups with different spread can be compared: 0 is a typical row
 * of its group.
 */
public final class GroupedMixtureModel extends LatentModel<GroupedMixtureModel>
        implements GroupedMixtureParams<GroupedMixtureModel> {
    /** The family of the models. */
    static final Family FAMILY = new Family();

    /** Name of the directory of the model of all rows within a saved one. */
    private static final String ALL = "all";

    /** Bytes of the samplers that a task keeps. */
    private static final long MAX_BYTES = 1L << 26;

    private final transient LatentModel<?> all;
    private final transient Groups groups;
    private final transient GroupMixtures mixtures;

    /** The family of mixtures of groups. The model of all rows is saved beside them. */
    static final class Family extends ModelFamily<GroupedMixtureModel, Groups> {
        Family() {
            super(
                    GroupedModelType.GROUPED,
                    GroupedMixtureModel.class,
                    Groups.class,
                    (uid, content) -> {
                        throw new IllegalStateException("the models of groups need the model of all rows");
                    },
                    uid -> {
                        throw new IllegalStateException("GroupedMixture needs the Estimator of its mixtures");
                    });
        }

        @Override
        protected GroupedMixtureModel model(ModelDirectory directory) {
            ModelDirectory saved = directory.in(ALL);
            String type = saved.metadata().className();
            LatentModel<?> all = ModelFamilies.ofModel(type)
                    .filter(family -> MixtureOfRows.class.isAssignableFrom(family.model()))
                    .orElseThrow(() ->
                            new IllegalArgumentException("its model of all rows is a " + type + ", expected a mixture"))
                    .read(saved);
            return new GroupedMixtureModel(directory.metadata().uid(), all, directory.content(Groups.class));
        }
    }

    /** Creates a model without mixtures. Spark Connect does so to get the name of the class. */
    public GroupedMixtureModel() {
        this("", null, null);
    }

    /** Creates the model of a training from the model of all rows and those of the groups. */
    GroupedMixtureModel(String uid, LatentModel<?> all, Groups groups) {
        super(uid);
        this.all = all;
        this.groups = groups;
        this.mixtures = groups == null ? null : GroupMixtures.of((MixtureOfRows<?>) all, groups);
        if (groups != null) {
            put("groupCols", groups.names().toArray(String[]::new));
        }
    }

    @Override
    public Family family() {
        return FAMILY;
    }

    @Override
    public ModelType configuredType() {
        return all.modelType();
    }

    @Override
    public List<String> furtherColumns() {
        return groups.names();
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

    @Override
    public int numFeatures() {
        return all.numFeatures();
    }

    @Override
    public List<Integer> densities() {
        return all.densities();
    }

    /** Returns the greatest number of components of a mixture. */
    @Override
    public int componentCount() {
        return mixtures.components();
    }

    @Override
    protected RowModel scorer(SparkSession spark) {
        Broadcast<Shipped<GroupMixtures>> shipped = shipped(spark, mixtures);
        return added -> new GroupMixtures.Scorer(shipped.value().value(), added);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Groups.in(schema, groups.names());
        return super.transformSchema(schema);
    }

    @Override
    public Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>(all.metrics());
        metrics.put("groupBy", groups.names());
        metrics.put("groups", groups.number());
        metrics.put("groupModels", groups.models());
        return metrics;
    }

    @Override
    public String describe() {
        return "%s; of all rows: %s".formatted(groups.describe(), all.describe());
    }

    @Override
    public void fingerprint(Checksum checksum) {
        all.fingerprint(checksum);
        for (Groups.Group group : groups.groups()) {
            checksum.update(group.key().toString().getBytes(StandardCharsets.UTF_8));
            if (group.mixture() != null) {
                group.mixture().parameters().forEach(numbers -> Fingerprint.add(checksum, numbers));
            }
        }
    }

    @Override
    public Inspection inspect() {
        return all.inspect();
    }

    @Override
    public RowExplainer.Source explainer(SparkSession spark) {
        Broadcast<Shipped<GroupMixtures>> shipped = shipped(spark, mixtures);
        return features -> new GroupMixtures.Explainer(shipped.value().value(), features);
    }

    @Override
    public ModelEvaluation evaluation(EvaluationContext context) {
        throw new UsageException(
                "the model has a mixture for each group, which evaluate does not measure: score the table and average logDensity");
    }

    @Override
    public List<String> drawnColumns() {
        return Stream.concat(groups.names().stream(), Stream.of(MixtureOfRows.COMPONENT))
                .toList();
    }

    /**
     * Draws the group in proportion to the weights of the training rows, then the row from the group's mixture. All
     * groups with too few rows are one group, whose keys are null. A row is a function of the seed and of its index.
     */
    @Override
    public Dataset<Row> draw(SampleRequest request) {
        if (request.component().isPresent()) {
            throw new UsageException(
                    "sample.component is %d, but each group has a mixture with components of its own: remove it"
                            .formatted(request.component().get()));
        }
        List<String[]> keys = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        double total = 0;
        for (Groups.Group group : groups.groups()) {
            total += group.weight();
            keys.add(group.key().toArray(String[]::new));
            bounds.add(total);
        }
        double weight = total + groups.otherWeight();
        keys.add(new String[groups.names().size()]);
        double[] shares = bounds.stream().mapToDouble(bound -> bound / weight).toArray();
        long seed = request.seed();
        long stream = RandomStreams.key(seed, Purpose.GROUP);
        boolean isComplete = request.isComplete();
        long bytes = 1024 + ((MixtureOfRows<?>) all).asMixed().bytes(); // of a sampler, about
        String ofGroup = getFeaturesCol() + "_group";
        StructType schema = new StructType()
                .add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField())
                .add(ofGroup, DataTypes.createArrayType(DataTypes.StringType))
                .add(MixtureOfRows.COMPONENT, DataTypes.IntegerType, false);
        Broadcast<Shipped<GroupMixtures>> shipped = shipped(SparkSession.active(), mixtures);
        Dataset<Row> drawn = request.draw(0, schema, () -> {
            SizedCache<MixedMixture, MixedSampler> samplers = new SizedCache<>(MAX_BYTES, sampler -> bytes);
            return index -> {
                int place = Arrays.binarySearch(shares, RandomStreams.uniform(stream, index));
                String[] key = keys.get(place < 0 ? -place - 1 : place + 1);
                MixedMixture mixture =
                        shipped.value().value().of(Arrays.asList(key)).mixture();
                MixedSampler sampler = samplers.get(mixture, own -> {
                    MixedSampler made = new MixedSampler(own, seed);
                    return isComplete ? made.complete() : made;
                });
                int component = sampler.component(index);
                return RowFactory.create(Vectors.dense(sampler.row(index, component)), key, component);
            };
        });
        return drawn.select(Stream.of(
                        Stream.of(TableColumns.expression(schema.apply(0))),
                        groups.values(TableColumns.expression(schema.apply(1))),
                        Stream.of(functions.col(MixtureOfRows.COMPONENT)))
                .flatMap(columns -> columns)
                .toArray(Column[]::new));
    }

    @Override
    protected GroupedMixtureModel bare() {
        return new GroupedMixtureModel(uid(), all, groups);
    }

    @Override
    protected Groups content() {
        return groups;
    }

    @Override
    public Map<String, Object> namedContent() {
        Map<String, Object> content = super.namedContent();
        content.put(ALL, all.namedContent());
        return content;
    }

    @Override
    public MLWriter write() {
        return writer().with(ALL, all);
    }

    /** Returns a reader of saved models. */
    public static MLReader<GroupedMixtureModel> read() {
        return FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws DataException if there is none, or if it is damaged
     */
    public static GroupedMixtureModel load(String path) {
        return read().load(path);
    }
}
