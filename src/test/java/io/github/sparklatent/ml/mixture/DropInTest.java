package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.Tables;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program written for MLlib's mixture works with ours after a change of its imports. */
@Tag("slow")
class DropInTest {
    private static final String THEIRS = "org.apache.spark.ml.clustering.";
    private static final String OURS = "io.github.sparklatent.ml.mixture.";
    private static final Path PROGRAM = Path.of("src/test/resources/programs/MixtureProgram.java");

    @TempDir
    private Path directory;

    @Test
    void aProgramGivesTheSameAfterAChangeOfItsImports() throws Exception {
        String program = Files.readString(PROGRAM);
        String changed = program.replace("import " + THEIRS + "Gaussian", "import " + OURS + "Gaussian");
        assertThat(changed).isNotEqualTo(program);
        assertThat(run("ours", changed)).isEqualTo(run("theirs", program));
    }

    private List<?> run(String name, String program) throws Exception {
        Path sources = Files.createDirectories(directory.resolve(name));
        Path source = Files.writeString(sources.resolve("MixtureProgram.java"), program);
        compile(source, sources);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {sources.toUri().toURL()}, getClass().getClassLoader())) {
            Method method = loader.loadClass("MixtureProgram").getMethod("run", Dataset.class, String.class);
            Dataset<Row> rows = Tables.rows(120);
            return (List<?>) method.invoke(null, rows, sources.resolve("saved").toString());
        }
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GaussianMixture", "GaussianMixtureModel", "GaussianMixtureSummary"})
    void hasEveryPublicMethod(String name) throws ClassNotFoundException {
        Set<String> theirs = methods(Class.forName(THEIRS + name));
        // What is public in Scala's byte code but not in its source.
        theirs.removeIf(
                method -> method.startsWith("validateAndTransformSchema") || method.startsWith("createSummary"));
        assertThat(methods(Class.forName(OURS + name))).containsAll(theirs);
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.getName().contains("$") && !method.isBridge())
                .map(DropInTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        return (method.getName()
                        + Arrays.toString(method.getParameterTypes())
                        + (Modifier.isStatic(method.getModifiers()) ? " static" : ""))
                .replace(THEIRS + "Gaussian", OURS + "Gaussian");
    }
}
