package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.encoding.EncoderGraph;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.anomaly.AnomalySeverity;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Writes a model as an ONNX file: the columns of its table, and the formulas of its family. */
public final class OnnxExport {
    private final LatentModel<?> model;
    private final Optional<FeatureAssembler> assembler;
    private final Optional<AnomalySeverity> severity;
    private final Graph graph = new Graph();
    private final List<Map<String, Object>> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();

    /**
     * Prepares an export.
     *
     * @param assembler makes the features from the columns of a table; empty: the file reads features
     * @param severity compares scores with those of known rows, which are in the metadata; empty: they are not
     */
    public OnnxExport(LatentModel<?> model, Optional<FeatureAssembler> assembler, Optional<AnomalySeverity> severity) {
        this.model = model;
        this.assembler = assembler;
        this.severity = severity;
    }

    /**
     * Returns the content of the file.
     *
     * @throws UnsupportedOperationException if the model has no such part
     */
    public byte[] of(OnnxPart part) {
        model.noOnnxBecause(part).ifPresent(reason -> {
            throw new UnsupportedOperationException("the model " + reason);
        });
        OnnxGraph whole = new OnnxGraph(
                graph,
                part,
                part == OnnxPart.DECODER ? codes() : features(),
                assembler.map(FeatureAssembler::scaling).orElse(Scaling.none()));
        model.addTo(whole);
        outputs.addAll(whole.outputs().keySet());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("spark_latent.version", BuildInfo.read().version());
        metadata.put("spark_latent.commit", BuildInfo.read().commit());
        metadata.put("spark_latent.model_type", model.modelType().type());
        metadata.put("spark_latent.uid", model.uid());
        metadata.put("spark_latent.part", part.toString());
        metadata.put("spark_latent.inputs", Json.line(inputs));
        metadata.put("spark_latent.outputs", Json.line(new LinkedHashMap<>(whole.outputs())));
        severity.ifPresent(stage -> {
            Map<String, Object> known = new LinkedHashMap<>(StateCodec.tree(stage.knownRows()));
            known.put("threshold", stage.getThreshold());
            known.put("alertRate", stage.getAlertRate());
            metadata.put("spark_latent.severity", Json.line(known));
        });
        if (!whole.notes().isEmpty()) {
            metadata.put("spark_latent.notes", String.join(" ", whole.notes()));
        }
        return graph.model(
                model.modelType().estimator(),
                model.describe(),
                BuildInfo.read().version(),
                metadata);
    }

    /**
     * Writes the file of the whole model, all of it or nothing.
     *
     * @param path path of any file system of Hadoop
     * @throws DataException if there is a file of other content
     * @throws IOException if it cannot be written
     */
    void write(String path) throws IOException {
        Path file = new Path(path);
        Configuration hadoop = SparkSession.active().sparkContext().hadoopConfiguration();
        if (!new AtomicFiles(hadoop, file).createIfAbsent(file, of(OnnxPart.WHOLE))) {
            throw new DataException("\"%s\" exists; remove it, or name another file".formatted(path));
        }
    }

    /** Returns the names of the inputs of the file that was made. */
    public List<String> inputs() {
        return inputs.stream().map(input -> input.get("name").toString()).toList();
    }

    /** Returns the description of each input of the file that was made, as its metadata have it. */
    public List<Map<String, Object>> columns() {
        return List.copyOf(inputs);
    }

    /** Returns the names of the outputs of the file that was made. */
    public List<String> outputs() {
        return List.copyOf(outputs);
    }

    private Value codes() {
        inputs.add(Json.object("name", "latent", "type", "float", "width", model.latentCount()));
        return graph.input("latent", ElementType.FLOAT, OnnxGraph.ROWS, model.latentCount());
    }

    private Value features() {
        int width = model.numFeatures();
        if (assembler.isEmpty()) {
            ElementType type = model.onnxType();
            inputs.add(Json.object("name", "features", "type", type.toString(), "width", width));
            return graph.input("features", type, OnnxGraph.ROWS, width);
        }
        List<ColumnEncoder> encoders = assembler.get().columnEncoders();
        List<String> names = List.of(assembler.get().getInputCols());
        List<Value> parts = new ArrayList<>();
        if (!encoders.isEmpty()) {
            for (ColumnEncoder encoder : encoders) {
                EncoderGraph.Column column = EncoderGraph.add(graph, encoder, OnnxGraph.ROWS);
                inputs.add(column.description());
                parts.add(column.numbers());
            }
        } else {
            boolean isEach = names.size() == width;
            List<String> columns = isEach ? names : List.of(names.size() == 1 ? names.get(0) : "features");
            for (String name : columns) {
                int numbers = width / columns.size();
                inputs.add(Json.object("name", name, "type", "double", "width", numbers));
                parts.add(graph.input(name, ElementType.DOUBLE, OnnxGraph.ROWS, numbers));
            }
        }
        Value row = parts.size() == 1 ? parts.get(0) : graph.concatenate(1, parts.toArray(Value[]::new));
        return scaled(row, assembler.get().scaling());
    }

    private Value scaled(Value row, Scaling scaling) {
        if (scaling.kind() == Scale.UNIT) {
            Value most = graph.greatest(graph.op("Abs", row), 1, true);
            Value isZero = graph.equal(most, graph.scalar(0.0));
            Value divided = graph.divide(row, graph.where(isZero, graph.scalar(1.0), most));
            Value length = graph.multiply(most, graph.op("Sqrt", graph.sum(graph.square(divided), 1, true)));
            return graph.divide(row, graph.where(isZero, graph.scalar(1.0), length));
        }
        double[] shift = scaling.shift();
        return shift.length == 0
                ? row
                : graph.multiply(
                        graph.subtract(row, graph.constant(shift, 1, shift.length)),
                        graph.constant(scaling.factor(), 1, shift.length));
    }
}
