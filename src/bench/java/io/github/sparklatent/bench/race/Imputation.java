package io.github.sparklatent.bench.race;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.FitMethod;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.linear.LinearPosterior;
import io.github.sparklatent.linear.LinearTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * What is lost with some values of a table: the distance of a mixture from the one of the complete table, and the
 * errors of imputed values.
 *
 * @param table name of the table
 * @param percent of the values that are missing
 * @param means root mean squared difference of the means, in deviations of the columns
 * @param covariances |difference| / |covariance| of the components, Frobenius norms
 * @param errors root mean squared error of imputed values by method, in deviations of the columns
 */
@JsonPropertyOrder({"name"})
record Imputation(String table, int percent, double means, double covariances, Map<String, Double> errors)
        implements NamedRun {
    static final String SCRIPT = "missing.py";

    /** Tables of scikit-learn, as the tests have them. */
    static final List<String> TABLES = List.of("iris", "wine", "cancer");

    static final List<Integer> PERCENTS = List.of(10, 30, 50);

    /** Seeds of the missing values; figures are means over them. */
    static final int SEEDS = 3;

    static final int COMPONENTS = 2;
    private static final int HEIGHT = 64;

    static String name(String table, int percent) {
        return table + " " + percent;
    }

    @Override
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String name() {
        return name(table, percent);
    }

    /** Returns l of a table, the rounded root of its columns. */
    static int latent(int columns) {
        return (int) Math.round(Math.sqrt(columns));
    }

    /** Measures one share of missing values. */
    static Imputation of(String table, int percent, Python peers) throws IOException {
        DMatrixRMaj rows = read(table);
        MixtureParameters complete = mixture(rows);
        double means = 0;
        double covariances = 0;
        Map<String, Double> errors = new LinkedHashMap<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            DMatrixRMaj incomplete = incomplete(rows, percent / 100.0, seed);
            MixtureParameters found = mixture(incomplete);
            boolean swapped = distance(found, complete, true) < distance(found, complete, false);
            means += distance(found, complete, swapped) / SEEDS;
            covariances += covariances(found, complete, swapped) / SEEDS;
            MixtureDensity density = new MixtureDensity(MixtureFactors.of(found));
            DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
            density.evaluate(incomplete);
            density.impute(imputed);
            add(errors, "mixture", error(imputed, rows, incomplete));
            pca(incomplete).impute(imputed);
            add(errors, "ppca", error(imputed, rows, incomplete));
            var answer = peers.ask("{\"rows\": %s, \"complete\": %s}".formatted(json(incomplete), json(rows)));
            answer.properties()
                    .forEach(e -> add(errors, e.getKey(), e.getValue().asDouble()));
        }
        errors.replaceAll((method, error) -> NamedRun.rounded(error));
        return new Imputation(table, percent, NamedRun.rounded(means), NamedRun.rounded(covariances), errors);
    }

    private static void add(Map<String, Double> errors, String method, double error) {
        errors.merge(method, error / SEEDS, Double::sum);
    }

    /** Reads a table whose last column is a class, in deviations of its columns. */
    private static DMatrixRMaj read(String table) throws IOException {
        Path file = Path.of("src", "test", "resources", "data", table + ".csv");
        double[][] numbers = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> Arrays.stream(cells, 0, cells.length - 1)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        DMatrixRMaj rows = new DMatrixRMaj(numbers);
        for (int j = 0; j < rows.numCols; j++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : numbers) {
                sum += row[j];
            }
            for (double[] row : numbers) {
                squares += Math.pow(row[j] - sum / numbers.length, 2);
            }
            for (int i = 0; i < rows.numRows; i++) {
                double centred = numbers[i][j] - sum / numbers.length;
                rows.set(i, j, centred / Math.sqrt(squares / numbers.length));
            }
        }
        return rows;
    }

    /** Returns a copy in which a share of the values is NaN. */
    static DMatrixRMaj incomplete(DMatrixRMaj rows, double share, long seed) {
        MissingCells cells = new MissingCells(share, 0, seed << Integer.SIZE);
        int d = rows.numCols;
        DMatrixRMaj incomplete = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            double[] row = Arrays.copyOfRange(rows.data, i * d, (i + 1) * d);
            System.arraycopy(cells.in(row, i), 0, incomplete.data, i * d, d);
        }
        return incomplete;
    }

    private static MixtureParameters mixture(DMatrixRMaj rows) {
        MixtureOptions options = MixtureOptions.DEFAULT.withComponents(List.of(COMPONENTS));
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, HEIGHT);
        return new MixtureTrainer(data, null, options, null, TrainerListener.NONE)
                .fit()
                .best()
                .mixture();
    }

    private static LinearPosterior pca(DMatrixRMaj rows) {
        LinearOptions options = LinearOptions.PPCA.withFit(FitMethod.EM).withLatent(latent(rows.numCols));
        LinearPosterior posterior = new LinearPosterior(
                LinearTrainer.fit(InMemoryRowBlocks.of(rows, HEIGHT), options).model());
        posterior.evaluate(Block.of(rows));
        return posterior;
    }

    private static double error(DMatrixRMaj imputed, DMatrixRMaj rows, DMatrixRMaj incomplete) {
        double squares = 0;
        int count = 0;
        for (int i = 0; i < rows.getNumElements(); i++) {
            if (Double.isNaN(incomplete.data[i])) {
                squares += Math.pow(imputed.data[i] - rows.data[i], 2);
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    private static double distance(MixtureParameters found, MixtureParameters complete, boolean swapped) {
        double squares = 0;
        for (int k = 0; k < COMPONENTS; k++) {
            for (int j = 0; j < found.dimension(); j++) {
                int other = swapped ? COMPONENTS - 1 - k : k;
                squares += Math.pow(found.means().get(k, j) - complete.means().get(other, j), 2);
            }
        }
        return Math.sqrt(squares / found.means().getNumElements());
    }

    private static double covariances(MixtureParameters found, MixtureParameters complete, boolean swapped) {
        double sum = 0;
        DMatrixRMaj difference = new DMatrixRMaj(0, 0);
        for (int k = 0; k < COMPONENTS; k++) {
            DMatrixRMaj expected = complete.covariance(swapped ? COMPONENTS - 1 - k : k);
            CommonOps_DDRM.subtract(found.covariance(k), expected, difference);
            sum += NormOps_DDRM.normF(difference) / NormOps_DDRM.normF(expected);
        }
        return sum / COMPONENTS;
    }

    /** Returns the rows in JSON, with null for a missing value. */
    static String json(DMatrixRMaj rows) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < rows.numRows; i++) {
            text.append(i == 0 ? "[" : ", [");
            for (int j = 0; j < rows.numCols; j++) {
                double value = rows.get(i, j);
                text.append(j == 0 ? "" : ", ").append(Double.isNaN(value) ? "null" : value);
            }
            text.append("]");
        }
        return text.append("]").toString();
    }
}
