package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.ml.mixture.mixed.Mixture;
import io.github.sparklatent.ml.mixture.mixed.MixtureModel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Gamma;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scorer's jar runs with the libraries of its POM alone, and gives the bits of Spark. */
class ScorerJarIT {
    private static final Path POM = Path.of("src/main/scorer/pom.xml");
    private static final String PROGRAM = "src/test/resources/programs/ScoreProgram.java";

    @TempDir
    Path folder;

    @Test
    void aProgramWithoutSparkHasTheScoresOfSpark() throws Exception {
        Path rows = rows();
        Dataset<Row> table = LocalSpark.session()
                .read()
                .option("header", true)
                .csv(rows.toString())
                .coalesce(1);
        MixtureModel model = new Mixture()
                .setK("2")
                .setInputCols("size", "colour", "day")
                .setAnomalyScoreCol("anomalyScore")
                .setSeed(1)
                .fit(table);
        Path path = folder.resolve("model");
        model.write().save(path.toString());
        List<String> expected = model.transform(table).collectAsList().stream()
                .map(row -> row.getDouble(row.fieldIndex("anomalyScore")) + " " + row.getAs("severity") + " "
                        + cells(
                                row.isNullAt(row.fieldIndex("contributions"))
                                        ? null
                                        : row.getList(row.fieldIndex("contributions"))))
                .toList();
        assertThat(expected).anyMatch(line -> !line.endsWith("null"));

        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        PROGRAM,
                        path.toString(),
                        rows.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String found = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).isZero();
        assertThat(found.lines()).containsExactlyElementsOf(expected);
    }

    private static String cells(List<Row> cells) {
        return cells == null
                ? "null"
                : cells.stream()
                        .map(cell -> Explanations.FIELDS.stream()
                                .map(field -> field + "=" + cell.getAs(field))
                                .collect(Collectors.joining(", ", "Cell[", "]")))
                        .toList()
                        .toString();
    }

    private Path rows() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>(List.of("size,colour,day"));
        for (int i = 0; i < 200; i++) {
            String size = random.nextInt(9) == 0 ? "" : Double.toString(5 + random.nextGaussian());
            String colour = List.of("red", "green", "?").get(random.nextInt(3));
            lines.add(size + "," + colour + ",2024-0" + (1 + random.nextInt(9)) + "-11");
        }
        lines.add("80.0,red,2024-03-11");
        return Files.write(folder.resolve("rows.csv"), lines);
    }

    /** Returns the jar and the libraries that its POM names, with what these need. */
    private static String classPath() throws Exception {
        List<String> named = Pattern.compile("<dependency>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL)
                .matcher(Files.readString(POM))
                .results()
                .map(library -> library.group(1))
                .toList();
        List<String> jars = new ArrayList<>(List.of(jar().toString()));
        for (Class<?> one : List.of(
                CommonOps_DDRM.class,
                DMatrixRMaj.class,
                CBORFactory.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonCreator.class,
                Gamma.class)) {
            jars.add(Path.of(one.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        assertThat(named)
                .hasSize(3)
                .allSatisfy(name -> assertThat(jars).anyMatch(jar -> jar.contains("/" + name + "-")));
        return String.join(File.pathSeparator, jars);
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-scorer.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void itHasNothingOfSpark() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<String> names = jar.stream().map(entry -> entry.getName()).toList();
            assertThat(names)
                    .contains("io/github/sparklatent/scoring/Scorer.class", "META-INF/LICENSE", "META-INF/NOTICE");
            assertThat(names)
                    .noneMatch(name -> name.matches("io/github/sparklatent/(ml|app|cluster|report|config)/.*"));
        }
        assertThat(Files.size(jar())).as("bytes").isLessThan(2_500_000);
    }
}
