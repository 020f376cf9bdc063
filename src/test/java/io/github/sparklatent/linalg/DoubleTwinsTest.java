package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Java has no generic numbers: what exists for floats and for doubles is one text, written twice.
 */
class DoubleTwinsTest {
    private static final Path MAIN = Path.of("src/main/java/io/github/sparklatent/linalg");
    private static final Path TEST = Path.of("src/test/java/io/github/sparklatent/linalg");
    private static final Pattern LITERAL = Pattern.compile("\\b([0-9.]+)f\\b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "View",
                "Products",
                "ThinProducts",
                "Panels",
                "Tiling",
                "Tiles",
                "ScalarTiles",
                "VectorTiles",
                "Strips",
                "ScalarStrips",
                "VectorStrips",
                "Elementary",
                "Functions",
                "ScalarFunctions",
                "VectorFunctions",
                "Range",
                "Passes",
                "Sweeps",
                "ScalarSweeps",
                "VectorSweeps"
            })
    void doublesAreFloatsOfMoreBits(String name) throws IOException {
        compare(MAIN, name + ".java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProductsTest", "FunctionsTest", "PassesTest"})
    void soAreTheirTests(String name) throws IOException {
        compare(TEST, name + ".java");
    }

    private static void compare(Path directory, String file) throws IOException {
        String floats = Files.readString(directory.resolve("Float" + file));
        String doubles = Files.readString(directory.resolve("Double" + file));
        assertThat(words(doubles)).isEqualTo(words(twin(floats)));
    }

    private static String twin(String floats) {
        String twin =
                floats.replace("(float) ", "")
                        .replace("FMatrixRMaj", "DMatrixRMaj")
                        .replace("Float", "Double")
                        .replace("float", "double")
                        .replace("doubleToRawIntBits", "doubleToRawLongBits")
                        .replace("intBitsToDouble", "longBitsToDouble")
                        .replace("IntVector", "LongVector")
                        .replace("reinterpretAsInts", "reinterpretAsLongs")
                        .replace("256 doubles or", "256 floats or");
        return LITERAL.matcher(twin).replaceAll("$1d");
    }

    /**
     * Without what follows from the length of words, and with one word for the integers that hold a
     * number's bits.
     */
    private static String words(String source) {
        return source.replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("\\b(int|long) (?=(offset|bits|exponent|fraction|sign) =)", "bits ")
                .replaceAll("\\s+", "");
    }
}
