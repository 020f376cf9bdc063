package io.github.sparklatent.app.registry.mlflow;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The files from which MLflow loads a model. Their form is the resource {@code mlmodel.json}, which the Python package
 * reads, too.
 */
public final class ModelFiles {
    /** Name of the file that describes the model. */
    public static final String DESCRIPTION = "MLmodel";

    private static final String FLAVORS = "flavors";
    private static final String PYTHON = "python_function";
    private static final String OWN = "spark_latent";
    private static final String SIGNATURE = "signature";
    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private ModelFiles() {}

    /**
     * Returns the files of a model that ONNX Runtime scores with, by their paths.
     *
     * @param onnx content of the ONNX file
     * @param inputs its inputs, as its metadata describe them
     * @param facts what the flavour of this library says about the model
     */
    public static Map<String, byte[]> ofOnnx(
            byte[] onnx, List<Map<String, Object>> inputs, Map<String, Object> facts, Instant created) {
        Map<String, Object> form = form();
        Map<String, Object> description = child(form, "mlmodel");
        Map<String, Object> flavors = child(description, FLAVORS);
        Map<String, Object> own = child(flavors, OWN);
        own.put("data", form.get("onnx"));
        own.putAll(facts);
        Map<String, Object> signature = child(description, SIGNATURE);
        signature.put("inputs", Json.line(signature(child(form, "inputs"), inputs)));
        signature.put("params", Json.line(signature.get("params")));
        Map<String, byte[]> files = new TreeMap<>();
        files.put((String) form.get("onnx"), onnx);
        files.put((String) form.get("scorer"), resource("serve.py"));
        files.put(
                "requirements.txt",
                bytes(String.join("\n", ((List<?>) form.get("requirements")).toArray(String[]::new)) + "\n"));
        files.put(
                "python_env.yaml",
                bytes(((String) form.get("environment"))
                        .formatted(child(flavors, PYTHON).get("python_version"))));
        files.put(DESCRIPTION, dated(description, created));
        return files;
    }

    /**
     * Returns the description of a model that only this library loads.
     *
     * @param facts what the flavour of this library says about the model
     */
    public static byte[] withoutPython(Map<String, Object> facts, Instant created) {
        Map<String, Object> description = child(form(), "mlmodel");
        Map<String, Object> flavors = child(description, FLAVORS);
        flavors.remove(PYTHON);
        child(flavors, OWN).putAll(facts);
        description.remove(SIGNATURE);
        return dated(description, created);
    }

    /**
     * Returns a description with further entries.
     *
     * @param entries entries of the description
     * @param facts entries of the flavour of this library
     */
    public static byte[] with(String description, Map<String, Object> entries, Map<String, Object> facts) {
        Map<String, Object> all = Json.parse(description);
        all.putAll(entries);
        child(child(all, FLAVORS), OWN).putAll(facts);
        return bytes(Json.text(all)); // JSON is YAML
    }

    private static byte[] dated(Map<String, Object> description, Instant created) {
        description.put("utc_time_created", CREATED.format(created));
        UUID uuid = UUID.nameUUIDFromBytes(bytes(Json.line(description)));
        description.put("model_uuid", uuid.toString().replace("-", ""));
        return bytes(Json.text(description));
    }

    private static List<Map<String, Object>> signature(Map<String, Object> types, List<Map<String, Object>> inputs) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            String type = (String) input.get("type");
            Map<String, Object> column = new LinkedHashMap<>(child(types, types.containsKey(type) ? type : "other"));
            column.put("name", input.get("name"));
            column.put("required", false);
            columns.add(column);
        }
        return columns;
    }

    private static Map<String, Object> form() {
        return Json.parse(new String(resource("mlmodel.json"), StandardCharsets.UTF_8));
    }

    private static byte[] resource(String name) {
        try (InputStream in = ModelFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    private static Map<String, Object> child(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.get(name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
