package io.github.sparklatent.app.registry.mlflow;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values that requests to an MLflow server and its answers have in common. */
final class Answers {
    /** The longest value that all versions of MLflow 2 accept for a param and a tag. */
    private static final int MAX_TEXT = 500;

    private Answers() {}

    /** Returns tags or params as a request has them. */
    static List<Map<String, Object>> pairs(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> Json.object("key", entry.getKey(), "value", shortened(entry.getValue())))
                        .toList();
    }

    static String shortened(String text) {
        return shortened(text, MAX_TEXT);
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }

    static Map<String, String> tags(Map<String, Object> object) throws IOException {
        Map<String, String> tags = new HashMap<>();
        for (Map<String, Object> tag : list(object, "tags")) {
            tags.put(text(tag, "key"), String.valueOf(tag.getOrDefault("value", "")));
        }
        return tags;
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    static List<Map<String, Object>> list(Map<String, Object> object, String field) throws IOException {
        Object found = object.getOrDefault(field, List.of());
        if (found instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            return (List<Map<String, Object>>) list;
        }
        throw missing(field);
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts as keys
    static Map<String, Object> child(Map<String, Object> object, String field) throws IOException {
        if (object.get(field) instanceof Map<?, ?> child) {
            return (Map<String, Object>) child;
        }
        throw missing(field);
    }

    static String text(Map<String, Object> object, String field) throws IOException {
        if (object.get(field) == null) {
            throw missing(field);
        }
        return String.valueOf(object.get(field));
    }

    private static IOException missing(String field) {
        return new MlflowException(
                200, "", "the answer has no field \"%s\", expected that of an MLflow server".formatted(field));
    }
}
