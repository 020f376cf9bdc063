package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.Estimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of Estimators in documents and notebooks: the setters exist and accept them. */
class SnippetsTest {
    private static final Pattern ESTIMATOR = Pattern.compile("new (\\w+)\\(\\)((?:\\s*\\.set\\w+\\([^()]*\\))+)");

    private static final Pattern SETTER = Pattern.compile("\\.(set\\w+)\\(([^()]*)\\)");

    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"|-?[0-9][0-9.e-]*|true|false");

    @SuppressWarnings("rawtypes") // Spark's services are declared so
    private static final Map<String, ServiceLoader.Provider<Estimator>> ESTIMATORS =
            ServiceLoader.load(Estimator.class).stream()
                    .filter(found -> found.type().getName().startsWith("io.github.sparklatent."))
                    .collect(Collectors.toMap(found -> found.type().getSimpleName(), found -> found));

    static List<String> snippets() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("src/site/markdown"));
                Stream<Path> notebooks = Files.list(Path.of("notebooks"))) {
            return Stream.of(Stream.of(Path.of("README.md")), pages, notebooks)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().matches(".*\\.(md|ipynb)"))
                    .map(SnippetsTest::text)
                    .flatMap(text -> ESTIMATOR.matcher(text).results())
                    .filter(snippet -> ESTIMATORS.containsKey(snippet.group(1)))
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
        }
    }

    @Test
    void documentsAndNotebooksHaveSnippets() throws IOException {
        assertThat(snippets()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void settersAcceptTheirValues(String snippet) throws Exception {
        Matcher matcher = ESTIMATOR.matcher(snippet);
        assertThat(matcher.matches()).isTrue();
        Estimator<?> estimator = ESTIMATORS.get(matcher.group(1)).get();
        for (MatchResult setter : SETTER.matcher(matcher.group(2)).results().toList()) {
            List<Method> methods = Arrays.stream(estimator.getClass().getMethods())
                    .filter(method -> method.getName().equals(setter.group(1)))
                    .filter(method -> !method.isBridge())
                    .toList();
            assertThat(methods).as(setter.group()).isNotEmpty();
            List<MatchResult> values =
                    LITERAL.matcher(setter.group(2)).results().toList();
            for (Method method : methods) {
                if (!values.isEmpty() && takes(method, values)) {
                    method.invoke(estimator, arguments(method, values));
                }
            }
        }
    }

    /** Variables in place of literals cannot be checked here. */
    private static boolean takes(Method method, List<MatchResult> values) {
        boolean texts = values.get(0).group(1) != null;
        Class<?> first = method.getParameterTypes()[0];
        return method.isVarArgs()
                ? texts == (first == String[].class)
                : values.size() == 1 && texts == (first == String.class);
    }

    private static Object[] arguments(Method method, List<MatchResult> values) {
        Class<?> type = method.getParameterTypes()[0];
        if (type == String[].class) {
            return new Object[] {values.stream().map(value -> value.group(1)).toArray(String[]::new)};
        }
        if (type == int[].class) {
            return new Object[] {
                values.stream()
                        .mapToInt(value -> Integer.parseInt(value.group()))
                        .toArray()
            };
        }
        String value = values.get(0).group();
        return new Object[] {
            switch (type.getSimpleName()) {
                case "String" -> values.get(0).group(1);
                case "int" -> Integer.parseInt(value);
                case "long" -> Long.parseLong(value);
                case "double" -> Double.parseDouble(value);
                case "boolean" -> Boolean.parseBoolean(value);
                default -> throw new IllegalStateException("setter of a " + type);
            }
        };
    }

    private static String text(Path file) {
        try {
            if (file.toString().endsWith(".md")) {
                return Files.readString(file);
            }
            JsonNode cells = new ObjectMapper().readTree(file.toFile()).path("cells");
            return StreamSupport.stream(cells.spliterator(), false)
                    .flatMap(cell -> StreamSupport.stream(cell.path("source").spliterator(), false))
                    .map(JsonNode::asText)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
