package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The example of the guide compiles, and it fits a regression from its jar. */
class OwnModelGuideTest extends CommandTest {
    private static final Path GUIDE = Path.of("src/site/markdown/guide/own-model.md");
    private static final int ROWS = 500;

    /** Returns the first block of the guide in a language. */
    private static String block(String language) throws IOException {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private Path jar() throws IOException {
        String source = write("Regression.java", block("java"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(compiler.run(null, null, null, "-cp", path, "-d", folder.toString(), source))
                .isZero();
        Path jar = folder.resolve("regression.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("Regression.class"));
            out.write(Files.readAllBytes(folder.resolve("Regression.class")));
        }
        return jar;
    }

    /** Regression of the closed form: the posterior is that of least squares with a wide prior. */
    @Test
    void theExampleFitsARegression() throws Exception {
        Random random = new Random(4);
        double[] x = random.doubles(ROWS, -1, 1).toArray();
        double[] y = new double[ROWS];
        double[] sums = new double[5];
        for (int i = 0; i < ROWS; i++) {
            y[i] = 2 - 0.7 * x[i] + 0.4 * random.nextGaussian();
            sums[0] += x[i];
            sums[1] += y[i];
            sums[2] += x[i] * x[i];
            sums[3] += x[i] * y[i];
            sums[4] += y[i] * y[i];
        }
        write(
                "heights.csv",
                Stream.concat(Stream.of("age,height"), IntStream.range(0, ROWS).mapToObj(i -> x[i] + "," + y[i]))
                        .toArray(String[]::new));
        String[] lines = {
            block("hocon").replace("heights.csv", "DIR/heights.csv").replace("out/", "DIR/out/"),
            "data.holdout.fraction = 0, train { partitions = 1, checkpoint.every = 0 }"
        };
        Path jar = jar();
        spark.sparkContext().addJar(jar.toString());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Ended inspected;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            done(run("train", lines));
            done(run("score", lines)); // in tasks, which load the class from the jar
            inspected = done(latent("inspect", "--json", "--config", configuration(lines)));
        } finally {
            thread.setContextClassLoader(before);
        }

        double n = ROWS;
        double spread = sums[2] - sums[0] * sums[0] / n;
        double slope = (sums[3] - sums[0] * sums[1] / n) / spread;
        double intercept = (sums[1] - slope * sums[0]) / n;
        double residual = sums[4] - intercept * sums[1] - slope * sums[3];
        double noise = Math.sqrt(residual / n);
        double[] means = {intercept, slope, noise};
        double[] deviations = {
            noise * Math.sqrt((1 + sums[0] * sums[0] / n / spread) / n),
            noise / Math.sqrt(spread),
            noise / Math.sqrt(2 * n)
        };
        List<?> found = (List<?>) Json.parse(inspected.out()).get("parameters");
        for (int i = 0; i < 3; i++) {
            Map<?, ?> quantity = (Map<?, ?>) found.get(i);
            // The prior and the skewness of the noise count for less than 0.1 deviations.
            assertThat((double) quantity.get("mean")).isCloseTo(means[i], within(0.2 * deviations[i]));
            assertThat((double) quantity.get("deviation") / deviations[i]).isCloseTo(1, within(0.1));
        }
    }
}
