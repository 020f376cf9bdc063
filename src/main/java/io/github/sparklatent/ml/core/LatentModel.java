package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.scoring.AlertRule;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.RowModel;
import io.github.sparklatent.scoring.SavedColumns;
import io.github.sparklatent.scoring.SavedContent;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.Checksum;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SizeEstimator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained model of any type, used by the commands and by spark.ml.
 *
 * @param <M> the class that extends this class
 */
public abstract class LatentModel<M extends LatentModel<M>> extends Model<M> implements LatentParams<M>, MLWritable {
    /** Column of the number of a copy of a row, from 1, if the missing cells of several copies are drawn. */
    public static final String IMPUTATION = "imputation";

    private static final Logger LOG = LoggerFactory.getLogger(LatentModel.class);

    private final String uid;
    private transient TableForm form = TableForm.NONE;
    private transient TrainingRecord record;

    /** Creates a model with the default Params. */
    protected LatentModel(String uid) {
        this.uid = uid;
        DeclaredParams.setDefaults(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the estimated size of this model in bytes, for which Spark Connect asks. */
    @Override
    public long estimatedSize() {
        return SizeEstimator.estimate(new Object[] {params(), uid}) + parameterBytes();
    }

    /** Returns the size of the trained parameters in bytes; 0 if there are none. */
    protected long parameterBytes() {
        return content() == null ? 0 : SizeEstimator.estimate(content());
    }

    /** Returns the family of the model. */
    public abstract ModelFamily<M, ?> family();

    /** Returns what the model consists of, in the form that its {@link #family} saves; null if it has only Params. */
    protected abstract Object content();

    /**
     * Returns what the model consists of as maps, lists, arrays, numbers and texts, by the names of its parts. They
     * need several times the memory of the model.
     */
    public Map<String, Object> namedContent() {
        return StateCodec.tree(content());
    }

    /**
     * Checks that the content of a loaded model can be used. The default implementation does nothing.
     *
     * @throws IllegalArgumentException if it cannot
     */
    protected void requireUsable() {}

    @Override
    public MLWriter write() {
        return writer();
    }

    /** Returns a writer of the Params, the content and what is known of the table. */
    protected final ModelWriter writer() {
        LatentModel<?> saved = this;
        if (isSet(view())) {
            saved = copy(ParamMap.empty());
            saved.clear(view());
        }
        ModelWriter writer = new ModelWriter(saved, content());
        if (!form().equals(TableForm.NONE)) {
            writer.with(SavedColumns.FILE, form().saved());
        }
        return record == null ? writer : writer.with(ModelDirectory.TRAINING, record);
    }

    /** Returns a model with the same content, without Params. */
    protected abstract M bare();

    @Override
    public M copy(ParamMap extra) {
        M copy = bare();
        return copyValues(copy.of(form()).of(record), extra).setParent(parent());
    }

    /** Returns this model with what is known of the table that it was trained on. */
    @SuppressWarnings("unchecked")
    public final M of(TableForm known) {
        form = known;
        return (M) this;
    }

    /** Returns this model with the metrics of its training. */
    @SuppressWarnings("unchecked")
    final M of(TrainingRecord known) {
        record = known;
        return (M) this;
    }

    /** Returns the metrics of the training; empty if they are not known. */
    final Optional<TrainingRecord> record() {
        return Optional.ofNullable(record);
    }

    /** Returns a list among the metrics of the training; empty if there is none. */
    @SuppressWarnings("unchecked")
    protected final List<Map<String, Object>> trainedMetrics(String name) {
        return (List<Map<String, Object>>)
                record().map(known -> Json.parse(known.metrics()).get(name)).orElse(List.of());
    }

    /** Returns this model with the metrics of its training, which are saved with it. */
    public M trainedAs(Trained<?> trained) {
        return of(TrainingRecord.of(trained));
    }

    /**
     * Returns the Param {@code view}: if it is set, {@code transform} returns a table about the model, of those in
     * ModelView.Name, in place of the scored rows. A view with arguments is a JSON object such as <code>{"view":
     * "sample", "rows": 10}</code>. The Param is not saved.
     */
    public Param<String> view() {
        return ModelView.param(this);
    }

    /** Returns the columns in each component as the model reads them, not scaled; empty if there are no components. */
    protected Optional<GroupProfile> groupProfile() {
        return Optional.empty();
    }

    /** Returns the columns in each component with values as the table has them. */
    protected final Optional<GroupProfile> profile() {
        return groupProfile().map(profile -> TableUnits.of(profile, form().encoders()));
    }

    /**
     * Returns the components, or the latent variables of a linear model.
     *
     * @throws UnsupportedOperationException if the model has neither
     */
    public List<ModelComponent> describedComponents() {
        return ModelComponent.of(profile()
                .orElseThrow(() -> new UnsupportedOperationException("the model has no components to describe: it is a "
                        + modelType().words())));
    }

    /** Returns a name for each feature. */
    protected final List<String> featureNames() {
        return saved().featureNames();
    }

    /** Returns what is known of the table that it was trained on. */
    public final TableForm form() {
        return form == null ? TableForm.NONE : form; // after deserialisation
    }

    /** Returns the rule by which rows are anomalies; empty if no scores of training rows are known. */
    public final Optional<AlertRule> rule() {
        double given = isSet(threshold()) ? getThreshold() : Double.NaN;
        return form().reference().map(known -> new AlertRule(known, getAlertRate(), given));
    }

    /**
     * Returns the value of {@code model.type} with which a configuration describes the model: its type, unless the
     * model consists of models of that type.
     */
    public ModelType configuredType() {
        return modelType();
    }

    /** Returns the components that do not count for the anomaly score, whose rows are no reference rows. */
    public int[] unusualComponents() {
        return new int[0];
    }

    /** Returns whether it adds to the score of a row that the cell of a feature is missing. */
    public boolean isMissingEvidence(int feature) {
        return false;
    }

    /** Returns whether training rows have so much lower scores than others that they say nothing about these. */
    public boolean comparesHeldOutOnly() {
        return false;
    }

    /** Returns the columns of a table that the model reads besides the features. */
    public List<String> furtherColumns() {
        return List.of();
    }

    /** Returns d, the number of features of a row. */
    public abstract int numFeatures();

    /**
     * Returns the indices of the features that have a density; the others have a probability, so that scores of models
     * which differ in this cannot be compared.
     */
    public List<Integer> densities() {
        return IntStream.range(0, numFeatures()).boxed().toList();
    }

    /** Returns the number of latent variables of a row; 0 if the model has no numeric latent variables. */
    public int latentCount() {
        return 0;
    }

    /** Returns the number of components that rows belong to; 0 if there are none. */
    public int componentCount() {
        return 0;
    }

    /** Returns the model prepared to score rows. The default implementation is for models of {@link SavedContent}. */
    protected RowModel rowModel() {
        return ((SavedContent) content()).rows(null);
    }

    /** Returns the source that opens the scorer of a task. The default implementation ships {@link #rowModel}. */
    protected RowModel scorer(SparkSession spark) {
        Broadcast<Shipped<RowModel>> model = shipped(spark, rowModel());
        return columns -> model.value().value().scorer(columns);
    }

    /** Sends an object to the workers. */
    protected static <T extends Serializable> Broadcast<Shipped<T>> shipped(SparkSession spark, T object) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(Shipped.of(object));
    }

    /** Returns the metrics of the model for {@code metrics.json}. */
    public abstract Map<String, Object> metrics();

    /** Returns a short description of the model. */
    public abstract String describe();

    /** Adds the parameters of the model to a checksum. */
    public abstract void fingerprint(Checksum checksum);

    /** Returns the text that the command {@code inspect} prints about the model and its training. */
    public abstract Inspection inspect();

    /** Prepares an evaluation of the model. Reports every error that can be found without reading a row. */
    public abstract ModelEvaluation evaluation(EvaluationContext context);

    /** Returns why no rows can be sampled, as the rest of a sentence about the model; empty if rows can be sampled. */
    public Optional<String> noSamplesBecause() {
        return Optional.empty();
    }

    /** Throws an UnsupportedOperationException if no rows can be sampled. */
    protected final void requireGenerative() {
        saved().noSamplesBecause().ifPresent(reason -> {
            throw new UnsupportedOperationException("the model " + reason);
        });
    }

    /** Returns the model with its stages. */
    final SavedModel saved() {
        return new SavedModel(uid(), this);
    }

    /**
     * Returns why the model cannot explain rows by their columns, as the rest of a sentence about the model; empty if
     * it can.
     */
    public Optional<String> noExplanationBecause() {
        return Optional.empty();
    }

    /** Returns what opens explainers of rows. The default implementation is for models of {@link SavedContent}. */
    protected RowExplainer.Source explainer() {
        return ((SavedContent) content()).explainer(null);
    }

    /** Returns the source that opens the explainer of a task. The default implementation ships {@link #explainer()}. */
    public RowExplainer.Source explainer(SparkSession spark) {
        Broadcast<Shipped<RowExplainer.Source>> source = shipped(spark, explainer());
        return groups -> source.value().value().open(groups);
    }

    /**
     * Returns why the model, or a part of it, has no ONNX file, as the rest of a sentence about the model; empty if it
     * has one. The default implementation returns the reason of a model that is no network.
     */
    public Optional<String> noOnnxBecause(OnnxPart part) {
        return Optional.of("is not a network, and only networks have an ONNX file; spark_latent.serve scores rows with"
                + " saved mixtures and linear models without Spark");
    }

    /** Adds the formulas of a part that {@link #noOnnxBecause} allows to an ONNX graph. */
    protected void addTo(OnnxGraph graph) {
        throw new UnsupportedOperationException(
                "the model " + noOnnxBecause(graph.part()).orElseThrow());
    }

    /**
     * Returns the model as an ONNX file. It reads scaled features and has the columns that {@link #transform} adds as
     * outputs. Its metadata say how the columns of the training table become features.
     *
     * @throws UnsupportedOperationException if the model has no such part
     */
    public byte[] onnx(OnnxPart part) {
        return new OnnxExport(this, rule()).of(part).content();
    }

    /**
     * Writes {@link #onnx} of the whole model to a new file, all of it or nothing.
     *
     * @param path path of any file system of Hadoop
     * @throws DataException if there is a file of other content
     * @throws IOException if it cannot be written
     */
    public void exportOnnx(String path) throws IOException {
        new OnnxExport(this, rule()).write(path);
    }

    /** Returns whether rows may have missing values, which are NaN. */
    public boolean allowsMissing() {
        return true;
    }

    /** Returns the columns that {@link #draw} adds after the features. */
    public List<String> drawnColumns() {
        return List.of();
    }

    /** Returns whether {@link #draw} can draw the other features given values of some. */
    public boolean drawsGiven() {
        return false;
    }

    /** Returns whether a feature may be given, if {@link #drawsGiven}. */
    public boolean isGivable(int feature) {
        return true;
    }

    /**
     * Samples rows: the features column, then {@link #drawnColumns}.
     *
     * @throws UnsupportedOperationException if the model has no distribution of rows
     */
    public abstract Dataset<Row> draw(SampleRequest request);

    /** Returns a short description of the sampled distribution. */
    public String describe(SampleRequest request) {
        return request.component().map(k -> "component " + k).orElse("the model");
    }

    /** The output of inspect: metrics for programs and lines for readers. */
    public record Inspection(Map<String, Object> metrics, Lines lines) {}

    /** Returns the column by which rows compare, whatever cells they miss, if the model can standardise scores. */
    public ScoreColumn comparedScore() {
        return offers(ScoreColumn.STANDARDIZED) ? ScoreColumn.STANDARDIZED : ScoreColumn.ANOMALY;
    }

    /**
     * Returns a copy that reads features and adds only the given columns.
     *
     * @param names names of the columns to add
     * @throws IllegalArgumentException if the model cannot add one of the columns
     */
    public M withColumns(Map<ScoreColumn, String> names) {
        names.keySet()
                .forEach(column -> Require.that(
                        offers(column), "%s adds no column %s", getClass().getSimpleName(), column));
        M copy = bareOfOutput().of(TableForm.NONE);
        names.forEach((column, name) -> copy.put(column.param(), name));
        return copy;
    }

    /** Returns a copy without a view that adds no columns. */
    final M bareOfOutput() {
        M copy = copy(ParamMap.empty());
        copy.clear(copy.view());
        modelType().columns().forEach(column -> copy.put(column.param(), ""));
        copy.setSeverityCol("");
        copy.setIsAnomalyCol("");
        copy.setContributionsCol("");
        return copy;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        if (isSet(view())) {
            return ModelView.of($(view())).table(this, dataset);
        }
        StructType out = transformSchema(dataset.schema());
        if (out.length() == dataset.schema().length()) {
            LOG.warn("the names of all output columns are empty: the table is returned unchanged");
            return dataset.toDF();
        }
        boolean isImputed = output().names().containsKey(ScoreColumn.IMPUTED);
        OutputColumns output = output().withFeatures(isImputed ? SchemaColumns.unused(out, "latent_features") : null);
        Dataset<Row> scored = scored(new Scoring(this, form(), invalidRows()), dataset, output, copies());
        return SchemaColumns.select(new TableCells(form().encoders(), output).of(scored), out);
    }

    /** Requires that rows can be flagged one by one. */
    final void requireRule(boolean flags) {
        Require.that(
                !flags || !isSet(alerts()),
                "alerts is a number of rows of one table, but rows are flagged one by one here: use top or evaluate, or set alertRate or threshold in its place");
    }

    /** Returns the columns that the Params name. */
    final OutputColumns output() {
        OutputColumns output = OutputColumns.of(this, form().readsTable() && form().known() != null);
        requireRule(output.names().containsKey(ScoreColumn.IS_ANOMALY));
        return output.above(rule().map(AlertRule::limit).orElse(Double.NaN));
    }

    /** Returns how many copies of a row {@code transform} returns; 1 unless it draws missing cells. */
    protected int copies() {
        return 1;
    }

    /**
     * Returns scored rows. Reconstructions and imputed rows are numbers in the units of the table.
     *
     * @param scoring scores by this model
     * @param imputations see {@link #copies()}; more than one needs the columns of features and of imputed rows
     */
    public Dataset<Row> scored(Scoring scoring, Dataset<?> table, OutputColumns output, int imputations) {
        return scoring.add(table, output);
    }

    /** Returns the handling of rows that cannot be used. */
    protected final Invalid invalidRows() {
        return Invalid.of((String) getOrDefault(declared("handleInvalid")));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (isSet(view())) {
            return ModelView.of($(view())).schema(this, schema);
        }
        form().columns(schema, getFeaturesCol());
        return new TableCells(form().encoders(), output()).in(output().append(schema, this));
    }
}
