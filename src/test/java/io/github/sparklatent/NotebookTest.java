package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The notebooks as they are committed: executed from top to bottom, and readable on a code host. What they compute is
 * compared by {@code jobs/python notebooks}.
 */
class NotebookTest {
    private static final long SIZE_LIMIT = 500_000;

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void wasExecutedInOrder(Path notebook) throws IOException {
        List<JsonNode> cells = codeCells(notebook);
        assertThat(cells).isNotEmpty();
        for (int i = 0; i < cells.size(); i++) {
            assertThat(cells.get(i).path("execution_count").asInt())
                    .as("execution count of code cell %d", i + 1)
                    .isEqualTo(i + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void showsResultsAndPicturesAndNoError(Path notebook) throws IOException {
        List<JsonNode> outputs = codeCells(notebook).stream()
                .flatMap(cell -> elements(cell.path("outputs")))
                .toList();
        assertThat(outputs)
                .extracting(output -> output.path("output_type").asText())
                .isNotEmpty()
                .doesNotContain("error");
        assertThat(outputs)
                .anyMatch(output -> output.path("data").has("image/png"))
                .noneMatch(output -> "stderr".equals(output.path("name").asText()))
                .as("objects without a text of their own, whose hash differs from run to run")
                .noneMatch(output -> output.toString().matches("(?s).*[a-z]\\.[A-Z]\\w*@[0-9a-f]+.*"));
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void isSmallAndNamesTheKernel(Path notebook) throws IOException {
        assertThat(Files.size(notebook)).isLessThan(SIZE_LIMIT);
        assertThat(read(notebook).at("/metadata/kernelspec/name").asText()).isEqualTo("python3");
    }

    private static List<JsonNode> codeCells(Path notebook) throws IOException {
        return elements(read(notebook).path("cells"))
                .filter(cell -> "code".equals(cell.path("cell_type").asText()))
                .toList();
    }

    private static JsonNode read(Path notebook) throws IOException {
        return new ObjectMapper().readTree(notebook.toFile());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
